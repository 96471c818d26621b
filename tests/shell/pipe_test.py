"""`stator shell` as a part of scripts: what it prints where, and its exit status."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from served import SECONDS, STATOR, Served


def shell(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [STATOR, "shell", *options],
        input=script,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


class Pipe(unittest.TestCase):
    def assert_printed(self, result: subprocess.CompletedProcess[str], text: str) -> None:
        self.assertEqual((result.stdout, result.stderr, result.returncode), (text, "", 0))

    def test_statements_are_run_against_a_server(self) -> None:
        server = Served(self)
        server.create_table("Music")
        script = """-- two items
            INSERT INTO Music VALUE {'pk': 'b', 'title': 'it''s; a test'};
            INSERT INTO Music VALUE {'pk': 'a',
                                     'n': 1};
            SELECT * FROM Music WHERE pk = 'b';
            SELECT pk FROM Music WHERE pk = 'a'"""
        self.assert_printed(
            shell(script, "--endpoint", server.endpoint),
            "pk  | title\n----+----------------\n'b' | 'it''s; a test'\n1 item\npk\n---\n'a'\n1 item\n",
        )

    def test_json_is_one_item_a_line(self) -> None:
        server = Served(self)
        server.create_table("tab")
        inserts = "".join(f"INSERT INTO tab VALUE {{'pk': 'k{i}'}};\n" for i in range(1500))
        result = shell(inserts + "SELECT * FROM tab;", "--json", "--endpoint", server.endpoint)
        self.assertEqual((result.stderr, result.returncode), ("", 0))
        keys = {json.loads(line)["pk"]["S"] for line in result.stdout.splitlines()}
        self.assertEqual(keys, {f"k{i}" for i in range(1500)})

    def test_an_error_ends_the_script_and_marks_its_place(self) -> None:
        server = Served(self)
        server.create_table("tab")
        script = "INSERT INTO tab VALUE {'pk': 'a'};\n\nSELECT\n  COUNT(a) FROM tab;\nDELETE FROM tab WHERE pk = 'a';"
        result = shell(script, "--endpoint", server.endpoint)
        self.assertEqual((result.stdout, result.returncode), ("", 1))
        first, line, marker = result.stderr.splitlines()
        self.assertTrue(first.startswith("stator: line 3: ValidationException: "), first)
        self.assertEqual((line, marker), ("  COUNT(a) FROM tab", "  ^^^^^"))
        left = shell("SELECT pk FROM tab", "--json", "--endpoint", server.endpoint)
        self.assert_printed(left, '{"pk":{"S":"a"}}\n')

    def test_a_server_that_does_not_answer_is_one_line(self) -> None:
        server = Served(self)
        server.end()
        result = shell("SELECT * FROM tab", "--endpoint", server.endpoint)
        self.assertEqual((result.stdout, result.returncode), ("", 2))
        self.assertRegex(result.stderr, rf"\Astator: {server.endpoint}: [^\n]+\n\Z")

    def test_an_endpoint_that_is_none_is_one_line(self) -> None:
        result = shell("", "--endpoint", "localhost")
        line = "stator: no URL that begins with http://: localhost\n"
        self.assertEqual((result.stderr, result.returncode), (line, 2))


class Directory(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.data = str(Path(directory.name) / "data")

    def make(self) -> Served:
        server = Served(self, "--data", self.data)
        server.create_table("tab")
        return server

    def test_a_directory_is_opened_in_process(self) -> None:
        self.make().end()
        inserted = shell("INSERT INTO tab VALUE {'pk': 'a'}", "--data", self.data)
        self.assertEqual((inserted.stdout, inserted.stderr, inserted.returncode), ("", "", 0))
        read = shell("SELECT * FROM tab", "--json", "--data", self.data)
        self.assertEqual((read.stdout, read.stderr), ('{"pk":{"S":"a"}}\n', ""))

    def test_a_directory_in_use_is_one_line(self) -> None:
        self.make()
        result = shell("SELECT * FROM tab", "--data", self.data)
        self.assertEqual((result.stdout, result.returncode), ("", 2))
        line = f"cannot use the directory {self.data}: another process has it open"
        self.assertEqual(result.stderr, f"stator: {line}\n")

    def test_a_directory_that_is_not_there_is_not_made(self) -> None:
        result = shell("SELECT * FROM tab", "--data", self.data)
        line = f"stator: {self.data}: there is no such directory\n"
        self.assertEqual((result.stderr, result.returncode), (line, 2))
        self.assertFalse(Path(self.data).exists())


if __name__ == "__main__":
    unittest.main()
