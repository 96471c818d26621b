#include "simulate/numbered_value.h"

#include <array>
#include <charconv>

#include "base/bytes.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator {
namespace {

constexpr std::size_t kDigits = 10;  // of the greatest number

std::string_view digits_of(std::uint32_t number, std::array<char, kDigits>* buffer) {
  const auto written = std::to_chars(buffer->data(), buffer->data() + kDigits, number);
  return {buffer->data(), static_cast<std::size_t>(written.ptr - buffer->data())};
}

void append_padded(std::uint32_t number, std::string* out) {
  std::array<char, kDigits> text;
  for (std::size_t i = kDigits; i > 0; --i, number /= 10) {
    text[i - 1] = static_cast<char>('0' + number % 10);
  }
  append_string(TextView{{text.data(), text.size()}, false}, out);
}

}  // namespace

NumberedValue::NumberedValue(AttributeType type, std::uint32_t number) {
  if (type == AttributeType::S) {
    append_padded(number, &bytes_);
  } else if (type == AttributeType::N) {
    std::array<char, kDigits> buffer;
    append_number(*parse_number(digits_of(number, &buffer)), &bytes_);
  } else {
    std::string bytes;
    append_u64_be(number, &bytes);
    append_binary(bytes, &bytes_);
  }
}

}  // namespace stator
