#include "model/table.h"

namespace stator {

std::string table_arn(std::string_view region, std::string_view name) {
  std::string arn = "arn:aws:dynamodb:";
  arn.append(region).append(":").append(kAccount).append(":table/").append(name);
  return arn;
}

}  // namespace stator
