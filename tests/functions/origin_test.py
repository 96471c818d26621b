"""Who may make functions of a real server, and that a function is no way round that."""

import json
import signal
import tempfile
import unittest
from pathlib import Path

from stator_server import StatorServer

FUNCTIONS = "/2015-03-31/functions"


def create_function(uri: str, name: str = "f") -> str:
    role = "arn:aws:iam::000000000000:role/r"
    return json.dumps({"FunctionName": name, "Role": role, "Code": {"ImageUri": uri}})


class OriginTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="stator-origin-")
        self.addCleanup(directory.cleanup)
        self.server = StatorServer(Path(directory.name))
        self.addCleanup(self.server.end, signal.SIGKILL)

    def test_a_page_of_a_browser_makes_no_function(self) -> None:
        server = self.server
        own = {"Origin": server.endpoint, "Content_Type": "text/plain"}
        for uri in ["program:/bin/true", "http://127.0.0.1:1/"]:
            with self.subTest(uri):
                function = create_function(uri)
                status, headers, _ = server.request("POST", FUNCTIONS, function, **own)
                kind = headers["x-amzn-ErrorType"]
                self.assertEqual((status, kind), (403, "AccessDeniedException"))
        self.assertEqual(server.request("POST", FUNCTIONS, create_function(uri))[0], 201)

    def test_a_function_is_no_way_round_to_what_is_for_this_machine(self) -> None:
        server = self.server
        server.create_table("stays")
        invoked = {}
        program = create_function("program:/bin/true", "program")
        for name, path, event in [("make", FUNCTIONS, program), ("reset", "/_stator/reset", "{}")]:
            hop = create_function(server.endpoint + path, name)
            self.assertEqual(server.request("POST", FUNCTIONS, hop)[0], 201)
            invoked[name] = server.request("POST", f"{FUNCTIONS}/{name}/invocations", event)
        for name, (_, headers, body) in invoked.items():
            with self.subTest(name):
                self.assertEqual(headers["X-Amz-Function-Error"], "Unhandled")
                self.assertIn("the status 403", body)
        self.assertEqual(server.request("GET", f"{FUNCTIONS}/program")[0], 404)
        self.assertEqual(server.dynamo("ListTables", {}), {"TableNames": ["stays"]})


if __name__ == "__main__":
    unittest.main()
