#include "server/ddblocal_command.h"

#include <gmock/gmock.h>

namespace stator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

DdblocalOptions parsed(const std::vector<std::string>& arguments) {
  Result<DdblocalOptions> options = parse_ddblocal_options(arguments);
  EXPECT_TRUE(options) << options.error().message();
  return *std::move(options);
}

std::string fault(const std::vector<std::string>& arguments) {
  const Result<DdblocalOptions> options = parse_ddblocal_options(arguments);
  EXPECT_FALSE(options);
  return options ? "" : std::string(options.error().message());
}

bool is_command(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "stator");
  return is_ddblocal_command(static_cast<int>(arguments.size()), arguments.data());
}

TEST(DdblocalCommand, IsToldByItsFirstArgument) {
  EXPECT_TRUE(is_command({"-port", "8000"}));
  EXPECT_TRUE(is_command({"-jar", "DynamoDBLocal.jar"}));
  EXPECT_TRUE(is_command({"-Djava.library.path=./DynamoDBLocal_lib", "-jar", "x"}));
  EXPECT_FALSE(is_command({}));
  EXPECT_FALSE(is_command({"serve", "-port"}));
  EXPECT_FALSE(is_command({"--version"}));
  EXPECT_FALSE(is_command({"-h"}));
}

TEST(DdblocalCommand, TakesItsFlagsBehindThoseOfJava) {
  const DdblocalOptions options =
      parsed({"-Djava.library.path=./DynamoDBLocal_lib", "-Xmx1g", "-jar", "DynamoDBLocal.jar",
              "-port", "8123", "-sharedDb", "-dbPath", "data", "-optimizeDbBeforeStartup", "-cors",
              "*", "-delayTransientStatuses", "-disableTelemetry"});
  EXPECT_EQ(options.port, 8123);
  EXPECT_EQ(options.db_path, "data");
  EXPECT_EQ(options.cors, "*");
  EXPECT_TRUE(options.shared && options.optimize && options.delay_transient_statuses);
  EXPECT_FALSE(options.in_memory);
}

TEST(DdblocalCommand, SaysWhatIsWrongInOneLine) {
  EXPECT_EQ(fault({"-inmemory"}), "-inmemory is not a flag, did you mean -inMemory?");
  EXPECT_EQ(fault({"-sharedDB"}), "-sharedDB is not a flag, did you mean -sharedDb?");
  EXPECT_EQ(fault({"-whatever"}), "-whatever is not a flag");
  EXPECT_EQ(fault({"-inMemory", "-dbPath", "."}), "-inMemory and -dbPath cannot be used together");
  EXPECT_EQ(fault({"-optimizeDbBeforeStartup"}), "-optimizeDbBeforeStartup needs -dbPath");
  EXPECT_EQ(fault({"-inMemory", "-port"}), "-port needs a value");
  EXPECT_EQ(fault({"-port", "80x"}), "-port: 80x is not a port");
  EXPECT_EQ(fault({"-port", "65536"}), "-port: 65536 is not a port");
}

TEST(DdblocalCommand, PrintsTheBannerThatClientsWaitFor) {
  EXPECT_EQ(ddblocal_banner(parsed({"-inMemory", "-port", "8001"})),
            "Initializing DynamoDB Local with the following configuration:\nPort:\t8001\n"
            "InMemory:\ttrue\nVersion:\tstator " +
                std::string(version()) +
                "\nDbPath:\tnull\nSharedDb:\tfalse\nshouldDelayTransientStatuses:\tfalse\n"
                "CorsParams:\tnull\n\n");
  EXPECT_THAT(ddblocal_banner(parsed({"-dbPath", "here", "-sharedDb", "-cors", "a,b"})),
              testing::AllOf(HasSubstr("DbPath:\there\nSharedDb:\ttrue\n"),
                             HasSubstr("CorsParams:\ta,b\n")));
}

TEST(DdblocalCommand, DoesWhatThatProgramDoesWhereAwsDiffers) {
  const ServeOptions options = serve_options(parsed({"-inMemory"}));
  EXPECT_EQ(options.health, HealthAnswer::ddblocal);
  EXPECT_EQ(options.database.capacity, CapacityMode::observe);
  EXPECT_EQ(options.database.isolation, Isolation::key_and_region);
  EXPECT_EQ(options.database.directory, "");
  EXPECT_EQ(options.database.transitions.backfilling.count(), 0);
  EXPECT_THAT(options.banner, StartsWith("Initializing DynamoDB Local"));
  EXPECT_EQ(serve_options(parsed({"-sharedDb"})).database.isolation, Isolation::shared);
}

TEST(DdblocalCommand, KeepsItsDataWhereThatProgramWould) {
  EXPECT_EQ(serve_options(parsed({"-sharedDb"})).database.directory, "./stator-local");
  EXPECT_EQ(serve_options(parsed({"-dbPath", "/d"})).database.directory, "/d/stator-local");
}

TEST(DdblocalCommand, DelaysIndexesOnRequest) {
  const ServeOptions options = serve_options(parsed({"-delayTransientStatuses"}));
  EXPECT_GT(options.database.transitions.backfilling.count(), 0);
  EXPECT_GT(options.database.transitions.updating.count(), 0);
  EXPECT_EQ(options.database.transitions.creating.count(), 0);
}

}  // namespace
}  // namespace stator
