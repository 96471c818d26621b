#!/usr/bin/env python3
"""The installed library: found by CMake and pkg-config, in C and C++, shared and static."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

BUILD = Path(os.environ["STATOR_BUILD"])
CMAKE = os.environ["STATOR_CMAKE"]
OUTSIDE = Path(__file__).resolve().parent / "outside"
NO_TABLES = '{"TableNames":[]}\n'

# What the shared library may show: the C ABI, and the classes and functions of include/stator.
API = re.compile(
    r"stator_\w+"
    r"|(typeinfo( name)? for |vtable for )?stator::"
    r"(Clock|Database|Functions|ManualClock|Server|SystemClock)(::|$)"
    r"|stator::(check_directory|simulate_workload|version)\("
)


def run(*command: str | Path, **environment: str) -> str:
    """What a command prints that succeeds."""
    result = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise AssertionError(f"{command}: {result.stdout}{result.stderr}")
    return result.stdout


class Library(unittest.TestCase):
    prefix: Path
    work: Path

    @classmethod
    def setUpClass(cls) -> None:
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.work = Path(directory.name)
        cls.prefix = cls.work / "prefix"
        run(CMAKE, "--install", BUILD, "--prefix", cls.prefix, "--component", "development")

    def flags(self, package: str) -> list[str]:
        path = self.prefix / "lib/pkgconfig"
        return run("pkg-config", "--cflags", "--libs", package, PKG_CONFIG_PATH=str(path)).split()

    def compiled(self, compiler: str, source: str, package: str) -> Path:
        program = self.work / f"{source}-{package}"
        standard = [] if source.endswith(".c") else ["-std=c++20"]
        run(compiler, *standard, OUTSIDE / source, "-o", program, *self.flags(package))
        return program

    def assert_runs(self, program: Path) -> None:
        self.assertEqual(run(program, LD_LIBRARY_PATH=str(self.prefix / "lib")), NO_TABLES)

    def assert_links(self, program: Path, *, shared: bool) -> None:
        needed = run("readelf", "--dynamic", program)
        self.assertEqual("libstator.so.1]" in needed, shared, needed)

    def test_cmake_finds_it(self) -> None:
        build = self.work / "build"
        run(CMAKE, "-S", OUTSIDE, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run(CMAKE, "--build", build)
        for language in ("c", "cpp"):
            self.assert_runs(build / f"{language}_stator")
            self.assert_links(build / f"{language}_stator", shared=True)
            self.assert_runs(build / f"{language}_static")
            self.assert_links(build / f"{language}_static", shared=False)

    def test_pkg_config_finds_it_for_c(self) -> None:
        shared = self.compiled("cc", "program.c", "stator")
        self.assert_runs(shared)
        self.assert_links(shared, shared=True)
        static = self.compiled("cc", "program.c", "stator-static")
        self.assert_runs(static)
        self.assert_links(static, shared=False)

    def test_pkg_config_finds_it_for_cpp(self) -> None:
        shared = self.compiled("c++", "program.cc", "stator")
        self.assert_runs(shared)
        self.assert_links(shared, shared=True)
        static = self.compiled("c++", "program.cc", "stator-static")
        self.assert_runs(static)
        self.assert_links(static, shared=False)

    def test_the_shared_library_shows_its_api_only(self) -> None:
        listed = run(
            "nm", "--dynamic", "--defined-only", "--demangle", self.prefix / "lib/libstator.so"
        )
        names = [line.split(" ", 2)[2] for line in listed.splitlines()]
        self.assertIn("stator_open", names)
        self.assertTrue(any(name.startswith("stator::Database::open(") for name in names), names)
        self.assertEqual([name for name in names if not API.match(name)], [])

    def test_the_c_header_is_c99(self) -> None:
        source = self.work / "header.c"
        source.write_text('#include "stator/stator.h"\n')
        strict = ("-std=c99", "-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-fsyntax-only")
        run("cc", *strict, f"-I{self.prefix / 'include'}", source)


if __name__ == "__main__":
    unittest.main()
