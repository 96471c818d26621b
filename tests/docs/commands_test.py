"""Runs the commands of the documents, as a reader would, and compares what they print.

In a fenced block, "$ " begins a command, and what follows up to the next one is its output; ".." in
it stands for any text. `stator serve`, `stator -..` and `stator tail` run on while what follows is
typed "in another terminal": their first lines are compared. Port 8000 is replaced by a free one.

usage: commands_test.py
"""

import os
import re
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple

DOCUMENTS = Path(__file__).resolve().parents[2]
SHELL = "/bin/bash"
END_SECONDS = 30
RUNS_ON = re.compile(r"stator (serve|-|tail)")

# As README.md says it of a tree that is not built.
SAME_AS = {"./x serve": "stator serve"}
# README.md's command for all tests, of which this is one.
NOT_RUN = {"./x test"}


class Command(NamedTuple):
    text: str
    output: str


def commands(document: Path) -> list[Command]:
    found = []
    for block in re.findall(r"^```\n(.*?)^```$", document.read_text(), re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            text, _, output = part.partition("\n")
            found.append(Command(text, output.rstrip("\n")))
    return [command for command in found if command.text not in NOT_RUN]


def pattern(output: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in output.split("..")), re.DOTALL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Reader:
    """A terminal in which commands end, and one in which a server runs. `own` stands for 8000."""

    def __init__(self, directory: Path) -> None:
        self.own = str(free_port())
        self._directory = directory
        self._server: subprocess.Popen[str] | None = None
        binary = Path(os.environ["STATOR_BINARY"]).parent
        clean = {name: text for name, text in os.environ.items()
                 if not name.startswith(("STATOR_", "AWS_"))}
        self._variables = clean | {
            "PATH": f"{binary}:/usr/bin:/bin",
            "STATOR_PORT": self.own,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "HOME": str(directory),
            "NO_PROXY": "127.0.0.1",
        }
        self._typed = ""  # what sets variables and functions is typed again

    def run(self, text: str) -> str:
        """What a command that ends prints."""
        if text.startswith("export ") or "() {" in text:
            self._typed += text + "\n"
            return ""
        ended = subprocess.run(
            [SHELL, "-c", self._typed + text], cwd=self._directory, env=self._variables,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=END_SECONDS, check=False,
        )
        return ended.stdout.rstrip("\n")

    def start(self, text: str, lines: int) -> str:
        """The first lines of a command that runs on; the one before is ended by ctrl-C."""
        is_server = not text.startswith("stator tail")
        if is_server:
            self.end()
        process = subprocess.Popen(
            [SHELL, "-c", f"{self._typed}exec {text}"], cwd=self._directory, env=self._variables,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line.rstrip("\n"))
            if len(printed) >= lines and (not is_server or "ready on" in line):
                break
        if is_server:
            self._server = process
        else:
            stop(process)
        return "\n".join(printed)

    def end(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None


def stop(process: subprocess.Popen[str]) -> None:
    with process:
        process.send_signal(signal.SIGINT)


class Documents(unittest.TestCase):
    def check(self, name: str) -> None:
        every = commands(DOCUMENTS / name)
        self.assertGreater(len(every), 2, f"{name} has no commands")
        with tempfile.TemporaryDirectory() as directory:
            reader = Reader(Path(directory))
            self.addCleanup(reader.end)
            for command in every:
                with self.subTest(command.text):
                    self.check_command(reader, command)
            reader.end()

    def check_command(self, reader: Reader, command: Command) -> None:
        text = SAME_AS.get(command.text, command.text).replace("8000", reader.own)
        expected = command.output.replace("8000", reader.own)
        if RUNS_ON.match(text) and "stator:" not in expected:
            if text.startswith("stator tail"):
                text += f" --endpoint http://127.0.0.1:{reader.own}"
            printed = reader.start(text, expected.count("\n") + 1)
        else:
            printed = reader.run(text)
        self.assertRegex(printed, rf"\A(?s:{pattern(expected).pattern})\Z")

    def test_getting_started(self) -> None:
        self.check("docs/getting-started.md")

    def test_readme(self) -> None:
        self.check("README.md")


if __name__ == "__main__":
    unittest.main()
