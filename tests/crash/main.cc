// crash_tests --stator PATH [--seed N] [--rounds N] [--backfill-rounds N]
//             [--delivery-rounds N] [GoogleTest's flags]
//   Tests of the binary that need its process: what a kill leaves behind, and what it says and
//   does when it cannot start. The seed is printed; where the kernel takes a client's turn is not
//   in it.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <random>

#include "crash_options.h"

namespace stator::crash {
namespace {

Options parsed_options;

int run(int argument_count, char** arguments) {
  testing::InitGoogleTest(&argument_count, arguments);
  CLI::App app("tests of the binary that need its process", "crash_tests");
  app.add_option("--stator", parsed_options.stator, "The binary under test")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--seed", parsed_options.seed, "What all choices follow from");
  app.add_option("--rounds", parsed_options.rounds, "How often the server is killed");
  app.add_option("--backfill-rounds", parsed_options.backfill_rounds,
                 "How often it is killed while it builds an index");
  app.add_option("--delivery-rounds", parsed_options.delivery_rounds,
                 "How often it is killed while it hands changes to a function");
  CLI11_PARSE(app, argument_count, arguments);
  if (app.count("--seed") == 0) parsed_options.seed = std::random_device()();
  std::cout << "seed " << parsed_options.seed << "\n";
  return RUN_ALL_TESTS();
}

}  // namespace

const Options& options() {
  return parsed_options;
}

}  // namespace stator::crash

int main(int argument_count, char** arguments) {
  return stator::crash::run(argument_count, arguments);
}
