"""Functions of every kind, called by the changes of a real server: what a user's file, program and
URL see, and what is left when the server ends."""

import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from programs import NODE, SHELL
from stator_server import StatorServer

PATIENCE_SECONDS = 30
LOOKS_A_SECOND = 50


class Listener:
    """A server to which functions say what they see, and which is a function itself: a POST of an
    event to /NAME is seen as NAME's, and answered with what `answers` has for NAME."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[dict[str, str], bytes]] = {}
        self.hanging = threading.Event()
        self._seen: dict[str, queue.Queue[Any]] = {}
        self._lock = threading.Lock()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                name = self.path.removeprefix("/")
                listener.of(name).put(json.loads(body))
                if name == "hang":
                    listener.hanging.wait(PATIENCE_SECONDS)
                headers, answer = listener.answers.get(name, ({}, b"{}"))
                self.send_response(200)
                for header, value in headers.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

            def log_error(self, format: str, *arguments: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that has gone

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def of(self, name: str) -> "queue.Queue[Any]":
        with self._lock:
            return self._seen.setdefault(name, queue.Queue())

    def keys(self, name: str, count: int) -> list[str]:
        """The keys of the next records that a function sees, at least `count`."""
        keys: list[str] = []
        while len(keys) < count:
            event = self.of(name).get(timeout=PATIENCE_SECONDS)
            keys += [record["dynamodb"]["Keys"]["pk"]["S"] for record in event["Records"]]
        return keys

    def close(self) -> None:
        self.hanging.set()
        self._server.shutdown()
        self._server.server_close()


class FunctionsTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="stator-functions-")
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.listener = Listener()
        self.addCleanup(self.listener.close)

    def write_file(self, **file: Any) -> list[str]:
        path = self.directory / "functions.json"
        path.write_text(json.dumps(file))
        return ["--functions", str(path)]

    def start(self, *options: str) -> StatorServer:
        server = StatorServer(self.directory, *options)
        self.addCleanup(lambda: server.process.poll() is not None or server.end(signal.SIGKILL))
        return server

    def url(self, name: str, **more: Any) -> dict[str, Any]:
        return {"name": name, "url": f"{self.listener.url}/{name}", **more}

    def node(self, name: str, **more: Any) -> dict[str, Any]:
        path = self.directory / "program.mjs"
        path.write_text(NODE)
        environment = {"SEEN": self.listener.url}
        return {"name": name, "command": ["node", str(path)], "environment": environment, **more}

    def shell(self, name: str, text: str = SHELL, **more: Any) -> dict[str, Any]:
        path = self.directory / f"{name}.sh"
        path.write_text(text)
        environment = {"SEEN": self.listener.url}
        return {"name": name, "command": ["/bin/sh", str(path)], "environment": environment, **more}

    def wait_until(self, what: Any) -> None:
        pause = threading.Event()
        for _ in range(PATIENCE_SECONDS * LOOKS_A_SECOND):
            if what():
                return
            pause.wait(1 / LOOKS_A_SECOND)
        self.fail("it does not come")

    # ---- what is delivered ----

    def test_programs_and_urls_get_the_changes_of_a_table(self) -> None:
        kinds = ["node", "shell", "url"]
        options = self.write_file(
            functions=[
                self.node("node", concurrency=1, timeout="20s"),
                self.shell("shell", concurrency=1, timeout="20s"),
                self.url("url"),
            ],
            mappings=[{"table": "orders", "function": kind, "BatchSize": 10} for kind in kinds],
        )
        server = self.start(*options)
        server.create_table("orders")
        written = [f"key{number:02}" for number in range(25)]
        for key in written:
            server.put("orders", key)
        for kind in kinds:
            with self.subTest(kind):
                self.assertEqual(sorted(self.listener.keys(kind, len(written))), written)
        self.wait_until(lambda: "function=node text=\"saw " in server.log.read_text())
        behind = [name for name in server.metrics() if name.startswith("stator_records_behind")]
        self.assertEqual(len(behind), len(kinds))
        self.wait_until(lambda: all(server.metrics()[name] == 0 for name in behind))
        metrics = server.metrics()
        for kind in kinds:
            self.assertGreaterEqual(metrics[f'lambda_invocations_total{{function_name="{kind}"}}'], 3)
            self.assertEqual(metrics[f'lambda_errors_total{{function_name="{kind}"}}'], 0)

        children = server.children()
        self.assertEqual(len(children), 2)
        self.assertEqual(server.end(), 0)
        for child in children:
            self.assertFalse(Path(f"/proc/{child}").exists())

    def test_a_restart_goes_on_where_the_last_server_was(self) -> None:
        options = self.write_file(
            functions=[self.url("url")], mappings=[{"table": "orders", "function": "url"}]
        ) + ["--data", str(self.directory / "data")]
        server = self.start(*options)
        server.create_table("orders")
        server.put("orders", "first")
        self.assertEqual(self.listener.keys("url", 1), ["first"])
        # A batch whose answer the server has not seen is delivered again.
        self.wait_until(
            lambda: [
                value
                for name, value in server.metrics().items()
                if name.startswith("stator_records_behind")
            ]
            == [0]
        )
        self.assertEqual(server.end(), 0)
        server = self.start(*options)
        server.put("orders", "second")
        self.assertEqual(self.listener.keys("url", 1), ["second"])
        self.assertEqual(server.end(), 0)

    def test_a_mapping_waits_for_its_table_and_stream(self) -> None:
        options = self.write_file(
            functions=[self.url("url")], mappings=[{"table": "orders", "function": "url"}]
        )
        server = self.start(*options)
        _, _, body = server.request("GET", "/2015-03-31/event-source-mappings/")
        mapping = json.loads(body)["EventSourceMappings"][0]
        self.assertEqual(mapping["State"], "Creating")
        server.create_table("orders", stream=False)
        server.put("orders", "before")
        stream = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
        server.dynamo("UpdateTable", {"TableName": "orders", "StreamSpecification": stream})
        server.put("orders", "after")
        self.assertEqual(self.listener.keys("url", 1), ["after"])
        path = f"/2015-03-31/event-source-mappings/{mapping['UUID']}"
        self.assertEqual(json.loads(server.request("GET", path)[2])["State"], "Enabled")

    def test_a_lag_of_streams_holds_for_functions(self) -> None:
        options = self.write_file(
            functions=[self.url("url")], mappings=[{"table": "orders", "function": "url"}]
        )
        server = self.start(*options, "--stream-lag", "1h", "--clock", "manual")
        server.create_table("orders")
        server.put("orders", "late")
        server.request("POST", "/_stator/clock", '{"advance": "59m"}')
        self.assertTrue(self.listener.of("url").empty())
        server.request("POST", "/_stator/clock", '{"advance": "1m"}')
        self.assertEqual(self.listener.keys("url", 1), ["late"])
        server.put("orders", "hurried")
        server.request("POST", "/_stator/lag", '{"stream": "0"}')
        self.assertEqual(self.listener.keys("url", 1), ["hurried"])

    # ---- what goes wrong ----

    def test_what_fails_for_good_is_kept_or_goes_to_its_destination(self) -> None:
        failed = "arn:aws:sqs:us-east-1:000000000000:failed"
        posted = "arn:aws:sns:us-east-1:000000000000:posted"
        self.listener.answers["broken"] = ({"X-Amz-Function-Error": "Unhandled"}, b'{"a": 1}')
        mappings = [
            {
                "table": table,
                "function": "broken",
                "MaximumRetryAttempts": 0,
                **({"DestinationConfig": {"OnFailure": {"Destination": arn}}} if arn else {}),
            }
            for table, arn in [("kept", None), ("filed", failed), ("sent", posted)]
        ]
        options = self.write_file(
            functions=[self.url("broken")],
            mappings=mappings,
            destinations={failed: "file:failed.jsonl", posted: f"{self.listener.url}/posted"},
        )
        server = self.start(*options)
        for table in ["kept", "filed", "sent"]:
            server.create_table(table)
            server.put(table, "a")

        def failures() -> list[Any]:
            return json.loads(server.request("GET", "/_stator/failures")[2])["failures"]

        self.wait_until(failures)
        (kept,) = failures()
        self.assertEqual(kept["requestContext"]["condition"], "RetryAttemptsExhausted")
        self.assertEqual(kept["DDBStreamBatchInfo"]["batchSize"], 1)
        shown = self.run_stator("failures", "--endpoint", server.endpoint)
        self.assertEqual([json.loads(line) for line in shown.splitlines()], [kept])

        filed = self.directory / "failed.jsonl"
        self.wait_until(lambda: filed.exists() and filed.read_text().endswith("\n"))
        document = json.loads(filed.read_text())
        self.assertIn("/filed/stream/", document["DDBStreamBatchInfo"]["streamArn"])
        document = self.listener.of("posted").get(timeout=PATIENCE_SECONDS)
        self.assertIn("/sent/stream/", document["DDBStreamBatchInfo"]["streamArn"])

    def test_a_function_that_hangs_crashes_or_answers_rubbish_stops_no_other(self) -> None:
        loop = SHELL.replace("printf %s", ": ; printf %s")
        self.listener.answers["rubbish"] = ({}, b"\x00\xff{rubbish")
        self.listener.answers["long"] = ({}, b'"' + b"x" * 10_000_000 + b'"')
        bad = ["hang", "crash", "rubbish", "long", "missing", "gone"]
        options = self.write_file(
            functions=[
                self.url("hang", timeout="200ms"),
                self.shell("crash", "kill -9 $$"),
                self.url("rubbish"),
                self.url("long"),
                {"name": "missing", "command": ["/nonexistent/program"]},
                {"name": "gone", "url": "http://127.0.0.1:1/gone"},
                self.shell("good", loop, timeout="20s"),
            ],
            mappings=[
                {
                    "table": name,
                    "function": name,
                    "MaximumRetryAttempts": 1,
                    "FunctionResponseTypes": ["ReportBatchItemFailures"],
                }
                for name in [*bad, "good"]
            ],
        )
        server = self.start(*options)
        for name in [*bad, "good"]:
            server.create_table(name)
            server.put(name, "a")
        self.assertEqual(self.listener.keys("good", 1), ["a"])

        def given_up() -> set[str]:
            failures = json.loads(server.request("GET", "/_stator/failures")[2])["failures"]
            return {
                failure["DDBStreamBatchInfo"]["streamArn"].split("/")[1] for failure in failures
            }

        # A function that nothing reaches costs no retries: its batch waits.
        self.wait_until(lambda: given_up() == {"hang", "crash", "rubbish", "long", "missing"})
        server.put("good", "b")
        self.assertEqual(self.listener.keys("good", 1), ["b"])
        throttles = server.metrics()['lambda_throttles_total{function_name="gone"}']
        self.assertGreaterEqual(throttles, 1)
        self.assertEqual(server.end(), 0)

    def test_a_wrong_file_is_refused_with_its_place(self) -> None:
        cases = {
            '{"functions": [{"name": "f"}]}': 'functions[0]: has either "url" or "command"',
            '{"functions": [\n{]}': "line 2: this is no JSON",
            '{"mappings": [{"table": "tab", "function": "f", "BatchSize": 0}]}': "mappings[0]: ",
            '{"mappings": [{"table": "tab", "function": "f", "FilterCriteria": {"Filters": '
            '[{"Pattern": "{\\"a\\": 1}"}]}}]}': "mappings[0]: ",
            '{"functionz": []}': "functionz: is not known",
        }
        path = self.directory / "functions.json"
        for text, place in cases.items():
            with self.subTest(text):
                path.write_text(text)
                ended = subprocess.run(
                    [os.environ["STATOR_BINARY"], "serve", "--port", "0", "--functions", str(path)],
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE_SECONDS,
                    check=False,
                )
                self.assertEqual(ended.returncode, 2)
                self.assertIn(f"{path}: {place}", ended.stderr)

    def test_a_kill_leaves_no_program(self) -> None:
        options = self.write_file(
            functions=[self.node("node")], mappings=[{"table": "orders", "function": "node"}]
        )
        server = self.start(*options)
        server.create_table("orders")
        server.put("orders", "a")
        self.assertEqual(self.listener.keys("node", 1), ["a"])
        (child,) = server.children()
        server.end(signal.SIGKILL)
        self.wait_until(lambda: not is_running(child))

    # ---- commands and Lambda's API ----

    def run_stator(self, *arguments: str) -> str:
        ended = subprocess.run(
            [os.environ["STATOR_BINARY"], *arguments],
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return ended.stdout

    def test_tail_prints_changes_until_it_is_interrupted(self) -> None:
        server = self.start()
        server.create_table("orders")
        server.put("orders", "a")
        command = [os.environ["STATOR_BINARY"], "tail", "orders", "--endpoint", server.endpoint]
        with subprocess.Popen(
            [*command, "--from-oldest"], stdout=subprocess.PIPE, text=True
        ) as tail:
            assert tail.stdout is not None
            first = json.loads(tail.stdout.readline())
            self.assertEqual(first["eventName"], "INSERT")
            self.assertEqual(first["dynamodb"]["Keys"], {"pk": {"S": "a"}})
            server.put("orders", "b")
            second = json.loads(tail.stdout.readline())
            self.assertEqual(second["dynamodb"]["Keys"], {"pk": {"S": "b"}})
            tail.send_signal(signal.SIGINT)
            self.assertEqual(tail.wait(PATIENCE_SECONDS), 0)
        refused = subprocess.run(
            [*command[:2], "none", *command[3:]], capture_output=True, text=True, check=False
        )
        self.assertEqual(refused.returncode, 1)
        self.assertIn("ResourceNotFoundException", refused.stderr)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


if __name__ == "__main__":
    unittest.main()
