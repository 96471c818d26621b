#include "shell/line_editor.h"

#include <histedit.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace stator {
namespace {

constexpr int kHistoryLines = 1000;

// Makes every key a byte to read for as long as it lives, Ctrl-C and Ctrl-D too. libedit does so
// for its own mode, but shows the prompt before it enters that: between the two a signal would end
// nothing, and an end of the input would be read as a zero.
class KeyMode {
 public:
  KeyMode() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ISIG | ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    is_set_ = tcsetattr(STDIN_FILENO, TCSADRAIN, &keys) == 0;
  }
  KeyMode(const KeyMode&) = delete;
  KeyMode& operator=(const KeyMode&) = delete;
  ~KeyMode() {
    if (is_set_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }

 private:
  termios before_{};
  bool is_set_ = false;
};

}  // namespace

class LineEditor::State {
 public:
  State(std::string file, Complete complete);
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    el_end(editor_);
    history_end(history_);
  }

  InputLine read(const std::string& prompt);

 private:
  static State* of(EditLine* editor);
  unsigned char complete_word();
  unsigned char drop_line();
  void show(const std::vector<std::string>& words) const;
  void remember(const char* line);

  const std::string file_;
  const Complete complete_;
  EditLine* const editor_;
  History* const history_;
  std::string prompt_;
  bool is_dropped_ = false;  // the line that was typed
};

LineEditor::State::State(std::string file, Complete complete)
    : file_(std::move(file)),
      complete_(std::move(complete)),
      editor_(el_init("stator", stdin, stdout, stderr)),
      history_(history_init()) {
  HistEvent event{};
  history(history_, &event, H_SETSIZE, kHistoryLines);
  history(history_, &event, H_SETUNIQUE, 1);
  if (!file_.empty()) history(history_, &event, H_LOAD, file_.c_str());
  el_set(editor_, EL_CLIENTDATA, this);
  el_set(
      editor_, EL_PROMPT, +[](EditLine* editor) { return of(editor)->prompt_.data(); });
  el_set(editor_, EL_EDITOR, "emacs");
  el_set(editor_, EL_HIST, history, history_);
  el_set(
      editor_, EL_ADDFN, "stator-complete", "Complete a word",
      +[](EditLine* editor, int) { return of(editor)->complete_word(); });
  el_set(editor_, EL_BIND, "^I", "stator-complete", nullptr);
  // A signal could come when no read is there to end.
  el_set(
      editor_, EL_ADDFN, "stator-drop", "Drop the line",
      +[](EditLine* editor, int) { return of(editor)->drop_line(); });
  el_set(editor_, EL_BIND, "^C", "stator-drop", nullptr);
  el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);
  el_source(editor_, nullptr);  // ~/.editrc, where there is one
}

LineEditor::State* LineEditor::State::of(EditLine* editor) {
  void* state = nullptr;
  el_get(editor, EL_CLIENTDATA, &state);
  return static_cast<State*>(state);
}

InputLine LineEditor::State::read(const std::string& prompt) {
  prompt_ = prompt;
  is_dropped_ = false;
  const KeyMode keys;
  int count = 0;
  const char* const line = el_gets(editor_, &count);
  if (is_dropped_) return {.kind = InputLine::Kind::interrupt};
  if (line == nullptr || count <= 0) {
    std::fputc('\n', stdout);
    return {.kind =
                count < 0 && errno == EINTR ? InputLine::Kind::interrupt : InputLine::Kind::end};
  }
  std::string text(line, static_cast<std::size_t>(count));
  if (text.ends_with('\n')) text.pop_back();
  if (text.find_first_not_of(' ') != std::string::npos) remember(text.c_str());
  return {.kind = InputLine::Kind::line, .text = std::move(text)};
}

// At once, so that a shell that is killed leaves its lines.
void LineEditor::State::remember(const char* line) {
  HistEvent event{};
  history(history_, &event, H_ENTER, line);
  if (!file_.empty()) history(history_, &event, H_SAVE, file_.c_str());
}

unsigned char LineEditor::State::drop_line() {
  is_dropped_ = true;
  std::fputs("^C\n", stdout);
  return CC_NEWLINE;
}

unsigned char LineEditor::State::complete_word() {
  const LineInfo* const line = el_line(editor_);
  const std::string_view before(line->buffer,
                                static_cast<std::size_t>(line->cursor - line->buffer));
  const WordCompletion found = complete_(before);
  if (found.words.empty()) return CC_REFRESH_BEEP;
  const std::string_view common = common_prefix(found.words);
  const bool is_only = found.words.size() == 1;
  if (!is_only && common.size() <= found.typed_bytes) {
    show(found.words);
    return CC_REDISPLAY;
  }
  el_deletestr(editor_, static_cast<int>(found.typed_bytes));
  const std::string inserted = std::string(common) + (is_only ? " " : "");
  return el_insertstr(editor_, inserted.c_str()) == 0 ? CC_REFRESH : CC_REFRESH_BEEP;
}

void LineEditor::State::show(const std::vector<std::string>& words) const {
  std::fputc('\n', stdout);
  for (const std::string& word : words) std::fprintf(stdout, "%s  ", word.c_str());
  std::fputc('\n', stdout);
}

LineEditor::LineEditor(std::string history, Complete complete)
    : state_(std::make_unique<State>(std::move(history), std::move(complete))) {}

LineEditor::~LineEditor() = default;

InputLine LineEditor::read(const std::string& prompt) {
  return state_->read(prompt);
}

}  // namespace stator
