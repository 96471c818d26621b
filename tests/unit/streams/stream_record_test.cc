#include "streams/stream_record.h"

#include <gtest/gtest.h>

#include "../expression/support.h"

namespace stator {
namespace {

using testing_support::item_bytes_of;
using testing_support::show;

const KeySchema kKey = {.partition = {{"pk", AttributeType::S}},
                        .sort = {{"sk", AttributeType::N}}};
constexpr TimePoint kNow{std::chrono::microseconds(1'700'000'000'123'456)};

std::string show(const std::optional<ItemView>& item) {
  return item ? testing_support::show(item->attributes()) : "none";
}

// The change of items that are written as support.h says; "" for no item.
class Change {
 public:
  Change(std::string_view before, std::string_view after, ChangeActor actor = ChangeActor::client)
      : before_(bytes_of(before)), after_(bytes_of(after)) {
    change_ = {.before = view(before_),
               .after = view(after_),
               .time = kNow,
               .key_hash = 0x0123456789ABCDEF,
               .actor = actor};
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  // The bytes of its record; nullopt where there is none.
  std::optional<std::string> record(StreamViewType view) const {
    std::string bytes;
    if (!append_stream_record(change_, kKey, view, &bytes)) {
      EXPECT_EQ(bytes, "");
      return std::nullopt;
    }
    return bytes;
  }

 private:
  static std::string bytes_of(std::string_view text) {
    return text.empty() ? std::string() : item_bytes_of(text);
  }
  static std::optional<ItemView> view(const std::string& bytes) {
    if (bytes.empty()) return std::nullopt;
    return ItemView::trusted(bytes);
  }

  std::string before_;
  std::string after_;
  ItemChange change_;
};

constexpr std::string_view kOld = R"({pk: "a", sk: 1, n: 5})";
constexpr std::string_view kNew = R"({pk: "a", sk: 1, s: "x"})";

StreamRecordView parsed(const std::string& bytes) {
  auto record = parse_stream_record(bytes);
  EXPECT_TRUE(record.has_value());
  return record ? *record : StreamRecordView();
}

// What a view keeps: keys / new / old.
std::string kept(const Change& change, StreamViewType view) {
  const std::string bytes = change.record(view).value();
  const StreamRecordView record = parsed(bytes);
  EXPECT_EQ(record.view, view);
  return show(record.keys.attributes()) + " / " + show(record.new_image) + " / " +
         show(record.old_image);
}

TEST(StreamRecord, KeepsTheKeysInEveryView) {
  const Change change(kOld, kNew);
  EXPECT_EQ(kept(change, StreamViewType::keys_only), R"({pk: "a", sk: 1} / none / none)");
  EXPECT_EQ(kept(change, StreamViewType::new_image),
            R"({pk: "a", sk: 1} / {pk: "a", s: "x", sk: 1} / none)");
  EXPECT_EQ(kept(change, StreamViewType::old_image),
            R"({pk: "a", sk: 1} / none / {n: 5, pk: "a", sk: 1})");
  EXPECT_EQ(kept(change, StreamViewType::new_and_old_images),
            R"({pk: "a", sk: 1} / {pk: "a", s: "x", sk: 1} / {n: 5, pk: "a", sk: 1})");
}

TEST(StreamRecord, OfAnInsertHasNoOldImage) {
  const Change change("", kNew);
  EXPECT_EQ(kept(change, StreamViewType::new_and_old_images),
            R"({pk: "a", sk: 1} / {pk: "a", s: "x", sk: 1} / none)");
  EXPECT_EQ(kept(change, StreamViewType::old_image), R"({pk: "a", sk: 1} / none / none)");
}

TEST(StreamRecord, OfARemovalHasNoNewImage) {
  const Change change(kOld, "");
  EXPECT_EQ(kept(change, StreamViewType::new_and_old_images),
            R"({pk: "a", sk: 1} / none / {n: 5, pk: "a", sk: 1})");
  EXPECT_EQ(kept(change, StreamViewType::new_image), R"({pk: "a", sk: 1} / none / none)");
}

TEST(StreamRecord, SaysWhatHappened) {
  const auto kind_of = [](std::string_view before, std::string_view after) {
    return name_of(parsed(*Change(before, after).record(StreamViewType::keys_only)).kind);
  };
  EXPECT_EQ(kind_of("", kNew), "INSERT");
  EXPECT_EQ(kind_of(kOld, kNew), "MODIFY");
  EXPECT_EQ(kind_of(kOld, ""), "REMOVE");
}

TEST(StreamRecord, RemembersTimeAndHash) {
  const std::string bytes = *Change("", kNew).record(StreamViewType::keys_only);
  EXPECT_EQ(parsed(bytes).created, kNow);
  EXPECT_EQ(parsed(bytes).key_hash, 0x0123456789ABCDEFU);
  EXPECT_EQ(parsed(bytes).actor, ChangeActor::client);
}

TEST(StreamRecord, TellsTheServiceFromAClient) {
  const std::string bytes =
      *Change(kOld, "", ChangeActor::service).record(StreamViewType::keys_only);
  EXPECT_EQ(parsed(bytes).actor, ChangeActor::service);
}

TEST(StreamRecord, IsNotMadeForAChangeThatChangedNothing) {
  EXPECT_FALSE(Change("", "").record(StreamViewType::keys_only));
  EXPECT_FALSE(Change(kOld, kOld).record(StreamViewType::new_and_old_images));
  EXPECT_FALSE(Change(R"({pk: "a", sk: 1, m: {a: 1, b: 2}, ns: <1, 2>})",
                      R"({m: {b: 2.0, a: 1}, ns: <2, 1.0>, sk: 1, pk: "a"})")
                   .record(StreamViewType::keys_only));
}

TEST(StreamRecord, HasTheSizesOfAwsWalkthrough) {
  const KeySchema key = {.partition = {{"Id", AttributeType::N}}, .sort = {}};
  const std::string first = item_bytes_of(R"({Id: 1, Message: "New item!"})");
  const std::string second = item_bytes_of(R"({Id: 1, Message: "This item has changed"})");
  const auto size_of = [&key](const std::string& before, const std::string& after) {
    ItemChange change;
    if (!before.empty()) change.before = ItemView::trusted(before);
    if (!after.empty()) change.after = ItemView::trusted(after);
    std::string bytes;
    EXPECT_TRUE(append_stream_record(change, key, StreamViewType::new_and_old_images, &bytes));
    return parsed(bytes).size_bytes();
  };
  EXPECT_EQ(size_of("", first), 24U);
  EXPECT_EQ(size_of(first, second), 56U);
  EXPECT_EQ(size_of(second, ""), 36U);
}

TEST(StreamRecord, EveryDamageIsSeenOrHarmless) {
  const std::string bytes = *Change(kOld, kNew).record(StreamViewType::new_and_old_images);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_stream_record(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(parse_stream_record(bytes + "x"));
  for (std::size_t place = 0; place < 4; ++place) {
    std::string changed = bytes;
    changed[place] = '\x7F';
    EXPECT_FALSE(parse_stream_record(changed)) << place;
  }
}

}  // namespace
}  // namespace stator
