// One statement on its way: its items, page after page.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "shell/dynamo.h"

namespace stator {

// A resource of one thread.
class StatementPages {
 public:
  //   parameters  a JSON array of values; empty: none
  StatementPages(Dynamo dynamo, std::string statement, std::string parameters)
      : dynamo_(std::move(dynamo)),
        statement_(std::move(statement)),
        parameters_(std::move(parameters)) {}

  // The next items, in DynamoDB's JSON: `count` of them, or what there is. The first call runs the
  // statement. A SIGINT (shell/interrupts.h) ends it, with the items that it has.
  //   errors  validation: an exception's name and text; internal: there was no answer
  Result<std::vector<std::string>> next(std::size_t count);

  // Whether there is nothing more. A statement that was ended by a SIGINT has more.
  bool is_over() const { return has_run_ && items_.empty() && next_token_.empty(); }

  // That the statement took until now.
  double capacity_units() const { return capacity_units_; }
  const std::string& statement() const { return statement_; }
  bool is_select() const;

 private:
  std::string request() const;
  Result<void> read_page();

  Dynamo dynamo_;
  std::string statement_;
  std::string parameters_;
  bool has_run_ = false;
  std::deque<std::string> items_;  // that nobody has asked for
  std::string next_token_;
  double capacity_units_ = 0;
};

// What an answer that is an error says: "ValidationException: the text".
std::string error_text(const DynamoAnswer& answer);

}  // namespace stator
