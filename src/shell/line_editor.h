// Lines from a terminal, with editing, history and completion: the only file that knows libedit.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "shell/completion.h"
#include "shell/input_line.h"

namespace stator {

// A resource of one thread; there is one in a process, as there is one terminal.
class LineEditor {
 public:
  using Complete = std::function<WordCompletion(std::string_view before_cursor)>;

  //   history  the file of lines that were typed; empty: none is kept. One that cannot be read or
  //            written is passed over.
  LineEditor(std::string history, Complete complete);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  InputLine read(const std::string& prompt);

 private:
  class State;
  const std::unique_ptr<State> state_;
};

}  // namespace stator
