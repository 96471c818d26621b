"""`stator shell` as a part of scripts: what it prints where, and its exit status."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from served import SECONDS, STATOR, Served

STREAM = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}


def shell(script: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("AWS_")}
    return subprocess.run(
        [STATOR, "shell", *options],
        input=script,
        env=clean | variables,
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

    def test_a_command_counts_among_the_lines(self) -> None:
        server = Served(self)
        result = shell(".tables\n.tables\nSELECT * FROM nope;", "--endpoint", server.endpoint)
        self.assertEqual(result.returncode, 1)
        self.assertTrue(result.stderr.startswith("stator: line 3: ResourceNotFound"), result.stderr)

    def assert_lost(self, script: str, *command: str) -> None:
        with open("/dev/full", "w") as full:
            result = subprocess.run(
                [STATOR, *command],
                input=script,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"\Astator: cannot write all of the output[^\n]*\n\Z")

    def test_an_output_that_does_not_arrive_is_one_line(self) -> None:
        server = Served(self)
        server.create_table("tab", StreamSpecification=STREAM)
        at = ("--endpoint", server.endpoint)
        self.assert_lost("INSERT INTO tab VALUE {'pk': 'a'}; SELECT * FROM tab", "shell", *at)
        self.assert_lost("", "tail", "tab", "--from-oldest", *at)

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


class Isolation(unittest.TestCase):
    """Tables that are kept apart by access key and region."""

    KEY_AND_REGION = ("--access-key", "mykey", "--region", "eu-west-1")

    def serve(self, *options: str) -> Served:
        server = Served(self, "--isolation", "key-and-region", *options)
        server.create_table("Music", "mykey", "eu-west-1")
        return server

    def assert_tables(self, tables: str, *options: str, **variables: str) -> None:
        result = shell(".tables", *options, **variables)
        self.assertEqual((result.stdout, result.stderr, result.returncode), (tables, "", 0))

    def test_options_say_whose_are_meant(self) -> None:
        at = ("--endpoint", self.serve().endpoint)
        self.assert_tables("Music\n", *at, *self.KEY_AND_REGION)
        self.assert_tables("", *at)
        self.assert_tables("", *at, "--access-key", "mykey")

    def test_the_variables_of_sdks_say_so_as_well(self) -> None:
        at = ("--endpoint", self.serve().endpoint)
        key = {"AWS_ACCESS_KEY_ID": "mykey"}
        self.assert_tables("Music\n", *at, **key, AWS_REGION="eu-west-1")
        self.assert_tables("Music\n", *at, **key, AWS_DEFAULT_REGION="eu-west-1")
        self.assert_tables("", *at, **key, AWS_REGION="eu-west-2", AWS_DEFAULT_REGION="eu-west-1")
        self.assert_tables("Music\n", *at, "--region", "eu-west-1", **key, AWS_REGION="eu-west-2")

    def test_options_open_the_tables_of_a_pair_in_a_directory(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            self.serve("--data", directory).end()
            self.assert_tables("Music\n", "--data", directory, *self.KEY_AND_REGION)
            self.assert_tables("Music\n", "--data", directory, "--region", "eu-west-1",
                               AWS_ACCESS_KEY_ID="mykey")
            self.assert_tables("", "--data", directory)

    def test_credentials_of_the_environment_hide_no_tables_of_a_directory(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            server = Served(self, "--data", directory)
            server.create_table("shared")
            server.end()
            self.assert_tables("shared\n", "--data", directory, AWS_ACCESS_KEY_ID="mykey",
                               AWS_REGION="eu-west-1")

    def test_tail_asks_for_the_table_of_its_pair(self) -> None:
        command = [STATOR, "tail", "Music", "--endpoint", self.serve().endpoint]
        ours = subprocess.run([*command, *self.KEY_AND_REGION], capture_output=True, text=True,
                              timeout=SECONDS, check=False)
        self.assertEqual(ours.stderr, "stator: the table Music has no stream\n")
        theirs = subprocess.run([*command, "--access-key", "other"], capture_output=True,
                                text=True, timeout=SECONDS, check=False)
        self.assertIn("ResourceNotFoundException", theirs.stderr)
        self.assertEqual((ours.returncode, theirs.returncode), (1, 1))


if __name__ == "__main__":
    unittest.main()
