"""docs/ci-recipes.md: what it quotes is what is tested."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/image"))
DOCUMENT = (ROOT / "docs/ci-recipes.md").read_text()


def without_comments(text: str) -> str:
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


class Recipes(unittest.TestCase):
    def test_the_compose_file_is_the_one_in_the_tree(self) -> None:
        quoted = re.search(r"`docker/compose.yaml`:\n\n```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
        assert quoted is not None
        self.assertEqual(quoted.group(1), without_comments((ROOT / "docker/compose.yaml").read_text()))

    def test_the_entry_point_of_go_is_the_one_that_the_image_is_tried_with(self) -> None:
        from image_test import JAVA

        self.assertIn(f"`{' '.join(JAVA)}`", DOCUMENT)

    def test_the_size_is_below_the_one_that_the_image_is_held_to(self) -> None:
        from image_test import UNPACKED_MEGABYTES_MAX

        size = re.search(r"\| size \| (\d+) MB unpacked", DOCUMENT)
        assert size is not None
        self.assertLessEqual(int(size.group(1)), UNPACKED_MEGABYTES_MAX)

    def test_each_variable_is_one_of_the_program(self) -> None:
        known = set(re.findall(r"`(STATOR_\w+)`", (ROOT / "docs/configuration.md").read_text()))
        self.assertGreater(len(known), 20)
        self.assertEqual(set(re.findall(r"STATOR_\w+", DOCUMENT)) - known, set())


if __name__ == "__main__":
    unittest.main()
