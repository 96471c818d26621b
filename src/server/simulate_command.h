// The command `stator simulate`: what a described load would meet on AWS.
#pragma once

#include <string>

namespace stator {

struct SimulateOptions {
  std::string workload;  // a file, see docs/workloads.md
  std::string csv;       // files that are written as well; empty: not
  std::string html;
};

// Prints the report. Returns the process's exit status:
//   kExitOk           whatever was throttled
//   kExitCannotStart  the workload cannot be read or has a mistake, or two files are the same, with
//                     nothing on stdout, or what comes out cannot be written: one line on stderr
int run_simulate(const SimulateOptions& options);

}  // namespace stator
