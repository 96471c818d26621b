#include "simulate/key_chooser.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace stator {
namespace {

constexpr int kDraws = 200'000;

// The share of each key in many draws.
std::vector<double> shares(const KeyChoice& choice) {
  const KeyChooser chooser(choice);
  Random random(1);
  std::vector<double> counts(choice.end());
  for (int i = 0; i < kDraws; ++i) {
    counts.at(chooser.choose(static_cast<std::uint64_t>(i), &random)) += 1.0 / kDraws;
  }
  return counts;
}

// Four standard errors of a share that many draws show.
double tolerance(double share) {
  return 4 * std::sqrt(share * (1 - share) / kDraws);
}

void expect_zipf(std::uint32_t keys, double exponent) {
  const std::vector<double> measured =
      shares({.distribution = KeyDistribution::zipf, .keys = keys, .exponent = exponent});
  double sum = 0;
  for (std::uint32_t i = 0; i < keys; ++i) sum += std::pow(i + 1, -exponent);
  for (std::uint32_t i = 0; i < keys; ++i) {
    const double share = std::pow(i + 1, -exponent) / sum;
    EXPECT_NEAR(measured[i], share, tolerance(share)) << "key " << i << " of " << keys;
  }
}

TEST(KeyChooser, DrawsUniformKeysAlike) {
  const std::vector<double> measured = shares({.keys = 50, .first = 10});
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(measured[i], 0);
  for (std::size_t i = 10; i < 60; ++i) EXPECT_NEAR(measured[i], 0.02, tolerance(0.02));
}

TEST(KeyChooser, DrawsZipfKeysByTheirRank) {
  expect_zipf(100, 1);
  expect_zipf(100, 0.5);
  expect_zipf(20, 2.5);
  expect_zipf(2, 1);
}

TEST(KeyChooser, DrawsFromAsManyZipfKeysAsThereAre) {
  const KeyChooser chooser({.distribution = KeyDistribution::zipf, .keys = 10'000'000});
  Random random(3);
  double first = 0;
  for (int i = 0; i < kDraws; ++i) {
    const std::uint32_t key = chooser.choose(0, &random);
    ASSERT_LT(key, 10'000'000U);
    if (key == 0) first += 1.0 / kDraws;
  }
  const double share = 1 / (std::log(1e7) + 0.5772);  // of the harmonic series
  EXPECT_NEAR(first, share, tolerance(share));
}

TEST(KeyChooser, GivesHotKeysTheirShare) {
  const std::vector<double> measured =
      shares({.distribution = KeyDistribution::hot, .keys = 12, .hot_share = 0.8, .hot_keys = 2});
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(measured[i], 0.4, tolerance(0.4));
  for (std::size_t i = 2; i < 12; ++i) EXPECT_NEAR(measured[i], 0.02, tolerance(0.02));
}

TEST(KeyChooser, GivesHotKeysEverythingWhereThereAreNoOthers) {
  const std::vector<double> measured =
      shares({.distribution = KeyDistribution::hot, .keys = 2, .hot_share = 0.1, .hot_keys = 2});
  EXPECT_NEAR(measured[0], 0.5, tolerance(0.5));
}

TEST(KeyChooser, WalksSequentialKeys) {
  const KeyChooser chooser({.distribution = KeyDistribution::sequential, .keys = 3, .first = 5});
  Random random(1);
  std::vector<std::uint32_t> keys;
  for (std::uint64_t turn = 0; turn < 5; ++turn) keys.push_back(chooser.choose(turn, &random));
  EXPECT_EQ(keys, (std::vector<std::uint32_t>{5, 6, 7, 5, 6}));
}

TEST(RandomExponential, HasAMeanOfOne) {
  Random random(1);
  double sum = 0;
  for (int i = 0; i < kDraws; ++i) sum += random_exponential(&random);
  EXPECT_NEAR(sum / kDraws, 1, 4 / std::sqrt(kDraws));
}

}  // namespace
}  // namespace stator
