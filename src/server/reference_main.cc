// The build's tool `stator_reference markdown|man`: prints the documents of the command line.
#include <cstdio>
#include <string>
#include <string_view>

#include "server/command_line.h"
#include "server/reference.h"

int main(int argument_count, char** arguments) {
  const std::string_view form = argument_count == 2 ? arguments[1] : "";
  if (form != "markdown" && form != "man") {
    std::fputs("usage: stator_reference markdown|man\n", stderr);
    return 2;
  }
  const stator::CommandLine line({});
  const std::string text =
      form == "man" ? stator::man_page(line.app()) : stator::markdown_reference(line.app());
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
