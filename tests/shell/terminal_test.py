"""`stator shell` on a terminal: what a person types, and what is seen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import tempfile
import termios
import time
import unittest
from pathlib import Path

from served import SECONDS, STATOR, Served

CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x07\r]|.\x08")
UP, TAB, CTRL_C, CTRL_D = "\x1b[A", "\t", "\x03", "\x04"
COLUMNS = 200


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, test: unittest.TestCase, home: Path, *options: str) -> None:
        self.test = test
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            environment = {"HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
            os.execve(STATOR, [STATOR, "shell", *options], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        self.seen = ""
        self.status: int | None = None
        test.addCleanup(self.close)

    def close(self) -> None:
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.terminal)

    def read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # the other end is closed
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)

    def text(self) -> str:
        return CONTROLS.sub("", self.seen)

    def expect(self, wanted: str) -> str:
        """What was seen up to and with `wanted`, and forgets it."""
        end = time.monotonic() + SECONDS
        while wanted not in self.text():
            if not self.read(end - time.monotonic() if end > time.monotonic() else 0):
                self.test.fail(f"expected {wanted!r}, saw {self.text()!r}")
        text = self.text()
        self.seen = text[text.index(wanted) + len(wanted) :]
        return text[: text.index(wanted) + len(wanted)]

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def enter(self, line: str) -> None:
        self.expect("> ")
        self.type(line + "\n")

    def wait(self) -> int:
        end = time.monotonic() + SECONDS
        while (left := end - time.monotonic()) > 0 and self.read(left):
            pass
        process = os.pidfd_open(self.process)
        is_ended = bool(select.select([process], [], [], max(0, end - time.monotonic()))[0])
        os.close(process)
        if not is_ended:
            self.test.fail(f"the shell did not end, saw {self.text()!r}")
        _, status = os.waitpid(self.process, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status


class TerminalTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.home = Path(directory.name)
        self.server = Served(self)
        self.server.create_table("Music-2026")

    def open(self) -> Terminal:
        return Terminal(self, self.home, "--endpoint", self.server.endpoint)

    def test_a_statement_takes_several_lines(self) -> None:
        shell = self.open()
        shell.enter("INSERT INTO \"Music-2026\"")
        shell.expect("...> ")
        shell.type("VALUE {'pk': 'a'};\n")
        shell.expect("0 items, 1 capacity units")
        shell.enter("SELECT * FROM \"Music-2026\";")
        shell.expect("pk\n---\n'a'\n1 item, 2 capacity units\n")
        shell.enter(".quit")
        self.assertEqual(shell.wait(), 0)

    def test_words_and_tables_are_completed(self) -> None:
        shell = self.open()
        shell.expect("> ")
        shell.type("sel" + TAB + "* fr" + TAB + "M" + TAB + ";\n")
        shell.expect('"Music-2026" ;\n0 items, 2 capacity units')
        shell.expect("> ")
        shell.type(".d" + TAB + "M" + TAB + "\n")
        shell.expect('"Music-2026": pk S\n')
        shell.expect("> ")
        shell.type("SET_" + TAB)
        shell.expect("SET_ADD  SET_DELETE")

    def test_an_error_is_marked_and_the_shell_goes_on(self) -> None:
        shell = self.open()
        shell.enter("SELECT COUNT(a) FROM x;")
        shell.expect("ValidationException: ")
        shell.expect("SELECT COUNT(a) FROM x\n       ^^^^^\n")
        shell.enter(".tables")
        shell.expect("Music-2026\n")

    def test_lines_are_remembered_by_the_next_shell(self) -> None:
        shell = self.open()
        shell.enter("SELECT pk FROM \"Music-2026\";")
        shell.expect("0 items")
        shell.expect("> ")
        shell.type(CTRL_D)
        self.assertEqual(shell.wait(), 0)
        history = self.home / ".stator_history"
        self.assertEqual(history.stat().st_mode & 0o777, 0o600)
        shell = self.open()
        shell.expect("> ")
        shell.type(UP + "\n")
        shell.expect('SELECT pk FROM "Music-2026";')
        shell.expect("0 items")

    def test_an_interrupt_drops_the_line_and_not_the_shell(self) -> None:
        shell = self.open()
        shell.enter("SELECT 'what")
        shell.expect("...> ")
        shell.type("is this" + CTRL_C)
        shell.expect("stator> ")
        shell.type(CTRL_C)
        shell.expect("stator> ")
        shell.type(".tables\n")
        shell.expect("Music-2026\n")

    def test_enter_shows_the_next_page(self) -> None:
        shell = self.open()
        shell.expect("> ")
        shell.type("".join(f"INSERT INTO \"Music-2026\" VALUE {{'pk': 'k{i}'}};\n" for i in range(60)))
        for _ in range(60):
            shell.expect("0 items")
        shell.enter("SELECT pk FROM \"Music-2026\";")
        shell.expect("50 items, ")
        shell.expect("more: Enter> ")
        shell.type("\n")
        shell.expect("60 items, ")
        shell.expect("stator> ")


if __name__ == "__main__":
    unittest.main()
