"""The Debian package in a fresh Debian: installed, run, removed.

usage: package_test.py STATOR.deb
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TAR = ROOT / "build/image/debian.tar"
SKIPPED = 77
END_SECONDS = 20

# What packages keep below these is not stator's: lists, caches, the database of dpkg, logs.
OF_THE_SYSTEM = re.compile(r"/(var/(lib/(dpkg|apt)|cache|log)|tmp|dev|proc|etc/ld\.so\.cache)")


class FreshDebian:
    """A root directory in which commands are run."""

    def __init__(self) -> None:
        subprocess.run([ROOT / "tools/debian_root", TAR], check=True)
        self.path = Path(tempfile.mkdtemp(dir=TAR.parent))
        subprocess.run(["tar", "-C", self.path, "-xf", TAR], check=True)
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")

    def command(self, *arguments: str) -> list[str]:
        return ["chroot", str(self.path), *arguments]

    def run(self, *arguments: str) -> str:
        ended = subprocess.run(
            self.command(*arguments),
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{arguments}: status {ended.returncode}\n{ended.stdout}")
        return ended.stdout

    def files(self) -> set[str]:
        found = set()
        for directory, names, files in os.walk(self.path):
            for name in (*names, *files):
                path = "/" + str(Path(directory, name).relative_to(self.path))
                if not OF_THE_SYSTEM.match(path):
                    found.add(path)
        return found

    def remove(self) -> None:
        shutil.rmtree(self.path)


class PackageTest(unittest.TestCase):
    """The tests are steps, in the order of their names."""

    debian: FreshDebian
    files_before: set[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.debian = FreshDebian()
        cls.addClassCleanup(cls.debian.remove)
        cls.debian.run("apt-get", "update", "-q")
        cls.files_before = cls.debian.files()
        shutil.copy(PACKAGE, cls.debian.path / "tmp/stator.deb")
        cls.debian.run(
            "apt-get", "install", "-q", "-y", "--no-install-recommends", "/tmp/stator.deb"
        )

    def unit(self) -> str:
        return (self.debian.path / "lib/systemd/system/stator.service").read_text()

    def test_1_the_binary_finds_its_libraries(self) -> None:
        self.assertRegex(self.debian.run("stator", "--version"), r"^stator \d+\.\d+\.\d+\n$")

    def test_2_the_man_page_names_each_option_of_serve(self) -> None:
        page = self.debian.run("zcat", "/usr/share/man/man1/stator.1.gz").replace("\\-", "-")
        options = set(re.findall(r"--[a-z-]+", self.debian.run("stator", "serve", "--help")))
        self.assertGreater(len(options), 20)
        self.assertEqual({option for option in options - {"--help"} if option not in page}, set())

    def test_3_the_unit_starts_the_binary_with_its_directory(self) -> None:
        unit = self.unit()
        start = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)
        assert start is not None
        self.assertTrue((self.debian.path / shlex.split(start.group(1))[0].lstrip("/")).exists())
        state = re.search(r"^StateDirectory=(.+)$", unit, re.MULTILINE)
        assert state is not None
        self.assertIn(f"STATOR_DATA=/var/lib/{state.group(1)}\n", unit)

    def test_4_systemd_accepts_the_unit(self) -> None:
        if shutil.which("systemd-analyze") is None:
            self.skipTest("no systemd here")
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", f"--root={self.debian.path}", "stator.service"],
            capture_output=True, text=True, check=False,
        )
        # The rest of systemd is not in this root; what is wrong with a line names it.
        complaints = re.findall(r"stator\.service:\d+: .*", verified.stderr)
        self.assertEqual(complaints, [])

    def test_5_what_the_unit_starts_answers_and_ends(self) -> None:
        (self.debian.path / "var/lib/stator").mkdir()
        variables = dict(re.findall(r"^Environment=(\w+)=(.+)$", self.unit(), re.MULTILINE))
        start = re.search(r"^ExecStart=(.+)$", self.unit(), re.MULTILINE)
        assert start is not None
        with subprocess.Popen(
            self.debian.command(*shlex.split(start.group(1)), "--port", "0"),
            env=os.environ | variables, stdout=subprocess.PIPE, text=True,
        ) as server:
            assert server.stdout is not None
            try:
                address = re.search(r"http://\S+:\d+", server.stdout.readline())
                assert address is not None
                with urllib.request.urlopen(address.group() + "/health", timeout=10) as answer:
                    self.assertEqual(answer.status, 200)
                server.send_signal(signal.SIGTERM)
                self.assertEqual(server.wait(END_SECONDS), 0)
            finally:
                server.kill()
        self.assertTrue((self.debian.path / "var/lib/stator/STATOR").exists())

    def test_6_removing_keeps_the_items_and_purging_does_not(self) -> None:
        self.debian.run("apt-get", "remove", "-q", "-y", "stator")
        self.assertFalse((self.debian.path / "usr/bin/stator").exists())
        self.assertTrue((self.debian.path / "var/lib/stator/STATOR").exists())
        self.debian.run("apt-get", "purge", "-q", "-y", "--autoremove", "stator")
        self.assertEqual(self.debian.files() - self.files_before, set())


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("a package is installed as root; skipped")
        sys.exit(SKIPPED)
    PACKAGE = Path(sys.argv.pop())
    unittest.main()
