#include "storage/directory.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "temporary_directory.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing_support::TemporaryDirectory;

class StoreDirectoryTest : public testing::Test {
 protected:
  // Opens it, expecting that it is refused for `why` and that nothing on disk changes.
  void expect_refused(const std::string& path, const std::string& why) const {
    const auto before = directory_.listing();
    const Result<StoreDirectory> opened = StoreDirectory::open(path);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::internal);
    EXPECT_EQ(opened.error().message(), "cannot use the directory " + path + ": " + why);
    EXPECT_EQ(directory_.listing(), before);
  }

  // Every marker that is not ours, as `text`, is refused for `why`.
  void expect_marker_refused(std::string_view text, const std::string& why) const {
    directory_.write("STATOR", text);
    directory_.write("rows/000001.log", "rows");
    expect_refused(directory_.path(), why);
  }

  const TemporaryDirectory directory_;
};

TEST_F(StoreDirectoryTest, MarksAnEmptyDirectory) {
  ASSERT_TRUE(StoreDirectory::open(directory_.path()));
  EXPECT_THAT(directory_.listing(),
              ElementsAre(Pair(directory_.path_of("STATOR"), "stator format 2\n")));
}

TEST_F(StoreDirectoryTest, IsCreatedWithAllThatLeadsToIt) {
  ASSERT_TRUE(StoreDirectory::open(directory_.path_of("a/b")));
  EXPECT_THAT(directory_.listing(),
              ElementsAre(Pair(directory_.path_of("a"), "(directory)"),
                          Pair(directory_.path_of("a/b"), "(directory)"),
                          Pair(directory_.path_of("a/b/STATOR"), "stator format 2\n")));
}

TEST_F(StoreDirectoryTest, OpensAgainAfterItWasClosed) {
  for (int i = 0; i < 3; ++i) {
    const Result<StoreDirectory> opened = StoreDirectory::open(directory_.path());
    EXPECT_TRUE(opened) << opened.error().message();
  }
}

TEST_F(StoreDirectoryTest, TakesOneWhoseMarkerWasNeverWritten) {
  directory_.write("STATOR", "");
  ASSERT_TRUE(StoreDirectory::open(directory_.path()));
  EXPECT_THAT(directory_.listing(),
              ElementsAre(Pair(directory_.path_of("STATOR"), "stator format 2\n")));
}

TEST_F(StoreDirectoryTest, TakesANewVolume) {
  std::filesystem::create_directory(directory_.path_of("lost+found"));
  EXPECT_TRUE(StoreDirectory::open(directory_.path()));
}

TEST_F(StoreDirectoryTest, RefusesOneThatIsInUse) {
  const Result<StoreDirectory> owner = StoreDirectory::open(directory_.path());
  ASSERT_TRUE(owner);
  expect_refused(directory_.path(), "another process has it open");
}

TEST_F(StoreDirectoryTest, StaysInUseWhenItsOwnerMoves) {
  Result<StoreDirectory> opened = StoreDirectory::open(directory_.path());
  {
    const StoreDirectory moved = *std::move(opened);
    expect_refused(directory_.path(), "another process has it open");
  }
  EXPECT_TRUE(StoreDirectory::open(directory_.path()));
}

TEST_F(StoreDirectoryTest, RefusesADirectoryWithForeignFiles) {
  directory_.write("notes.txt", "mine");
  directory_.write("deeper/more.txt", "mine too");
  expect_refused(directory_.path(), "it is not empty and was not written by stator");
}

TEST_F(StoreDirectoryTest, RefusesAFile) {
  directory_.write("file", "content");
  expect_refused(directory_.path_of("file"), "it is not a directory");
}

TEST_F(StoreDirectoryTest, RefusesAPathThroughAFile) {
  directory_.write("file", "content");
  expect_refused(directory_.path_of("file/data"), "Not a directory");
}

TEST_F(StoreDirectoryTest, RefusesAnotherFormat) {
  expect_marker_refused("stator format 3\n",
                        "a newer stator wrote it (format 3; this one reads up to 2)");
  expect_marker_refused("stator format 1\n",
                        "an older stator wrote it (format 1; this one reads 2 only)");
  expect_marker_refused("stator format 12\n",
                        "a newer stator wrote it (format 12; this one reads up to 2)");
}

TEST_F(StoreDirectoryTest, RefusesADamagedMarker) {
  for (const std::string_view text :
       {"stator format", "stator format \n", "stator format x\n", "stator format -1\n",
        "stator format 0\n", "Stator format 2\n", "1\n", " ",
        "stator format 99999999999999999999\n"}) {
    expect_marker_refused(text, "its file STATOR is damaged");
  }
}

TEST_F(StoreDirectoryTest, ARefusalLeavesItFree) {
  directory_.write("STATOR", "stator format 3\n");
  EXPECT_FALSE(StoreDirectory::open(directory_.path()));
  directory_.write("STATOR", "stator format 2\n");
  EXPECT_TRUE(StoreDirectory::open(directory_.path()));
}

// ---- a directory that is only read ----

class ReadOnlyDirectoryTest : public StoreDirectoryTest {
 protected:
  void expect_unreadable(const std::string& path, const std::string& why) const {
    const auto before = directory_.listing();
    const Result<StoreDirectory> opened = StoreDirectory::open_as_it_is(path);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::internal);
    EXPECT_EQ(opened.error().message(), "cannot use the directory " + path + ": " + why);
    EXPECT_EQ(directory_.listing(), before);
  }
};

TEST_F(ReadOnlyDirectoryTest, IsTakenAsItIs) {
  directory_.write("STATOR", "stator format 2\n");
  const auto before = directory_.listing();
  const Result<StoreDirectory> opened = StoreDirectory::open_as_it_is(directory_.path());
  ASSERT_TRUE(opened);
  EXPECT_EQ(directory_.listing(), before);
  expect_refused(directory_.path(), "another process has it open");
}

TEST_F(ReadOnlyDirectoryTest, IsRefusedWhileItIsInUse) {
  const Result<StoreDirectory> owner = StoreDirectory::open(directory_.path());
  ASSERT_TRUE(owner);
  expect_unreadable(directory_.path(), "another process has it open");
}

TEST_F(ReadOnlyDirectoryTest, IsNotCreated) {
  expect_unreadable(directory_.path_of("missing"), "it does not exist");
  expect_unreadable(directory_.path(), "it is empty");
  directory_.write("STATOR", "");
  expect_unreadable(directory_.path(), "nothing was ever stored in it");
}

TEST_F(ReadOnlyDirectoryTest, RefusesWhatIsNotOurs) {
  directory_.write("file", "content");
  expect_unreadable(directory_.path(), "it is not empty and was not written by stator");
  expect_unreadable(directory_.path_of("file"), "it is not a directory");
  directory_.write("STATOR", "stator format 0\n");
  expect_unreadable(directory_.path(), "its file STATOR is damaged");
  directory_.write("STATOR", "stator format 3\n");
  expect_unreadable(directory_.path(),
                    "a newer stator wrote it (format 3; this one reads up to 2)");
}

}  // namespace
}  // namespace stator
