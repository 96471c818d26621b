#include "journal.h"

#include <utility>

namespace stator::crash {
namespace {

constexpr std::size_t kShownBytesMax = 200;

std::string shown(const Stored& stored) {
  return stored ? stored->dump().substr(0, kShownBytesMax) : "nothing";
}

Stored take(const std::string& name, std::map<std::string, Json>* found) {
  auto node = found->extract(name);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped());
}

}  // namespace

void Journal::begin(std::map<std::string, Stored> writes, Kind kind) {
  kind_ = kind;
  for (auto& [name, stored] : writes) {
    entries_[name].under_way = std::move(stored);
    under_way_.push_back(name);
  }
}

void Journal::acknowledge() {
  for (const std::string& name : under_way_) {
    Entry& entry = entries_.at(name);
    entry.acknowledged = *std::exchange(entry.under_way, std::nullopt);
  }
  under_way_.clear();
}

// What a transaction changes is there as a whole, or not at all.
void Journal::check_transaction(const std::map<std::string, Json>& found,
                                std::vector<std::string>* faults) {
  std::string written;
  std::string missing;
  for (const std::string& name : under_way_) {
    const Entry& entry = entries_.at(name);
    const auto at = found.find(name);
    const Stored stored = at == found.end() ? Stored() : Stored(at->second);
    if (*entry.under_way == entry.acknowledged) continue;
    (stored == *entry.under_way ? written : missing) += " " + name;
  }
  if (written.empty() || missing.empty()) return;
  faults->push_back("half a transaction: written" + written + ", not written" + missing);
}

std::vector<std::string> Journal::settle(std::map<std::string, Json>* found) {
  std::vector<std::string> faults;
  if (kind_ == Kind::transaction) check_transaction(*found, &faults);
  for (auto& [name, entry] : entries_) {
    Stored stored = take(name, found);
    if (stored != entry.acknowledged && !(entry.under_way && stored == *entry.under_way)) {
      faults.push_back(name + ": found " + shown(stored) + "\n  acknowledged " +
                       shown(entry.acknowledged) +
                       (entry.under_way ? "\n  under way " + shown(*entry.under_way) : ""));
    }
    entry = {.acknowledged = std::move(stored)};
  }
  under_way_.clear();
  return faults;
}

}  // namespace stator::crash
