"""Each flag of DynamoDB Local, and docs/moving-from-dynamodb-local.md, which says what they do."""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

BINARY = os.environ["STATOR_BINARY"]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/moving-from-dynamodb-local.md"
BANNER = "Initializing DynamoDB Local with the following configuration:"
END_SECONDS = 10

TABLE = {
    "TableName": "Music",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
}
INDEX = {
    "TableName": "Music",
    "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
    "GlobalSecondaryIndexUpdates": [
        {
            "Create": {
                "IndexName": "by-g",
                "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
            }
        }
    ],
}


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Local:
    """stator started as DynamoDB Local is, in a directory of its own unless one is given."""

    def __init__(self, *flags: str, cwd: str, **variables: str) -> None:
        clean = {name: text for name, text in os.environ.items() if not name.startswith("STATOR_")}
        self.process = subprocess.Popen(
            [BINARY, *flags],
            cwd=cwd,
            env=clean | variables,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.banner: list[str] = []
        for line in self.process.stdout:
            self.banner.append(line.rstrip("\n"))
            ready = re.search(r"ready on http://[^:]+:(\d+)", line)
            if ready is not None:
                self.endpoint = f"http://127.0.0.1:{ready.group(1)}"
                return
        raise RuntimeError(f"not ready: {self.banner}, status {self.process.wait(END_SECONDS)}")

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(END_SECONDS)

    def kill(self) -> None:
        with self.process:  # waits, and closes its pipe
            self.process.kill()

    def request(self, request: urllib.request.Request) -> tuple[int, dict[str, str], str]:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        return self.request(urllib.request.Request(self.endpoint + path, headers=headers))

    def call(self, operation: str, body: object, key: str = "key", region: str = "eu-west-1"):
        """The status and the body of the answer."""
        scope = f"Credential={key}/20260101/{region}/dynamodb/aws4_request"
        headers = {
            "X-Amz-Target": f"DynamoDB_20120810.{operation}",
            "X-Amz-Date": "20260101T000000Z",
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
        }
        status, _, answer = self.request(
            urllib.request.Request(
                self.endpoint + "/", data=json.dumps(body).encode(), headers=headers
            )
        )
        return status, json.loads(answer)

    def tables(self, key: str = "key", region: str = "eu-west-1") -> list[str]:
        return self.call("ListTables", {}, key, region)[1]["TableNames"]


class LocalTestCase(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = temporary.name

    def start(self, *flags: str, **variables: str) -> Local:
        local = Local("-port", "0", *flags, cwd=self.directory, **variables)
        self.addCleanup(local.kill)
        return local


class Flags(LocalTestCase):
    """A flag's test is named after it; `Documents` counts on that."""

    def files(self) -> list[str]:
        return sorted(path.name for path in Path(self.directory).iterdir())

    def say(self, flag: str) -> str:
        ended = subprocess.run([BINARY, flag], capture_output=True, text=True, timeout=30, check=True)
        return ended.stdout

    def test_port(self) -> None:
        local = self.start("-inMemory")
        self.assertEqual(local.banner[0], BANNER)
        self.assertEqual(local.banner[1], "Port:\t0")
        self.assertEqual(local.tables(), [])

    def test_inMemory(self) -> None:
        local = self.start("-inMemory")
        self.assertIn("InMemory:\ttrue", local.banner)
        self.assertEqual(local.call("CreateTable", TABLE)[0], 200)
        self.assertEqual(local.end(), 0)
        self.assertEqual(self.files(), [])

    def test_dbPath(self) -> None:
        os.mkdir(os.path.join(self.directory, "data"))
        first = self.start("-dbPath", "./data")
        self.assertIn("DbPath:\t./data", first.banner)
        self.assertEqual(first.call("CreateTable", TABLE)[0], 200)
        self.assertEqual(first.end(), 0)
        self.assertEqual(self.files(), ["data"])
        self.assertEqual(self.start("-dbPath", "./data").tables(), ["Music"])

    def test_without_dbPath_the_working_directory_keeps_the_data(self) -> None:
        self.start("-sharedDb")
        self.assertEqual(self.files(), ["stator-local"])

    def test_sharedDb(self) -> None:
        local = self.start("-inMemory", "-sharedDb")
        self.assertIn("SharedDb:\ttrue", local.banner)
        self.assertEqual(local.call("CreateTable", TABLE, "one", "eu-west-1")[0], 200)
        self.assertEqual(local.tables("two", "us-east-1"), ["Music"])

    def test_without_sharedDb_key_and_region_have_tables_of_their_own(self) -> None:
        local = self.start("-inMemory")
        self.assertEqual(local.call("CreateTable", TABLE, "one", "eu-west-1")[0], 200)
        self.assertEqual(local.tables("one", "eu-west-1"), ["Music"])
        self.assertEqual(local.tables("two", "eu-west-1"), [])
        self.assertEqual(local.tables("one", "us-east-1"), [])

    def index_status_after_its_creation(self, *flags: str) -> str:
        local = self.start("-inMemory", *flags)
        self.assertEqual(local.call("CreateTable", TABLE)[0], 200)
        self.assertEqual(local.call("UpdateTable", INDEX)[0], 200)
        described = local.call("DescribeTable", {"TableName": "Music"})[1]["Table"]
        return described["GlobalSecondaryIndexes"][0]["IndexStatus"]

    def test_delayTransientStatuses(self) -> None:
        self.assertEqual(self.index_status_after_its_creation("-delayTransientStatuses"), "CREATING")

    def test_without_delayTransientStatuses_an_index_is_there_at_once(self) -> None:
        self.assertEqual(self.index_status_after_its_creation(), "ACTIVE")

    def test_optimizeDbBeforeStartup(self) -> None:
        self.assertEqual(self.start("-dbPath", ".", "-optimizeDbBeforeStartup").tables(), [])
        local = self.start("-optimizeDbBeforeStartup", STATOR_DATA="elsewhere")
        self.assertEqual(local.tables(), [])

    def test_cors(self) -> None:
        local = self.start("-inMemory", "-cors", "https://a.example,https://b.example")
        self.assertIn("CorsParams:\thttps://a.example,https://b.example", local.banner)
        _, headers, _ = local.get("/", Origin="https://c.example")
        self.assertEqual(headers.get("Access-Control-Allow-Origin"), "*")

    def test_disableTelemetry(self) -> None:
        self.assertEqual(self.start("-inMemory", "-disableTelemetry").tables(), [])

    def test_version(self) -> None:
        self.assertRegex(self.say("-version"), r"^stator \d+\.\d+\.\d+, ")

    def test_help(self) -> None:
        self.assertIn("-sharedDb", self.say("-help"))


class Habits(LocalTestCase):
    """What people depend on beside the flags."""

    def test_java_s_arguments_are_passed_over(self) -> None:
        local = self.start("-Djava.library.path=./DynamoDBLocal_lib", "-Xmx1g", "-jar",
                           "DynamoDBLocal.jar", "-inMemory")
        self.assertEqual(local.tables(), [])

    def test_the_root_answers_400_and_health_200(self) -> None:
        local = self.start("-inMemory")
        status, _, body = local.get("/")
        self.assertEqual(status, 400)
        self.assertIn("MissingAuthenticationToken", body)
        self.assertEqual(local.get("/health")[0], 200)

    @unittest.skipUnless(has_ipv6(), "no IPv6 here")
    def test_it_is_reached_by_ipv6_as_well(self) -> None:
        local = self.start("-inMemory")
        local.endpoint = local.endpoint.replace("127.0.0.1", "[::1]")
        self.assertEqual(local.get("/health")[0], 200)

    def test_a_variable_says_where_it_listens(self) -> None:
        local = self.start("-inMemory", STATOR_HOST="127.0.0.1")
        self.assertIn("http://127.0.0.1:", local.banner[-1])

    def test_a_request_without_a_signature_is_answered_as_the_root_is(self) -> None:
        local = self.start("-inMemory")
        headers = {"X-Amz-Target": "DynamoDB_20120810.ListTables",
                   "Content-Type": "application/x-amz-json-1.0"}
        status, _, body = local.request(
            urllib.request.Request(local.endpoint + "/", data=b"{}", headers=headers))
        self.assertEqual((status, body), (400, local.get("/")[2]))

    def test_whoever_leaves_the_root_s_answer_unread_is_not_kept(self) -> None:
        local = self.start("-inMemory")
        at = urllib.parse.urlsplit(local.endpoint)
        with socket.create_connection((at.hostname, at.port)) as root:
            root.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            root.settimeout(END_SECONDS)
            answer = b"".join(iter(lambda: root.recv(4096), b""))
        self.assertIn(b"HTTP/1.1 400 ", answer)

    def test_throughput_is_not_enforced(self) -> None:
        self.assertEqual(self.answers_to_a_burst(), {200})

    def test_throughput_is_enforced_where_a_variable_says_so(self) -> None:
        variables = {"STATOR_CAPACITY": "enforce", "STATOR_BURST_AT_START": "none"}
        self.assertEqual(self.answers_to_a_burst(**variables), {200, 400})

    def answers_to_a_burst(self, **variables: str) -> set[int]:
        local = self.start("-inMemory", **variables)
        self.assertEqual(local.call("CreateTable", TABLE)[0], 200)
        item = {"TableName": "Music", "Item": {"pk": {"S": "a"}}}
        return {local.call("PutItem", item)[0] for _ in range(10)}

    def test_files_of_dynamodb_local_are_left_alone(self) -> None:
        theirs = Path(self.directory) / "shared-local-instance.db"
        theirs.write_bytes(b"SQLite format 3\x00")
        self.assertEqual(self.start("-sharedDb", "-dbPath", ".").tables(), [])
        self.assertEqual(theirs.read_bytes(), b"SQLite format 3\x00")


class Documents(unittest.TestCase):
    def test_the_document_and_the_help_and_the_tests_name_the_same_flags(self) -> None:
        documented = set(re.findall(r"^\| `-(\w+)", DOCUMENT.read_text(), re.MULTILINE))
        ended = subprocess.run([BINARY, "-help"], capture_output=True, text=True, timeout=30,
                               check=True)
        helped = set(re.findall(r"^-(\w+)", ended.stdout, re.MULTILINE))
        tested = {name.removeprefix("test_") for name in vars(Flags)
                  if re.fullmatch(r"test_[a-z]+([A-Z]\w*)?", name)}
        self.assertEqual(documented, helped)
        self.assertEqual(documented - tested, set())


if __name__ == "__main__":
    unittest.main()
