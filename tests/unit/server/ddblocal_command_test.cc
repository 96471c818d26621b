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

ServeOptions served(const std::vector<std::string>& arguments) {
  const Result<ServeOptions> options = serve_options(parsed(arguments));
  if (!options) ADD_FAILURE() << options.error().message();
  return options.value_or(ServeOptions());
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
  EXPECT_EQ(fault({"-port", "80x"}), "-port: 80x is not a port");
  EXPECT_EQ(fault({"-port", "65536"}), "-port: 65536 is not a port");
}

TEST(DdblocalCommand, TakesNoFlagAndNoNothingForAValue) {
  EXPECT_EQ(fault({"-inMemory", "-port"}), "-port needs a value");
  EXPECT_EQ(fault({"-dbPath", "-inMemory"}), "-dbPath needs a value");
  EXPECT_EQ(fault({"-inMemory", "-dbPath", ""}), "-dbPath needs a value");
  EXPECT_EQ(fault({"-jar", "-inMemory"}), "-jar needs a value");
  EXPECT_EQ(parsed({"-dbPath", "-other"}).db_path, "-other");
}

TEST(DdblocalCommand, IsToldTheNearestInItsOtherFormToo) {
  EXPECT_EQ(fault({"-inmem"}), "-inmem is not a flag, did you mean -inMemory?");
  EXPECT_EQ(fault({"-telemetry"}), "-telemetry is not a flag, did you mean -disableTelemetry?");
  EXPECT_EQ(fault({"-isolation"}),
            "-isolation is not a flag, did you mean stator serve --isolation?");
}

TEST(DdblocalCommand, RefusesAFlagWithTwoValues) {
  EXPECT_EQ(fault({"-port", "1", "-port", "2"}), "-port is given twice: 1 and 2");
  EXPECT_EQ(parsed({"-port", "1", "-inMemory", "-port", "1", "-inMemory"}).port, 1);
}

TEST(DdblocalCommand, PrintsTheBannerThatClientsWaitFor) {
  EXPECT_EQ(served({"-inMemory", "-port", "8001"}).banner,
            "Initializing DynamoDB Local with the following configuration:\nPort:\t8001\n"
            "InMemory:\ttrue\nVersion:\tstator " +
                std::string(version()) +
                "\nDbPath:\tnull\nSharedDb:\tfalse\nshouldDelayTransientStatuses:\tfalse\n"
                "CorsParams:\tnull\n\n");
  EXPECT_THAT(served({"-dbPath", "here", "-sharedDb", "-cors", "a,b"}).banner,
              testing::AllOf(HasSubstr("DbPath:\there\nSharedDb:\ttrue\n"),
                             HasSubstr("CorsParams:\ta,b\n")));
}

TEST(DdblocalCommand, DoesWhatThatProgramDoesWhereAwsDiffers) {
  const ServeOptions options = served({"-inMemory"});
  EXPECT_EQ(options.health, HealthAnswer::ddblocal);
  EXPECT_EQ(options.database.capacity, CapacityMode::observe);
  EXPECT_EQ(options.database.isolation, Isolation::key_and_region);
  EXPECT_EQ(options.database.directory, "");
  EXPECT_EQ(options.database.transitions.backfilling.count(), 0);
  EXPECT_THAT(options.banner, StartsWith("Initializing DynamoDB Local"));
  EXPECT_EQ(served({"-sharedDb"}).database.isolation, Isolation::shared);
}

TEST(DdblocalCommand, KeepsItsDataWhereThatProgramWould) {
  EXPECT_EQ(served({"-sharedDb"}).database.directory, "./stator-local");
  EXPECT_EQ(served({"-dbPath", "/d"}).database.directory, "/d/stator-local");
}

// A variable that is set for the length of a test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { unsetenv(name_); }

 private:
  const char* const name_;
};

TEST(DdblocalCommand, TakesVariablesBelowItsFlags) {
  const Variable capacity("STATOR_CAPACITY", "enforce");
  const Variable isolation("STATOR_ISOLATION", "key-and-region");
  const Variable data("STATOR_DATA", "/elsewhere");
  const Variable port("STATOR_PORT", "8123");
  EXPECT_EQ(served({"-sharedDb"}).database.capacity, CapacityMode::enforce);
  EXPECT_EQ(served({"-sharedDb"}).database.isolation, Isolation::shared);
  EXPECT_EQ(served({"-sharedDb"}).database.directory, "/elsewhere");
  EXPECT_EQ(served({"-inMemory"}).database.directory, "");
  EXPECT_EQ(served({"-port", "8001"}).http.port, 8001);
  EXPECT_EQ(served({"-inMemory"}).http.port, 8123);
  EXPECT_THAT(served({"-inMemory"}).banner, HasSubstr("Port:\t8123\n"));
}

TEST(DdblocalCommand, PrintsABannerOfWhatVariablesSay) {
  const Variable data("STATOR_DATA", "/elsewhere");
  const Variable isolation("STATOR_ISOLATION", "shared");
  EXPECT_THAT(served({"-port", "1"}).banner,
              HasSubstr("InMemory:\tfalse\nVersion:\tstator " + std::string(version()) +
                        "\nDbPath:\t/elsewhere\nSharedDb:\ttrue\n"));
  EXPECT_THAT(served({"-inMemory"}).banner, HasSubstr("InMemory:\ttrue\n"));
  EXPECT_THAT(served({"-inMemory"}).banner, HasSubstr("DbPath:\tnull\n"));
}

TEST(DdblocalCommand, NamesAVariableThatIsWrong) {
  const Variable capacity("STATOR_CAPACITY", "enforced");
  const Result<ServeOptions> options = serve_options(parsed({"-inMemory"}));
  ASSERT_FALSE(options);
  EXPECT_THAT(options.error().message(), HasSubstr("STATOR_CAPACITY: enforced"));
}

TEST(DdblocalCommand, DelaysIndexesOnRequest) {
  const ServeOptions options = served({"-delayTransientStatuses"});
  const TransitionTimes& times = options.database.transitions;
  EXPECT_EQ(times.backfilling, std::chrono::seconds(5));
  EXPECT_EQ(times.creating.count() + times.updating.count() + times.deleting.count(), 0);
}

}  // namespace
}  // namespace stator
