#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "database_support.h"
#include "padded_json.h"

namespace stator {
namespace {

using testing_support::answer;
using testing_support::kGet;
using testing_support::kGot;
using testing_support::kMalformed;
using testing_support::kPut;
using testing_support::open_with_table;
using testing_support::repeated;

Reply call_with(Database* database, std::string_view body, std::size_t readable_bytes) {
  Call call;
  call.operation = "GetItem";
  call.body = body;
  call.readable_bytes = readable_bytes;
  Reply reply;
  database->call(call, &reply);
  return reply;
}

// A copy of a text behind which no byte may be read. A resource.
class TextAtTheEndOfMemory {
 public:
  explicit TextAtTheEndOfMemory(std::string_view text) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    bytes_ = 2 * page;
    void* const memory =
        mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    first_ = static_cast<char*>(memory);
    EXPECT_EQ(mprotect(first_ + page, page, PROT_NONE), 0);
    char* const start = first_ + page - text.size();
    text.copy(start, text.size());
    text_ = {start, text.size()};
  }
  TextAtTheEndOfMemory(const TextAtTheEndOfMemory&) = delete;
  TextAtTheEndOfMemory& operator=(const TextAtTheEndOfMemory&) = delete;
  ~TextAtTheEndOfMemory() { munmap(first_, bytes_); }

  std::string_view text() const { return text_; }

 private:
  char* first_ = nullptr;
  std::size_t bytes_ = 0;
  std::string_view text_;
};

TEST(DatabaseBody, MayEndWhereItsMemoryEnds) {
  const std::unique_ptr<Database> database = open_with_table();
  answer(database.get(), "PutItem", kPut);
  const TextAtTheEndOfMemory body(kGet);
  EXPECT_EQ(call_with(database.get(), body.text(), 0).body, kGot);
  EXPECT_EQ(call_with(database.get(), body.text(), body.text().size()).body, kGot);
}

TEST(DatabaseBody, IsReadNoFurtherThanItsSizeWhateverFollows) {
  const std::unique_ptr<Database> database = open_with_table();
  answer(database.get(), "PutItem", kPut);
  for (const char* const rest : {"}", "\"", "{\"a\":1}", ",", "\\", "]", " x", "\xFF"}) {
    for (const std::size_t padding : {kBodyPadding - 1, kBodyPadding, kBodyPadding + 1000}) {
      std::string buffer = kGet;
      const std::size_t size = buffer.size();
      buffer += repeated(rest, padding);
      buffer.resize(size + padding);
      const std::string_view body(buffer.data(), size);
      EXPECT_EQ(call_with(database.get(), body, buffer.size()).body, kGot) << rest;
      const std::string_view cut = body.substr(0, size - 1);
      EXPECT_EQ(call_with(database.get(), cut, buffer.size()).body, kMalformed) << rest;
    }
  }
}

TEST(DatabaseBody, IsLeftAsItWas) {
  const std::unique_ptr<Database> database = open_with_table();
  std::string buffer = kGet;
  const std::size_t size = buffer.size();
  buffer.append(kBodyPadding, ' ');
  const std::string before = buffer;
  call_with(database.get(), std::string_view(buffer).substr(0, size), buffer.size());
  EXPECT_EQ(buffer, before);
}

TEST(DatabaseReply, IsWrittenOverTheOneBefore) {
  const std::unique_ptr<Database> database = open_with_table();
  Reply reply{.status = 500, .body = std::string(5000, 'x')};
  Call call;
  call.operation = "GetItem";
  call.body = kGet;
  database->call(call, &reply);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{}");
  call.body = "{";
  database->call(call, &reply);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, kMalformed);
}

}  // namespace
}  // namespace stator
