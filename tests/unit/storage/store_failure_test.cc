#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <string>

#include "storage/store.h"
#include "temporary_directory.h"

namespace stator {
namespace {

using testing_support::TemporaryDirectory;

// While it lives, no file of this process grows beyond some bytes: a full disk, as far as a store
// can tell.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old_limit_);
    rlimit limit = old_limit_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &old_limit_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  void (*old_handler_)(int) = nullptr;
};

constexpr std::size_t kRowBytes = 64 * 1024;
constexpr int kRows = 100;

Result<void> put(Store* store, int row) {
  const std::string key = "row " + std::to_string(row);
  const std::string value(kRowBytes, 'v');
  const RowWrite write{.key = key, .value = value};
  return store->commit({&write, 1});
}

bool has(const Store& store, int row) {
  std::string value;
  const Result<bool> found = store.get("row " + std::to_string(row), &value);
  EXPECT_TRUE(found) << "it can still be read";
  return found && *found && value.size() == kRowBytes;
}

TEST(StoreFailure, RefusesWritesAfterOneHasFailedAndGoesOnReading) {
  const TemporaryDirectory directory;
  int acknowledged = 0;
  {
    const std::unique_ptr<Store> store =
        *Store::open({.directory = directory.path(), .sync_commits = true});
    {
      const FullDisk full(1024 * 1024);
      while (acknowledged < kRows && put(store.get(), acknowledged)) ++acknowledged;
      ASSERT_GT(acknowledged, 0);
      ASSERT_LT(acknowledged, kRows) << "the disk never became full";
    }
    const Result<void> refused = put(store.get(), kRows);
    ASSERT_FALSE(refused) << "there is room again, but what was written is in doubt";
    EXPECT_EQ(refused.error().code(), ErrorCode::internal);
    EXPECT_EQ(refused.error().message(),
              "the store takes no more writes because one has failed; it can still be read");
    EXPECT_FALSE(store->erase_range("row 0", "row 1"));
    for (int row = 0; row < acknowledged; ++row) EXPECT_TRUE(has(*store, row)) << row;
  }
  const std::unique_ptr<Store> reopened = *Store::open({.directory = directory.path()});
  for (int row = 0; row < acknowledged; ++row) EXPECT_TRUE(has(*reopened, row)) << row;
  EXPECT_TRUE(put(reopened.get(), kRows));
}

}  // namespace
}  // namespace stator
