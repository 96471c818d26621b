#!/usr/bin/env python3
"""Checks the arrows between the layers of src, the cages of foreign headers, orphaned sources, and
types of two headers that share a name: all are of one namespace, and a linker would not notice.

usage: check_layers.py [root]      prints one line a violation; exit status 1 when there is one

The arrows a layer uses stand in src/CMakeLists.txt, stator_layer(NAME .. USES ..); they must be among
ARROWS below, which is docs/ARCHITECTURE.md as data, and #include lines must follow them.
"""

import fnmatch
import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

# layer -> what its USES list may name.
ARROWS = {
    "base": set(),
    "model": {"base"},
    "expression": {"base", "model"},
    "capacity": {"base", "model"},
    "storage": {"base", "model"},
    "streams": {"base", "model", "storage"},
    "api": {"base", "model", "expression", "capacity", "storage", "streams"},
    "functions": {"base", "model", "storage", "streams", "api"},
    "simulate": {"base", "model", "expression", "capacity", "storage", "api"},
    "client": {"base", "model", "storage", "streams"},
    "shell": {"base", "streams", "client"},
    "server": {"base", "client", "shell"},
    "abi": {"base", "server"},
}

# heavy or foreign header -> the files that may include it; the first that fits decides; * includes
# slashes. Headers of ours that are not listed are free within their arrows.
CAGES = [
    ("rocksdb/*", ["src/storage/*.cc", "bench/*", "tests/*"]),
    ("simdjson.h", ["src/api/json_simdjson.h", "bench/*"]),
    ("api/json_simdjson.h", ["src/api/*.cc"]),
    ("boost/*", ["src/server/*", "src/functions/net/*", "src/client/*.cc", "bench/*", "tests/*"]),
    ("histedit.h", ["src/shell/line_editor.cc"]),
    ("CLI/*", ["src/server/command_line.h", "src/server/option_kinds.h", "src/server/reference.h",
                "bench/*", "tests/*"]),
    ("openssl/*", ["src/server/*.cc"]),
    ("zlib.h", ["src/server/*.cc", "tests/*"]),
    ("fmt/*", ["src/*.cc", "bench/*", "tests/*"]),
    ("xxhash.h", ["src/*.cc"]),
    ("tl/*", ["src/base/*.h"]),
    ("gtest/*", ["tests/*"]),
    ("gmock/*", ["tests/*"]),
    ("nlohmann/*", ["tests/*"]),
    ("benchmark/*", ["bench/*"]),
]

# The operating system's headers and the files that may include them.
SYSTEM = re.compile(r"((arpa|linux|net|netinet|sys)/)?[a-z_0-9]+\.h")
SYSTEM_FILES = ["src/base/*.cc", "src/storage/*.cc", "src/streams/*.cc", "src/server/*",
                "src/functions/net/*", "src/client/*.cc", "src/shell/*.cc", "bench/*", "tests/*"]

# The folders whose sources must stand in the CMakeLists.txt nearest to them.
TARGET_FOLDERS = ["src", "tests", "bench", "examples"]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
TYPE = re.compile(r"^(?:enum )?(?:struct|class) (?:STATOR_API )?(\w+)\b[^;{]*\{", re.MULTILINE)
LAYER = re.compile(r"stator_layer\(([^)]*)\)")
LAYER_KEYWORDS = {"NAME", "SOURCES", "USES", "LIBRARIES"}


class Include(NamedTuple):
    file: str  # relative to the root, with slashes
    line: int
    header: str
    quoted: bool


def without_comments(cmake: str) -> str:
    return re.sub(r"#[^\n]*", "", cmake)


def declared_uses(root: Path) -> dict[str, set[str]]:
    """layer -> its USES list, from every CMakeLists.txt under src."""
    uses: dict[str, set[str]] = {}
    for path in sorted((root / "src").rglob("CMakeLists.txt")):
        for call in LAYER.findall(without_comments(path.read_text())):
            lists: dict[str, list[str]] = {keyword: [] for keyword in LAYER_KEYWORDS}
            keyword = ""
            for word in call.split():
                if word in LAYER_KEYWORDS:
                    keyword = word
                elif keyword:
                    lists[keyword].append(word)
            uses.setdefault(lists["NAME"][0], set()).update(lists["USES"])
    return uses


def reachable(layer: str, uses: dict[str, set[str]]) -> set[str]:
    """The layers below `layer`: what its link list brings in."""
    found: set[str] = set()
    waiting = [layer]
    while waiting:
        for below in uses.get(waiting.pop(), set()) - found:
            found.add(below)
            waiting.append(below)
    return found


def sources(root: Path, folder: str) -> Iterator[Path]:
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in (".h", ".cc", ".c") and "node_modules" not in path.parts:
            yield path


def includes(root: Path, folder: str) -> Iterator[Include]:
    for path in sources(root, folder):
        text = path.read_text()
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            name = path.relative_to(root).as_posix()
            yield Include(name, line, match.group(2), match.group(1) == '"')


def is_std(header: str) -> bool:
    return re.fullmatch(r"[a-z_0-9]+", header) is not None


def check_uses(uses: dict[str, set[str]]) -> Iterator[str]:
    for layer, below in sorted(uses.items()):
        if layer not in ARROWS:
            yield f"src/CMakeLists.txt: {layer} is not a layer"
            continue
        for name in sorted(below - ARROWS[layer]):
            yield f"src/CMakeLists.txt: {layer} must not use {name}"


def is_caged(header: str) -> bool:
    return any(fnmatch.fnmatchcase(header, pattern) for pattern, _ in CAGES)


def check_cage(include: Include) -> str | None:
    cages = [files for header, files in CAGES if fnmatch.fnmatchcase(include.header, header)]
    if SYSTEM.fullmatch(include.header):
        cages.append(SYSTEM_FILES)
    if not cages:
        return f"{include.header} is a header that no rule of CAGES knows"
    if any(fnmatch.fnmatchcase(include.file, pattern) for pattern in cages[0]):
        return None
    return f"{include.header} is not for this file: {', '.join(cages[0])}"


def check_src_include(include: Include, uses: dict[str, set[str]]) -> str | None:
    layer = include.file.split("/")[1]
    if layer not in ARROWS:
        return "stands in no layer"
    top = include.header.split("/")[0]
    if top == "stator" and "/" in include.header:
        return None
    if top in ARROWS and "/" in include.header:
        allowed = ARROWS[layer] & reachable(layer, uses) | {layer}
        if top not in allowed:
            return f"{layer} must not include {top}: {include.header}"
        return check_cage(include) if is_caged(include.header) else None
    if is_std(include.header):
        return None
    if include.quoted:
        return f'"{include.header}" does not begin with a layer'
    return check_cage(include)


def check_public_include(include: Include) -> str | None:
    if include.header.startswith("stator/") or is_std(include.header):
        return None
    if include.file.endswith("/stator.h") and include.header in ("stddef.h", "stdint.h"):
        return None  # the C ABI
    return f"include/stator takes std only: {include.header}"


def check_other_include(include: Include) -> str | None:
    """Tests and benchmarks may use every layer; foreign headers keep their cages."""
    if include.quoted or is_std(include.header):
        return None
    return None if include.header.startswith("stator/") else check_cage(include)


def check_includes(root: Path, uses: dict[str, set[str]]) -> Iterator[str]:
    checks = {
        "src": lambda include: check_src_include(include, uses),
        "include": check_public_include,
        "tests": check_other_include,
        "bench": check_other_include,
    }
    for folder, check in checks.items():
        for include in includes(root, folder):
            problem = check(include)
            if problem is not None:
                yield f"{include.file}:{include.line}: {problem}"


def check_orphans(root: Path) -> Iterator[str]:
    for folder in TARGET_FOLDERS:
        for path in sources(root, folder):
            if path.suffix == ".h":
                continue
            lists = next(
                (up / "CMakeLists.txt" for up in path.parents if (up / "CMakeLists.txt").exists()),
                None,
            )
            name = path.relative_to(lists.parent).as_posix() if lists else path.name
            words = re.split(r"[\s()\"]+", without_comments(lists.read_text())) if lists else []
            if name not in words:
                yield f"{path.relative_to(root).as_posix()}: belongs to no target"


def check_types(root: Path) -> Iterator[str]:
    seen: dict[str, str] = {}
    for folder in ("include", "src"):
        for path in sources(root, folder):
            name = path.relative_to(root).as_posix()
            if path.suffix != ".h":
                continue
            for type_name in TYPE.findall(path.read_text()):
                other = seen.setdefault(type_name, name)
                if other != name:
                    yield f"{name}: {type_name} is a type of {other} already"


def violations(root: Path) -> list[str]:
    uses = declared_uses(root)
    return [*check_uses(uses), *check_includes(root, uses), *check_orphans(root),
            *check_types(root)]


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = violations(root)
    print("\n".join(found) if found else "layers, cages and targets are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
