// Figures as a person reads them in a report.
#pragma once

#include <cstdint>
#include <string>

namespace stator {

// "1,234,567"
std::string count_text(std::uint64_t count);

// "0", "<0.1", "12.5", "1,235": a tenth below a hundred, whole above.
//   amount  not negative
std::string amount_text(double amount);

// "12.5%"; "0%" and "100%" only where it is exactly that.
//   share  0 to 1
std::string percent_text(double share);

// "0:10:20", hours first; parts of a second are dropped.
//   seconds  not negative
std::string clock_text(double seconds);

}  // namespace stator
