#include "pages.h"

namespace stator::plain {

PageRequest draw_page_request(World* world, const std::string& table, Placeholders* placeholders) {
  PageRequest page = {.request = {{"TableName", table}}};
  Random& random = world->random;
  if (random.chance(25)) {
    page.filter = world->expressions.condition();
    page.request["FilterExpression"] = text_of(*page.filter, placeholders);
  }
  if (random.chance(15)) {
    page.count_only = true;
    page.request["Select"] = "COUNT";
  } else if (random.chance(20)) {
    page.projection = world->expressions.paths(1 + random.below(2));
    page.request["ProjectionExpression"] = text_of(page.projection, placeholders);
  }
  if (random.chance(50)) {
    page.limit = 1 + random.below(6);
    page.request["Limit"] = *page.limit;
  }
  if (random.chance(40)) {
    page.consistency = Consistency::strong;
    page.request["ConsistentRead"] = true;
  }
  page.detail = ask_for_capacity(world, &page.request);
  return page;
}

std::vector<Item> shown_items(const PageRequest& page, const std::vector<Item>& evaluated) {
  std::vector<Item> shown;
  for (const Item& item : evaluated) {
    if (page.filter && !holds(*page.filter, item)) continue;
    shown.push_back(page.projection.empty() ? item : projected(item, page.projection));
  }
  return shown;
}

Page take_page(const PageRequest& request, Success* reply) {
  Page page = {.count = reply->take("Count").get<std::size_t>(),
               .scanned = reply->take("ScannedCount").get<std::size_t>()};
  const Json items = reply->take("Items");
  expect(items.is_array() == !request.count_only, "expected Items unless only the count is asked");
  for (const Json& item : items) page.items.push_back(item_of(item));
  expect(request.count_only || page.count == page.items.size(), "expected Count of the Items");
  const Json last_key = reply->take("LastEvaluatedKey");
  if (!last_key.is_null()) page.last_key = item_of(last_key);
  return page;
}

}  // namespace stator::plain
