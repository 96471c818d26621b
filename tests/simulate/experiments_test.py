"""docs/experiments.md: its workloads run, it quotes what they print, and what it claims is so."""

import csv
import os
import subprocess
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

STATOR = os.environ["STATOR_BINARY"]
ROOT = Path(__file__).resolve().parents[2]
EXPERIMENTS = ROOT / "docs" / "experiments"
COMMAND = "$ stator simulate docs/experiments/"
OMISSION = "..."
COMMAND_SECONDS = 240
VOID_TAGS = {"meta"}
REFERENCES = {"src", "href", "xlink:href", "action", "data", "poster", "srcset"}


class Run:
    """An experiment and its three reports."""

    def __init__(self, name: str) -> None:
        with tempfile.TemporaryDirectory() as directory:
            written = {kind: Path(directory) / f"report.{kind}" for kind in ("csv", "html")}
            options = [part for kind, file in written.items() for part in (f"--{kind}", str(file))]
            result = subprocess.run(
                [STATOR, "simulate", f"docs/experiments/{name}.json", *options],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=COMMAND_SECONDS,
                check=True,
            )
            self.text = result.stdout
            self.html = written["html"].read_text(encoding="utf-8")
            with written["csv"].open(encoding="utf-8", newline="") as table:
                self.rows = list(csv.DictReader(table))

    def throttled_seconds(self, table: str) -> list[float]:
        return [
            float(row["second"])
            for row in self.rows
            if row["section"] == "units"
            and row["table"] == table
            and row["measure"].endswith("Exceeded")
        ]

    def split_causes(self, table: str) -> list[str]:
        return [
            row["measure"]
            for row in self.rows
            if row["section"] == "split" and row["table"] == table
        ]


class Page(HTMLParser):
    """What is wrong with a page: tags that do not match, references to elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += [f"{tag} has {name}={value}" for name, value in attrs if name in REFERENCES]
        if tag == "script":
            self.faults.append("there is a script")
        if tag not in VOID_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID_TAGS:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def quotations() -> dict[str, str]:
    """Of each experiment, what the page says that it prints."""
    found = {}
    for block in (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8").split("```console\n"):
        if block.startswith(COMMAND):
            command, output = block.split("```")[0].split("\n", 1)
            found[command.removeprefix(COMMAND).split(".json")[0]] = output
    return found


class Experiments(unittest.TestCase):
    runs: dict[str, Run] = {}

    @classmethod
    def setUpClass(cls) -> None:
        cls.runs = {file.stem: Run(file.stem) for file in sorted(EXPERIMENTS.glob("*.json"))}

    def test_each_is_quoted_as_it_is(self) -> None:
        quoted = quotations()
        self.assertEqual(sorted(quoted), sorted(self.runs))
        for name, output in quoted.items():
            for part in output.split(f"{OMISSION}\n"):
                with self.subTest(name):
                    self.assertIn(part.strip("\n") + "\n", self.runs[name].text)

    def test_each_is_a_page_of_its_own(self) -> None:
        for name, run in self.runs.items():
            with self.subTest(name):
                self.assertEqual(Page(run.html).faults, [])
                self.assertLess(len(run.html), 500_000)

    def test_a_hot_key_is_not_split_and_shards_are(self) -> None:
        run = self.runs["hot_key"]
        throttled = run.throttled_seconds("votes")
        self.assertEqual(min(throttled), 0)
        self.assertLess(max(throttled), 11 * 60 + 5)
        self.assertEqual(run.split_causes("votes"), ["heat"])

    def test_only_sort_keys_that_are_written_all_over_are_split(self) -> None:
        run = self.runs["sort_key"]
        self.assertLess(max(run.throttled_seconds("by_sensor")), 2 * 60 + 5)
        self.assertEqual(run.split_causes("by_sensor"), ["heat"] * 3)
        for table in ("by_time", "with_lsi"):
            self.assertGreater(max(run.throttled_seconds(table)), 14 * 60)
            self.assertEqual(run.split_causes(table), [])

    def test_warm_throughput_serves_a_ramp(self) -> None:
        run = self.runs["on_demand_ramp"]
        self.assertEqual(run.throttled_seconds("warmed"), [])
        throttled = run.throttled_seconds("cold")
        self.assertGreater(min(throttled), 8 * 60)
        self.assertGreater(max(throttled), 59 * 60)


if __name__ == "__main__":
    unittest.main()
