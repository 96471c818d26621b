// What the pages of Query and Scan have in common.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "condition.h"
#include "expect.h"
#include "placeholders.h"
#include "world.h"

namespace stator::plain {

// DynamoDB ends a page with the item that makes it reach this.
inline constexpr std::size_t kPageBytes = 1024 * 1024;

// What a request asks of every page. A value.
struct PageRequest {
  Json request;
  std::optional<Condition> filter = {};
  std::vector<Path> projection = {};  // empty: all attributes
  bool count_only = false;
  std::optional<std::size_t> limit = {};
  Consistency consistency = Consistency::eventual;
  Detail detail = Detail::none;
};

// Draws all but the keys and adds the placeholders.
PageRequest draw_page_request(World* world, const std::string& table, Placeholders* placeholders);

// The items that a page shows of those it evaluated.
std::vector<Item> shown_items(const PageRequest& page, const std::vector<Item>& evaluated);

// A page as a reply has it.
struct Page {
  std::vector<Item> items = {};
  std::size_t count = 0;
  std::size_t scanned = 0;
  std::optional<Item> last_key = {};
};

// Takes a page out of a reply and compares what does not depend on the items.
Page take_page(const PageRequest& page, Success* reply);

}  // namespace stator::plain
