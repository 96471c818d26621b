"""`stator simulate`: its exit status, and what it writes where."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

STATOR = os.environ["STATOR_BINARY"]
WORKLOADS = Path(__file__).resolve().parent / "workloads"
COMMAND_SECONDS = 240


class SimulateCommand(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def simulate(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [STATOR, "simulate", *map(str, arguments)],
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    def assert_refused(self, result: subprocess.CompletedProcess[str], line: str) -> None:
        self.assertEqual(result.stderr, f"stator: {line}\n")
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.returncode, 2)

    def test_a_workload_is_reported_on_stdout(self) -> None:
        result = self.simulate(WORKLOADS / "burst_of_300_seconds.json")
        self.assertEqual(result.stderr, "")
        self.assertEqual(result.returncode, 0)
        self.assertIn("events", result.stdout)

    def test_reports_are_the_same_each_time(self) -> None:
        reports = []
        for name in ("first", "second"):
            arguments = ["--csv", f"{name}.csv", "--html", f"{name}.html"]
            result = self.simulate(WORKLOADS / "burst_of_300_seconds.json", *arguments)
            self.assertEqual(result.returncode, 0, result.stderr)
            files = [(self.directory / f"{name}.{kind}").read_bytes() for kind in ("csv", "html")]
            reports.append([result.stdout.encode(), *files])
        self.assertEqual(reports[0], reports[1])

    def test_a_mistake_names_its_line_and_member(self) -> None:
        text = (WORKLOADS / "burst_of_300_seconds.json").read_text()
        (self.directory / "wrong.json").write_text(text.replace('"rate": 1000', '"rate": "x"', 1))
        line = text[: text.index('"rate"')].count("\n") + 1
        self.assert_refused(
            self.simulate("wrong.json"),
            f"wrong.json:{line}: phases[1].loads[0].rate: must be a number from 0 to 1000000",
        )

    def test_a_file_that_is_not_there_is_named(self) -> None:
        self.assert_refused(
            self.simulate("none.json"), "cannot read none.json: No such file or directory"
        )

    def test_a_file_that_cannot_be_written_is_named(self) -> None:
        self.assert_refused(
            self.simulate(WORKLOADS / "burst_of_300_seconds.json", "--csv", "no/where.csv"),
            "cannot write no/where.csv: No such file or directory",
        )

    def test_a_report_is_not_written_over_the_workload_nor_over_another(self) -> None:
        workload = (WORKLOADS / "burst_of_300_seconds.json").read_bytes()
        (self.directory / "w.json").write_bytes(workload)
        os.link(self.directory / "w.json", self.directory / "link.json")
        absolute = str(self.directory / "w.json")
        for arguments, twice in (
            (["--csv", "w.json"], "w.json"),
            (["--html", absolute], absolute),
            (["--html", "link.json"], "link.json"),
            (["--csv", "o", "--html", "./o"], "./o"),
        ):
            self.assert_refused(self.simulate("w.json", *arguments), f"{twice} is named twice")
        self.assertEqual((self.directory / "w.json").read_bytes(), workload)
        self.assertFalse((self.directory / "o").exists())

    def test_reports_of_both_kinds_may_go_to_one_device(self) -> None:
        arguments = ["--csv", os.devnull, "--html", os.devnull]
        result = self.simulate(WORKLOADS / "burst_of_300_seconds.json", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_without_a_workload_there_is_a_usage_error(self) -> None:
        result = self.simulate()
        self.assertEqual(result.returncode, 2)
        self.assertIn("workload is required", result.stderr)


if __name__ == "__main__":
    unittest.main()
