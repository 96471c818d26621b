"""docs/configuration.md is what the program's tables say; ./x docs writes it.

usage: configuration_test.py STATOR_REFERENCE
"""

import difflib
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/configuration.md"


def main() -> int:
    program = sys.argv[1]
    printed = subprocess.run(
        [program, "markdown"], capture_output=True, text=True, timeout=30, check=True
    ).stdout
    difference = list(
        difflib.unified_diff(
            DOCUMENT.read_text().splitlines(), printed.splitlines(), str(DOCUMENT), program, "", "", 1, ""
        )
    )
    print("\n".join(difference) if difference else "docs/configuration.md is up to date")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
