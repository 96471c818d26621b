"""docker/verify: the image as its users start it, wait for it and mount it.

usage: image_test.py [--package stator.deb]
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import unittest
from pathlib import Path

from buildah_engine import BuildahEngine
from container import ROOT, Container, Engine, Run, call, status_of, wait_until_answered
from docker_engine import DockerEngine, working_command

BANNER = "Initializing DynamoDB Local with the following configuration:"
MEGABYTE = 1024 * 1024
UNPACKED_MEGABYTES_MAX = 40
READY_SECONDS_MAX = 0.1
STARTS = 5  # in a round, of which the middle counts
ROUNDS_MAX = 4  # the machine has other things to do as well
SKIPPED = 77
JAVA = ["java", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar"]
DATA = "/home/dynamodblocal/data"
ON_DATA = ["-jar", "DynamoDBLocal.jar", "-sharedDb", "-dbPath", "./data"]
TABLE = {
    "TableName": "Music",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}

engine: Engine


def probe_of_port(port: int) -> str:
    """What Testcontainers for Java runs inside; this image has no bash for its last part."""
    return (
        f"true && (cat /proc/net/tcp* | awk '{{print $2}}' | grep -i ':0*{port:x}' || "
        f"nc -vz -w 1 localhost {port} || /bin/bash -c '</dev/tcp/localhost/{port}')"
    )


class ImageTestCase(unittest.TestCase):
    def start(self, run: Run = Run()) -> Container:
        container = engine.start(run)
        self.addCleanup(container.remove)
        return container

    def ready(self, run: Run = Run()) -> Container:
        container = self.start(run)
        container.first_lines("ready on")
        return container

    def volume(self, owner: int, mode: int = 0o755) -> Path:
        directory = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, directory)
        directory.chmod(mode)
        os.chown(directory, owner, owner)
        return directory


class WaitStrategies(ImageTestCase):
    """What the Testcontainers modules wait for."""

    def test_java_tests_the_port_by_a_shell_inside(self) -> None:
        container = self.ready()
        probe = container.execute(["/bin/sh", "-c", probe_of_port(8000)])
        self.assertEqual(probe.returncode, 0, probe.stdout)
        probe = container.execute(["/bin/sh", "-c", probe_of_port(8001)])
        self.assertNotEqual(probe.returncode, 0, probe.stdout)

    def test_go_overrides_the_entry_point_with_java(self) -> None:
        container = self.ready(
            Run(entrypoint=JAVA, arguments=["-inMemory", "-sharedDb", "-disableTelemetry"])
        )
        self.assertEqual(call(container, "ListTables", {}), {"TableNames": []})

    def test_dotnet_asks_the_root_for_400(self) -> None:
        container = self.ready()
        status, body = status_of(container.endpoint + "/")
        self.assertEqual(status, 400)
        self.assertIn("MissingAuthenticationToken", body)

    def test_rust_waits_for_the_banner_s_first_line_and_connects_at_once(self) -> None:
        container = self.start()
        self.assertEqual(container.first_lines(BANNER), [BANNER])
        self.assertEqual(status_of(container.endpoint + "/health")[0], 200)

    def test_node_connects_to_the_port(self) -> None:
        container = self.start()
        wait_until_answered(container.endpoint)
        self.assertEqual(call(container, "ListTables", {}), {"TableNames": []})


class Habits(ImageTestCase):
    """Arguments, paths and settings of AWS's image."""

    def test_arguments_of_a_compose_file_keep_the_data_in_the_volume(self) -> None:
        volume = self.volume(owner=1000)
        first = self.ready(Run(arguments=ON_DATA, volumes={volume: DATA}))
        call(first, "CreateTable", TABLE)
        self.assertEqual(first.stop().status, 0)
        second = self.ready(Run(arguments=ON_DATA, volumes={volume: DATA}))
        self.assertEqual(call(second, "ListTables", {}), {"TableNames": ["Music"]})

    def test_our_own_form_is_reached_from_outside(self) -> None:
        container = self.start(Run(arguments=["serve"]))
        self.assertIn("http://0.0.0.0:8000", container.first_lines("ready on")[-1])
        self.assertEqual(status_of(container.endpoint + "/")[0], 200)

    def test_variables_count(self) -> None:
        container = self.ready(Run(variables={"STATOR_HEALTH": "aws"}))
        self.assertEqual(status_of(container.endpoint + "/")[0], 200)

    def test_the_image_has_a_health_check(self) -> None:
        self.assertEqual(engine.health_check(), ["CMD", "/usr/bin/healthcheck"])

    def test_the_health_checks_of_compose_files_have_what_they_call(self) -> None:
        container = self.ready()
        for check in ("wget -q -O /dev/null http://127.0.0.1:8000/health",
                      "nc -w 1 127.0.0.1 8000 </dev/null", "sleep 0"):
            probe = container.execute(["/bin/sh", "-c", check])
            self.assertEqual(probe.returncode, 0, (check, probe.stdout))

    def test_the_health_check_follows_the_port(self) -> None:
        for arguments in ([], ["-jar", "DynamoDBLocal.jar", "-port", "8005"], ["serve", "--port=8006"]):
            container = self.ready(Run(arguments=arguments or None))
            probe = container.execute(["/usr/bin/healthcheck"])
            self.assertEqual(probe.returncode, 0, (arguments, probe.stdout))
            container.remove()

    def test_the_health_check_fails_where_nobody_answers(self) -> None:
        container = self.ready(Run(arguments=["serve", "--port=8006"]))
        probe = container.execute(["/usr/bin/stator", "healthcheck", "--port", "8007"])
        self.assertEqual(probe.returncode, 1, probe.stdout)

    def test_a_mistyped_flag_ends_it_with_one_line(self) -> None:
        ended = self.start(Run(arguments=["-sharedDB"])).wait()
        self.assertEqual(ended.status, 2)
        self.assertIn("did you mean -sharedDb?", ended.output)
        self.assertEqual(len(ended.output.splitlines()), 1, ended.output)


class Users(ImageTestCase):
    """Who it runs as, and whose volumes it writes."""

    def runs_as(self, owner: int, **options: str) -> str:
        volume = self.volume(owner)
        container = self.ready(Run(arguments=ON_DATA, volumes={volume: DATA}, **options))
        call(container, "CreateTable", TABLE)
        self.assertTrue((volume / "stator-local/STATOR").exists())
        return container.user()

    def test_it_runs_without_privileges(self) -> None:
        self.assertEqual(self.ready().user(), "1000:1000")

    def test_it_writes_a_volume_of_root(self) -> None:
        self.assertEqual(self.runs_as(0), "1000:1000")

    def test_it_writes_a_volume_of_somebody_as_somebody(self) -> None:
        self.assertEqual(self.runs_as(4711), "4711:4711")

    def test_a_user_that_is_given_writes_its_own_volume(self) -> None:
        self.assertEqual(self.runs_as(4711, user="4711:4711"), "4711:4711")

    def test_a_user_that_is_given_is_told_whose_the_volume_is(self) -> None:
        run = Run(arguments=ON_DATA, volumes={self.volume(0): DATA}, user="4711:4711")
        ended = self.start(run).wait()
        self.assertEqual(ended.status, 2)
        self.assertEqual(len(ended.output.splitlines()), 1, ended.output)
        self.assertIn("of user 0 and this is user 4711: run as its owner, or chown", ended.output)

    def test_what_root_wrote_before_is_opened(self) -> None:
        volume = self.volume(1000)
        first = self.ready(Run(arguments=ON_DATA, volumes={volume: DATA}))
        call(first, "CreateTable", TABLE)
        self.assertEqual(first.stop().status, 0)
        for path in (volume, *volume.rglob("*")):
            os.chown(path, 0, 0)
        second = self.ready(Run(arguments=ON_DATA, volumes={volume: DATA}))
        self.assertEqual(second.user(), "1000:1000")
        self.assertEqual(call(second, "ListTables", {}), {"TableNames": ["Music"]})


class Limits(ImageTestCase):
    def test_a_read_only_root_is_enough(self) -> None:
        in_memory = self.ready(Run(read_only=True))
        self.assertNotEqual(in_memory.execute(["/bin/mkdir", "/new"]).returncode, 0)
        self.assertEqual(call(in_memory, "ListTables", {}), {"TableNames": []})
        in_memory.remove()
        run = Run(arguments=ON_DATA, volumes={self.volume(0): DATA}, read_only=True)
        call(self.ready(run), "CreateTable", TABLE)

    def test_sigterm_ends_process_1_cleanly_at_once(self) -> None:
        container = self.ready()
        self.assertEqual(container.execute(["/bin/cat", "/proc/1/comm"]).stdout, "stator\n")
        ended = container.stop()
        self.assertEqual(ended.status, 0, ended.output)
        self.assertLess(ended.seconds, 2)

    def test_it_is_small(self) -> None:
        megabytes = engine.unpacked_bytes() / MEGABYTE
        print(f"{megabytes:.1f} MB unpacked", file=sys.stderr)
        self.assertLessEqual(megabytes, UNPACKED_MEGABYTES_MAX)

    def test_it_is_ready_soon(self) -> None:
        middles = []
        while min(middles, default=READY_SECONDS_MAX) >= READY_SECONDS_MAX and len(middles) < ROUNDS_MAX:
            middles.append(statistics.median(self.seconds_to_ready() for _ in range(STARTS)))
        print(f"ready {min(middles) * 1000:.0f} ms after its start", file=sys.stderr)
        self.assertLess(min(middles), READY_SECONDS_MAX)

    def seconds_to_ready(self) -> float:
        container = self.start()
        seconds = container.seconds_to_ready()
        container.remove()
        return seconds


def main() -> int:
    global engine
    parser = argparse.ArgumentParser(description="Builds and tests the image.")
    parser.add_argument("--package", type=Path, help="a stator.deb that is built already")
    options, rest = parser.parse_known_args()
    if os.geteuid() != 0:
        print("the image is built and tried as root; skipped")
        return SKIPPED
    directory = ROOT / "build/image"
    directory.mkdir(parents=True, exist_ok=True)
    command = working_command()
    engine = BuildahEngine(directory) if command is None else DockerEngine(command, directory)
    print(f"engine: {engine.name}", file=sys.stderr)
    try:
        engine.build(options.package)
        program = unittest.main(argv=[sys.argv[0], *rest], exit=False)
    finally:
        engine.close()
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
