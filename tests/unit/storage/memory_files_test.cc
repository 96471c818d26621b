#include "storage/memory_files.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"

namespace stator {
namespace {

// More than two blocks of a file, and no whole number of them.
constexpr std::size_t kBytes = (2 << 20) + 12'345;

std::string bytes_of(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 7 % 251);
  return bytes;
}

class MemoryFiles : public testing::Test {
 protected:
  MemoryFiles() { EXPECT_TRUE(env_->CreateDir("/d").ok()); }

  void write(const std::string& path, std::string_view bytes, std::size_t piece) {
    std::unique_ptr<rocksdb::WritableFile> file;
    ASSERT_TRUE(env_->NewWritableFile(path, &file, {}).ok());
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      const std::string_view part = bytes.substr(at, piece);
      ASSERT_TRUE(file->Append({part.data(), part.size()}).ok());
    }
    EXPECT_EQ(file->GetFileSize(), bytes.size());
    ASSERT_TRUE(file->Close().ok());
  }

  std::unique_ptr<rocksdb::RandomAccessFile> open(const std::string& path) {
    std::unique_ptr<rocksdb::RandomAccessFile> file;
    EXPECT_TRUE(env_->NewRandomAccessFile(path, &file, {}).ok());
    return file;
  }

  std::string read(const rocksdb::RandomAccessFile& file, std::size_t offset, std::size_t count) {
    std::string scratch(count, '\0');
    rocksdb::Slice result;
    EXPECT_TRUE(file.Read(offset, count, &result, scratch.data()).ok());
    return result.ToString();
  }

  std::unique_ptr<rocksdb::Env> env_ = memory_env();
};

TEST_F(MemoryFiles, ATableIsReadAsItWasWritten) {
  const std::string bytes = bytes_of(kBytes);
  write("/d/1.sst", bytes, 100'003);
  const auto file = open("/d/1.sst");
  EXPECT_EQ(read(*file, 0, kBytes), bytes);
  for (const std::size_t offset : {0UL, (1UL << 20) - 5, (2UL << 20) - 1, kBytes - 10}) {
    EXPECT_EQ(read(*file, offset, 10), bytes.substr(offset, 10)) << offset;
  }
  EXPECT_EQ(read(*file, kBytes - 3, 10), bytes.substr(kBytes - 3));
  EXPECT_EQ(read(*file, kBytes + 1, 10), "");
}

TEST_F(MemoryFiles, ATableOfWholeBlocksHasNoMore) {
  const std::string bytes = bytes_of(1 << 20);
  write("/d/1.sst", bytes, bytes.size());
  EXPECT_EQ(read(*open("/d/1.sst"), 0, kBytes), bytes);
}

TEST_F(MemoryFiles, ATableIsThereUntilItIsDeleted) {
  write("/d/1.sst", "abc", 3);
  write("/d/CURRENT", "def", 3);
  std::uint64_t size = 0;
  EXPECT_TRUE(env_->GetFileSize("/d/1.sst", &size).ok());
  EXPECT_EQ(size, 3);
  std::vector<std::string> names;
  EXPECT_TRUE(env_->GetChildren("/d", &names).ok());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"1.sst", "CURRENT"}));
  EXPECT_TRUE(env_->DeleteFile("/d/1.sst").ok());
  EXPECT_TRUE(env_->FileExists("/d/1.sst").IsNotFound());
  EXPECT_FALSE(env_->DeleteFile("/d/1.sst").ok());
  EXPECT_FALSE(env_->GetFileSize("/d/1.sst", &size).ok());
  std::unique_ptr<rocksdb::RandomAccessFile> file;
  EXPECT_FALSE(env_->NewRandomAccessFile("/d/1.sst", &file, {}).ok());
}

TEST_F(MemoryFiles, WhoReadsATableKeepsIt) {
  const std::string bytes = bytes_of(kBytes);
  write("/d/1.sst", bytes, kBytes);
  const auto file = open("/d/1.sst");
  EXPECT_TRUE(env_->DeleteFile("/d/1.sst").ok());
  write("/d/2.sst", std::string(kBytes, 'x'), kBytes);
  EXPECT_EQ(read(*file, 0, kBytes), bytes);
}

// More than what RocksDB keeps before it writes tables, each row twice.
TEST(MemoryStore, RowsAreThereWhenTheyHaveBecomeTables) {
  const auto store = Store::open({});
  ASSERT_TRUE(store) << store.error().message();
  constexpr std::size_t kRows = 1000;
  const auto key = [](std::size_t row) { return "key" + std::to_string(row); };
  const auto value = [](std::size_t row, char version) {
    std::string bytes(100'000, version);
    return bytes.replace(0, 4, std::to_string(1000 + row));
  };
  for (const char version : {'a', 'b'}) {
    for (std::size_t row = 0; row < kRows; ++row) {
      const std::string name = key(row);
      const std::string bytes = value(row, version);
      const RowWrite write = {.key = name, .value = bytes};
      ASSERT_TRUE((*store)->commit({&write, 1}));
    }
  }
  std::string found;
  for (std::size_t row = 0; row < kRows; ++row) {
    const Result<bool> is_there = (*store)->get(key(row), &found);
    ASSERT_TRUE(is_there && *is_there) << row;
    ASSERT_EQ(found, value(row, 'b')) << row;
  }
}

}  // namespace
}  // namespace stator
