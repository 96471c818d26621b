#!/usr/bin/env python3
"""tools/check_layers.py on small trees, good and bad."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "check_layers.py"

GOOD = {
    "src/CMakeLists.txt": """
        stator_layer(NAME base SOURCES base/bytes.cc)
        stator_layer(NAME model USES base SOURCES model/item.cc)  # stator_layer(NAME model USES api)
        stator_layer(NAME storage USES model SOURCES storage/store.cc LIBRARIES RocksDB::rocksdb)
        stator_layer(NAME streams USES model)
        stator_layer(NAME api USES storage SOURCES api/ops/put_item.cc api/request/put_item.cc)
        stator_layer(NAME server USES base SOURCES server/main.cc server/session.cc)
    """,
    "include/stator/database.h": '#include <string>\n#include "stator/clock.h"\n',
    "src/base/bytes.h": "#include <cstdint>\n#include <tl/expected.hpp>\n",
    "src/base/bytes.cc": '#include "base/bytes.h"\n#include <unistd.h>\n#include <fmt/format.h>\n',
    "src/model/item.cc": '#include "base/bytes.h"\n#include <xxhash.h>\n',
    "src/storage/store.cc": '#include "base/bytes.h"\n#include <rocksdb/db.h>\n',
    "src/api/ops/put_item.cc": '#include "storage/store.h"\n#include "stator/database.h"\n',
    "src/api/json_simdjson.h": "#include <simdjson.h>\n",
    "src/api/request/put_item.cc": '#include "api/json_simdjson.h"\n',
    "src/server/command_line.h": "#include <CLI/CLI.hpp>\n",
    "src/server/main.cc": '#include "server/command_line.h"\n#include <boost/asio.hpp>\n',
    "src/server/session.cc": "#include <zlib.h>\n#include <sys/socket.h>\n",
    "tests/unit/CMakeLists.txt": "stator_unit_test(model model/item_test.cc)\n",
    "tests/unit/model/item_test.cc": '#include "model/item.h"\n#include <gtest/gtest.h>\n',
}


def run(files: dict[str, str]) -> tuple[int, str]:
    """The checker's exit status and output on a tree of GOOD with `files` written over it."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in {**GOOD, **files}.items():
            path = Path(root) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        result = subprocess.run(
            [sys.executable, str(CHECKER), root], capture_output=True, text=True, check=False
        )
        return result.returncode, result.stdout + result.stderr


class CheckLayers(unittest.TestCase):
    def assert_refused(self, files: dict[str, str], *lines: str) -> None:
        status, output = run(files)
        self.assertEqual(status, 1, output)
        self.assertEqual(output.splitlines(), list(lines))

    def test_a_tree_in_order_passes(self) -> None:
        status, output = run({})
        self.assertEqual((status, output), (0, "layers, cages and targets are in order\n"))

    def test_two_types_of_one_name_are_named_with_their_headers(self) -> None:
        self.assert_refused(
            {
                "src/model/page.h": "struct Page;\nenum class Page : int {\n};\n",
                "src/storage/page.h": "class Page final : public Shown {\n};\n",
                "src/storage/pages.h": "struct Page;\nstruct Pages {\n};\n",
            },
            "src/storage/page.h: Page is a type of src/model/page.h already",
        )

    def test_an_include_that_goes_up_is_named_with_its_line(self) -> None:
        self.assert_refused(
            {"src/model/item.cc": '#include <string>\n\n#include "storage/store.h"\n'},
            "src/model/item.cc:3: model must not include storage: storage/store.h",
        )

    def test_an_include_that_is_allowed_but_not_in_the_link_list_is_refused(self) -> None:
        self.assert_refused(
            {"src/api/ops/put_item.cc": '#include "streams/shard.h"\n'},
            "src/api/ops/put_item.cc:1: api must not include streams: streams/shard.h",
        )

    def test_a_link_list_that_draws_a_forbidden_arrow_is_refused_with_what_follows_it(self) -> None:
        lists = GOOD["src/CMakeLists.txt"].replace("NAME server USES base", "NAME server USES api")
        self.assert_refused(
            {
                "src/CMakeLists.txt": lists,
                "src/server/session.cc": '#include "api/operations.h"\n',
            },
            "src/CMakeLists.txt: server must not use api",
            "src/server/session.cc:1: server must not include api: api/operations.h",
        )

    def test_a_layer_that_nobody_drew_is_refused(self) -> None:
        lists = GOOD["src/CMakeLists.txt"] + "stator_layer(NAME utils USES base)\n"
        self.assert_refused({"src/CMakeLists.txt": lists}, "src/CMakeLists.txt: utils is not a layer")

    def test_a_source_outside_every_layer_is_refused(self) -> None:
        lists = GOOD["src/CMakeLists.txt"] + "add_executable(tool utils/tool.cc)\n"
        self.assert_refused(
            {"src/CMakeLists.txt": lists, "src/utils/tool.cc": "#include <string>\n"},
            "src/utils/tool.cc:1: stands in no layer",
        )

    def test_a_quoted_include_names_its_layer(self) -> None:
        self.assert_refused(
            {"src/model/item.cc": '#include "item.h"\n'},
            'src/model/item.cc:1: "item.h" does not begin with a layer',
        )

    def test_foreign_headers_stay_in_their_cages(self) -> None:
        for file, header in [
            ("src/storage/store.h", "rocksdb/db.h"),
            ("src/api/ops/put_item.cc", "rocksdb/db.h"),
            ("src/api/ops/put_item.cc", "simdjson.h"),
            ("src/api/request/put_item.h", "simdjson.h"),
            ("src/api/request/put_item.cc", "simdjson.h"),
            ("src/api/ops/put_item.cc", "boost/asio.hpp"),
            ("src/server/session.cc", "CLI/CLI.hpp"),
            ("src/api/ops/put_item.cc", "openssl/sha.h"),
            ("src/api/ops/put_item.cc", "zlib.h"),
            ("src/base/bytes.h", "fmt/format.h"),
            ("src/base/bytes.h", "xxhash.h"),
            ("src/model/item.cc", "tl/expected.hpp"),
            ("src/base/bytes.h", "unistd.h"),
            ("src/model/item.cc", "unistd.h"),
            ("tests/unit/model/item_test.cc", "simdjson.h"),
        ]:
            with self.subTest(file=file, header=header):
                status, output = run({file: f"#include <{header}>\n"})
                self.assertEqual(status, 1)
                self.assertIn(f"{file}:1: {header} is not for this file", output)

    def test_a_heavy_header_of_ours_stays_in_its_cage(self) -> None:
        self.assert_refused(
            {"src/api/keys.h": '#include "api/json_simdjson.h"\n'},
            "src/api/keys.h:1: api/json_simdjson.h is not for this file: src/api/*.cc",
        )

    def test_a_header_that_no_rule_knows_is_refused(self) -> None:
        self.assert_refused(
            {"src/model/item.cc": "#include <absl/strings/str_cat.h>\n"},
            "src/model/item.cc:1: absl/strings/str_cat.h is a header that no rule of CAGES knows",
        )

    def test_the_embedding_api_takes_std_only(self) -> None:
        for header in ["fmt/format.h", "base/bytes.h", "unistd.h"]:
            with self.subTest(header=header):
                self.assert_refused(
                    {"include/stator/database.h": f"#include <{header}>\n"},
                    f"include/stator/database.h:1: include/stator takes std only: {header}",
                )

    def test_a_source_that_no_target_builds_is_refused(self) -> None:
        self.assert_refused(
            {"src/model/table.cc": "", "tests/unit/model/table_test.cc": ""},
            "src/model/table.cc: belongs to no target",
            "tests/unit/model/table_test.cc: belongs to no target",
        )


if __name__ == "__main__":
    unittest.main()
