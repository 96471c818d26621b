#!/usr/bin/env python3
"""docs/embedding.md shows the examples' own lines, and names commands and targets that are there."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/embedding.md").read_text()
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

EXAMPLES = {
    "cpp": "examples/cpp/orders_test.cc",
    "c": "examples/c/orders.c",
    "python": "examples/python/orders.py",
}


class EmbeddingPage(unittest.TestCase):
    def test_shows_the_lines_of_the_examples(self) -> None:
        for language, name in EXAMPLES.items():
            blocks = [text for found, text in BLOCK.findall(PAGE) if found == language]
            self.assertNotEqual(blocks, [], language)
            example = (ROOT / name).read_text()
            for block in blocks:
                self.assertIn(block, example, name)

    def test_has_no_other_code(self) -> None:
        self.assertLessEqual({found for found, _ in BLOCK.findall(PAGE)}, {*EXAMPLES, "sh"})

    def test_names_targets_and_packages_that_are_installed(self) -> None:
        library = (ROOT / "cmake/library.cmake").read_text()
        (build,) = [text for found, text in BLOCK.findall(PAGE) if found == "sh"]
        for target in re.search(r"--target (.*)", build)[1].split():
            self.assertRegex(library, rf"stator_library\({target} ")
        for package in ("stator", "stator-static"):
            self.assertIn(f"`{package}`", PAGE)
            self.assertTrue((ROOT / f"cmake/{package}.pc.in").exists())


if __name__ == "__main__":
    unittest.main()
