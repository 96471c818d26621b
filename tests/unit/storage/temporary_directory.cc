#include "temporary_directory.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"

namespace stator::testing_support {

namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TemporaryDirectory::TemporaryDirectory()
    : path_((fs::temp_directory_path() / "stator-test-XXXXXX").string()) {
  CHECK(mkdtemp(path_.data()) != nullptr);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void TemporaryDirectory::write(std::string_view name, std::string_view content) const {
  const fs::path path = path_of(name);
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::map<std::string, std::string> TemporaryDirectory::listing() const {
  std::map<std::string, std::string> listing;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path_)) {
    listing[entry.path().string()] =
        entry.is_directory() ? "(directory)" : content_of(entry.path());
  }
  return listing;
}

void copy_files(const TemporaryDirectory& from, const TemporaryDirectory& to) {
  fs::copy(from.path(), to.path(), fs::copy_options::recursive);
}

}  // namespace stator::testing_support
