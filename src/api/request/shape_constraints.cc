#include "api/request/shape_constraints.h"

#include "base/limits.h"

namespace stator {
namespace {

// Java prints a structure as its class and an address; ours is the position.
std::string printed_elements(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 1; i <= count; ++i) {
    if (i > 1) text += ", ";
    text += "com.amazonaws.dynamodb.v20120810.KeySchemaElement@" + std::to_string(i);
  }
  return text + "]";
}

}  // namespace

void check_pairs(const std::vector<TextPair>& pairs, const PairRules& rules,
                 ConstraintErrors* errors) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::string path = std::string(rules.path) + "." + std::to_string(i + 1) + ".member.";
    const std::string name_path = path + "attributeName";
    const std::string value_path = path + std::string(rules.value);
    errors->require(pairs[i].name.has_value(), name_path);
    errors->length(pairs[i].name, name_path, 1, kKeyNameBytesMax);
    errors->require(pairs[i].value.has_value(), value_path);
    errors->one_of(pairs[i].value, value_path, rules.allowed);
  }
}

void check_key_schema(const std::optional<std::vector<TextPair>>& keys, const std::string& path,
                      std::size_t elements_max, ConstraintErrors* errors) {
  errors->require(keys.has_value(), path);
  if (!keys) return;
  const std::size_t count = keys->size();
  if (count == 0) errors->add("[]", path, "Member must have length greater than or equal to 1");
  if (count > elements_max) {
    errors->add(printed_elements(count), path,
                "Member must have length less than or equal to " + std::to_string(elements_max));
  }
  check_pairs(*keys, {path, "keyType", {"HASH", "RANGE"}}, errors);
}

void check_provisioned_throughput(const ThroughputRequest& request, const std::string& path,
                                  ConstraintErrors* errors) {
  if (!request.provisioned) return;
  const std::string write = path + ".writeCapacityUnits";
  const std::string read = path + ".readCapacityUnits";
  errors->require(request.provisioned->write.has_value(), write);
  errors->at_least(request.provisioned->write, write, 1);
  errors->require(request.provisioned->read.has_value(), read);
  errors->at_least(request.provisioned->read, read, 1);
}

}  // namespace stator
