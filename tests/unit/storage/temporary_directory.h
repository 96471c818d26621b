// A directory of one test's own, and what lies in it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace stator::testing_support {

// A fresh, empty directory; removed with all that is in it when it goes. A resource.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  const std::string& path() const { return path_; }

  // The path of something in it.
  std::string path_of(std::string_view name) const { return path_ + "/" + std::string(name); }

  // Writes a file, and the directories that lead to it.
  void write(std::string_view name, std::string_view content) const;

  // Every path in it: the content of a file, "(directory)" of a directory.
  std::map<std::string, std::string> listing() const;

 private:
  std::string path_;
};

// Copies all files as they are at this moment; `to` must be empty.
void copy_files(const TemporaryDirectory& from, const TemporaryDirectory& to);

}  // namespace stator::testing_support
