#include "storage/directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace stator {
namespace {

constexpr std::string_view kMarkerStart = "stator format ";

Error cannot_use(const std::string& path, std::string_view why) {
  return Error(ErrorCode::internal, "cannot use the directory " + path + ": " + std::string(why));
}

std::string octal(::mode_t mode) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), mode & 07777, 8).ptr;
  return "0" + std::string(digits.data(), end);
}

// What is there of `path`: itself, or the nearest directory above it.
std::filesystem::path nearest_there(const std::string& path, struct stat* found) {
  std::error_code ignored;
  std::filesystem::path there = std::filesystem::absolute(path, ignored).lexically_normal();
  while (::stat(there.c_str(), found) != 0 && there.has_relative_path()) {
    there = there.parent_path();
  }
  return there;
}

// Why the system refused `place`, which is the directory or in it. Where permission is missing,
// what would give it: a volume that is mounted usually belongs to somebody else than the server
// runs as.
Error refused(const std::string& path, const std::string& place, int failure) {
  const std::string why = std::strerror(failure);
  if (failure != EACCES && failure != EPERM) return cannot_use(path, why);
  struct stat found {};
  const std::string there = nearest_there(place, &found).string();
  const std::string me = std::to_string(::geteuid());
  if (found.st_uid != ::geteuid()) {
    return cannot_use(path, why + "; " + there + " is of user " + std::to_string(found.st_uid) +
                                " and this is user " + me + ": run as its owner, or chown " + me +
                                " it");
  }
  const bool is_directory = S_ISDIR(found.st_mode);
  const ::mode_t needed = is_directory ? S_IRWXU : S_IRUSR | S_IWUSR;
  if ((found.st_mode & needed) == needed) return cannot_use(path, why + "; it refuses " + there);
  return cannot_use(path, why + "; " + there + " has the mode " + octal(found.st_mode) +
                              ": chmod u+" + (is_directory ? "rwx" : "rw") + " it");
}

// A directory in `path` that has a marker, as where DynamoDB Local's flags keep their data; ""
// where there is none.
std::string stator_below(const std::string& path) {
  std::error_code failure;
  std::filesystem::directory_iterator entries(path, failure);
  for (; !failure && entries != end(entries); entries.increment(failure)) {
    std::error_code ignored;
    if (std::filesystem::exists(entries->path() / "STATOR", ignored)) return entries->path();
  }
  return "";
}

// A directory without a marker is ours to take when it is missing or as good as empty.
Result<void> check_unclaimed(const std::string& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (status.type() == std::filesystem::file_type::not_found) return {};
  if (failure) return refused(path, path, failure.value());
  if (status.type() != std::filesystem::file_type::directory) {
    return cannot_use(path, "it is not a directory");
  }
  std::filesystem::directory_iterator entries(path, failure);
  for (; !failure && entries != end(entries); entries.increment(failure)) {
    // What every new volume of ext4 has.
    if (entries->path().filename() == "lost+found") continue;
    const std::string below = stator_below(path);
    return cannot_use(path, below.empty() ? "it is not empty and was not written by stator"
                                          : "stator's data are below it, in " + below);
  }
  if (failure) return refused(path, path, failure.value());
  return {};
}

// Why a directory whose marker could not be opened cannot be read.
Error unusable(const std::string& path, const std::string& marker, int failure) {
  if (failure != ENOENT && failure != ENOTDIR) return refused(path, marker, failure);
  if (Result<void> unclaimed = check_unclaimed(path); !unclaimed) {
    return std::move(unclaimed).error();
  }
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path, ignored);
  return cannot_use(path, exists ? "it is empty" : "it does not exist");
}

Result<int> create_marker(const std::string& path, const std::string& marker) {
  TRY(check_unclaimed(path));
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (failure) return refused(path, path, failure.value());
  const int file = ::open(marker.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return refused(path, marker, errno);
  return file;
}

// The format that the marker names; 0 for an empty marker, -1 for one that is not ours.
int read_format(int file) {
  std::array<char, 64> bytes{};
  const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
  if (size == 0) return 0;
  std::string_view text(bytes.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
  if (!text.starts_with(kMarkerStart)) return -1;
  text.remove_prefix(kMarkerStart.size());
  int format = -1;
  std::from_chars(text.data(), text.data() + text.size(), format);
  return format > 0 ? format : -1;
}

// Whether the marker says our format; false where nothing was written into it yet.
Result<bool> has_format(const std::string& path, int file) {
  const int found = read_format(file);
  if (found > StoreDirectory::kFormat) {
    return cannot_use(path, "a newer stator wrote it (format " + std::to_string(found) +
                                "; this one reads up to " +
                                std::to_string(StoreDirectory::kFormat) + ")");
  }
  if (found == StoreDirectory::kFormat) return true;
  if (found > 0) {
    return cannot_use(path, "an older stator wrote it (format " + std::to_string(found) +
                                "; this one reads " + std::to_string(StoreDirectory::kFormat) +
                                " only)");
  }
  if (found != 0) return cannot_use(path, "its file STATOR is damaged");
  return false;
}

Result<void> settle_format(const std::string& path, int file) {
  if (TRY(has_format(path, file))) return {};
  const std::string text =
      std::string(kMarkerStart) + std::to_string(StoreDirectory::kFormat) + "\n";
  if (::pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()) ||
      ::fsync(file) != 0) {
    return cannot_use(path, std::strerror(errno));
  }
  return {};
}

Result<void> check_access(const std::string& path, const std::string& place, int access) {
  if (::faccessat(AT_FDCWD, place.c_str(), access, AT_EACCESS) == 0 || errno == ENOENT) return {};
  return refused(path, place, errno);
}

// Whether RocksDB will get at its files: what it says itself names its calls.
//   access  to the directory; of what is in it, reading will do, but for its lock
Result<void> check_rows(const std::string& path, int access) {
  const std::string rows = path + "/rows";
  TRY(check_access(path, rows, access));
  if ((access & W_OK) != 0) TRY(check_access(path, rows + "/LOCK", R_OK | W_OK));
  std::error_code failure;
  std::filesystem::directory_iterator files(rows, failure);
  for (; !failure && files != end(files); files.increment(failure)) {
    TRY(check_access(path, files->path().string(), R_OK));
  }
  return {};
}

}  // namespace

Result<StoreDirectory> StoreDirectory::open(const std::string& path) {
  const std::string marker = path + "/STATOR";
  int file = ::open(marker.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0 && errno != ENOENT && errno != ENOTDIR) return refused(path, marker, errno);
  if (file < 0) file = TRY(create_marker(path, marker));
  StoreDirectory directory = TRY(lock(path, file));
  TRY(check_rows(path, R_OK | W_OK | X_OK));
  TRY(settle_format(path, file));
  return directory;
}

Result<StoreDirectory> StoreDirectory::open_as_it_is(const std::string& path) {
  const std::string marker = path + "/STATOR";
  const int file = ::open(marker.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unusable(path, marker, errno);
  StoreDirectory directory = TRY(lock(path, file));
  if (!TRY(has_format(path, file))) return cannot_use(path, "nothing was ever stored in it");
  TRY(check_rows(path, R_OK | X_OK));
  return directory;
}

Result<StoreDirectory> StoreDirectory::lock(const std::string& path, int file) {
  StoreDirectory directory(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return cannot_use(path, "another process has it open");
  }
  return directory;
}

StoreDirectory::~StoreDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace stator
