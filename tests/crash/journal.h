// What one client knows of what it wrote: what was acknowledged, and what was under way when the
// server died.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace stator::crash {

using Json = nlohmann::json;

// What is stored under one name: a whole item, a table; nothing where it was removed.
using Stored = std::optional<Json>;

// A value; each client has its own names, and one request under way at a time.
class Journal {
 public:
  const Stored& acknowledged(const std::string& name) { return entries_[name].acknowledged; }

  // One request will write all of these, or, in a transaction, none.
  enum class Kind { batch, transaction };
  void begin(std::map<std::string, Stored> writes, Kind kind = Kind::batch);
  // Its reply came.
  void acknowledge();

  // Compares with what a reopened database has and removes it from *found: each name has what was
  // acknowledged, or what the request under way wrote. Returns what is wrong, one line each; what
  // was found counts from now on.
  std::vector<std::string> settle(std::map<std::string, Json>* found);

 private:
  struct Entry {
    Stored acknowledged = {};
    std::optional<Stored> under_way = {};
  };

  void check_transaction(const std::map<std::string, Json>& found,
                         std::vector<std::string>* faults);

  std::map<std::string, Entry> entries_;
  std::vector<std::string> under_way_;  // names
  Kind kind_ = Kind::batch;             // of what is under way
};

}  // namespace stator::crash
