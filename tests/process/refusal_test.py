"""What the binary says to bad input: one line on stderr, exit status 2, nothing changed."""

import os
import resource
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

BINARY = os.environ["STATOR_BINARY"]
NOBODY = 65534
# Who the binary runs as, below.
ME = NOBODY if os.geteuid() == 0 else os.geteuid()


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs to its end; as nobody where this is root, so that permissions count."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STATOR_")}
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.run(
        [BINARY, *arguments],
        env=clean | variables,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **as_nobody,
    )


class RefusalTestCase(unittest.TestCase):
    def assert_refused(self, why: str, *arguments: str, **variables: str) -> None:
        """One line in which `why` stands, and nothing on stdout."""
        ended = run(*arguments, **variables)
        self.assertEqual(ended.returncode, 2, ended)
        self.assertEqual(ended.stdout, "")
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
        self.assertIn(why, ended.stderr)


class Words(RefusalTestCase):
    def test_a_mistyped_option_is_told_the_nearest(self) -> None:
        why = "--prot is not an option of serve, did you mean --port?"
        self.assert_refused(why, "serve", "--prot", "1")
        self.assert_refused(why, "serve", "--prot=1")
        self.assert_refused("--ednpoint is not an option of tail, did you mean --endpoint?",
                            "tail", "T", "--ednpoint", "x")
        self.assert_refused("--gsi is not an option of serve, did you mean --gsi-lag?", "serve", "--gsi")
        self.assert_refused("--verson is not an option of stator, did you mean --version?", "--verson")

    def test_an_option_that_resembles_nothing_is_named(self) -> None:
        self.assert_refused("--whatever is not an option of serve (", "serve", "--whatever")

    def test_a_mistyped_command_is_told_the_nearest(self) -> None:
        self.assert_refused("serv is not a command, did you mean serve?", "serv")

    def test_a_word_too_many_is_named(self) -> None:
        self.assert_refused("serve does not expect 8001", "serve", "8001")

    def test_nothing_said_names_the_first_thing_to_say(self) -> None:
        self.assert_refused("try: stator serve")

    def test_a_mistyped_flag_of_dynamodb_local_is_told_the_nearest(self) -> None:
        self.assert_refused("-sharedDB is not a flag, did you mean -sharedDb?", "-sharedDB")
        self.assert_refused("--db-path is not an option of stator, did you mean -dbPath?", "--db-path")

    def test_a_flag_takes_its_value_as_a_word_of_its_own(self) -> None:
        for word, meant in (("-port=8123", "-port 8123"), ("-prot=8123", "-port 8123"),
                            ("-sharedDb=true", "-sharedDb"), ("-capacity=off", "stator serve --capacity")):
            self.assert_refused(f"{word} is not a flag, did you mean {meant}?", word)

    def test_nothing_far_fetched_is_suggested(self) -> None:
        for words in (["-port", "0", "foo"], ["-help", "foo"]):
            self.assert_refused("foo is not a flag (", *words)
        self.assert_refused("--foo is not an option of serve (", "serve", "--foo")

    def test_an_option_before_any_command_is_told_where_it_belongs(self) -> None:
        self.assert_refused("did you mean stator serve --data?", "--data", "x")
        self.assert_refused("did you mean stator serve --data?", "-data", "x")

    def test_a_flag_of_dynamodb_local_among_our_options_is_told_where_it_belongs(self) -> None:
        self.assert_refused(": -inMemory is a flag of DynamoDB Local: stator -inMemory .., without serve",
                            "serve", "-inMemory")
        self.assert_refused("--in-memory is not an option of serve, -inMemory is a flag of DynamoDB "
                            "Local: stator -inMemory .., without serve", "serve", "--in-memory")
        self.assert_refused("-dbPath is a flag of DynamoDB Local", "tail", "T", "-dbPath", "x")

    def test_contradictory_options_name_each_other(self) -> None:
        self.assert_refused("-inMemory and -dbPath cannot be used together",
                            "-inMemory", "-dbPath", "/tmp")
        self.assert_refused("-optimizeDbBeforeStartup needs -dbPath",
                            "-inMemory", "-optimizeDbBeforeStartup")
        self.assert_refused("--durability power needs --data", "serve", "--durability", "power")
        self.assert_refused("--endpoint and --data cannot be used together",
                            "shell", "--data", ".", "--endpoint", "http://127.0.0.1:1")

    def test_two_values_of_an_option_are_both_named(self) -> None:
        self.assert_refused("--port is given twice: 1 and 2", "serve", "--port", "1", "--port", "2")
        self.assert_refused("-port is given twice: 1 and 2", "-port", "1", "-port", "2")
        self.assert_refused("--gsi-lag: one lag is given twice: 300ms and 400ms",
                            "serve", "--gsi-lag", "300ms,400ms")
        self.assert_refused("--gsi-lag: one lag is given twice: T/I=1s and T/I=2s",
                            "serve", "--gsi-lag", "T/I=1s", "--gsi-lag", "T/I=2s")

    def test_an_option_without_a_value_takes_no_other_for_it(self) -> None:
        self.assert_refused("--port needs a value", "serve", "--port")
        self.assert_refused("--data needs a value", "serve", "--data", "--until-eof")
        self.assert_refused("--data needs a value", "serve", "--data", "-inMemory")
        self.assert_refused("-dbPath needs a value", "-dbPath", "-inMemory")

    def test_the_nothing_of_a_variable_that_is_not_set_is_no_value(self) -> None:
        for command in ("serve", "check", "shell"):
            self.assert_refused("--data needs a value", command, "--data", "")
        self.assert_refused("--functions needs a value", "serve", "--functions", "")
        self.assert_refused("-dbPath needs a value", "-inMemory", "-dbPath", "")

    def test_a_value_that_cannot_be_is_named_with_its_option(self) -> None:
        self.assert_refused("--port: 70000 is not a port", "serve", "--port", "70000")
        self.assert_refused("--port: 0x10 is not a port", "serve", "--port", "0x10")
        self.assert_refused("--threads: 0x2 is no whole number from 1 to 1024",
                            "serve", "--threads", "0x2")
        self.assert_refused("--access-key: no signature can carry \"a/b\"",
                            "tail", "T", "--access-key", "a/b")
        self.assert_refused("--capacity: enforced not in {enforce,observe,off}",
                            "serve", "--capacity", "enforced")
        self.assert_refused("--read-lag", "serve", "--read-lag", "soon")
        self.assert_refused("-port needs a value", "-inMemory", "-port")

    def test_a_variable_is_refused_as_its_option_is(self) -> None:
        self.assert_refused("--port: x is not a port", "serve", STATOR_PORT="x")
        self.assert_refused("--until-eof: x is neither true nor false", "serve", STATOR_UNTIL_EOF="x")
        self.assert_refused("AWS_DEFAULT_REGION: no signature can carry", "tail", "T",
                            AWS_DEFAULT_REGION="a/b")
        self.assert_refused("--capacity: enforced", "serve", STATOR_CAPACITY="enforced")
        self.assert_refused("--durability power needs --data", "serve", STATOR_DURABILITY="power")

    def test_with_flags_a_variable_is_named_itself(self) -> None:
        """Their help knows no option of stator serve."""
        self.assert_refused("stator: STATOR_CAPACITY: enforced not in", "-inMemory",
                            STATOR_CAPACITY="enforced")
        self.assert_refused("stator: STATOR_UNTIL_EOF: x is neither true nor false", "-inMemory",
                            STATOR_UNTIL_EOF="x")
        for data in ({}, {"STATOR_DATA": "."}):
            self.assert_refused("STATOR_DURABILITY=power cannot be used with -inMemory", "-inMemory",
                                STATOR_DURABILITY="power", **data)

    def test_an_address_that_is_nobodys_is_named(self) -> None:
        self.assert_refused("192.0.2.1", "serve", "--port", "0", "--host", "192.0.2.1")


class Threads(RefusalTestCase):
    def test_a_machine_that_has_none_left_is_refused(self) -> None:
        """The size of a thread's stack is the limit of this one's: none has room for that."""
        limits = resource.getrlimit(resource.RLIMIT_STACK)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_STACK, limits)
        resource.setrlimit(resource.RLIMIT_STACK, (1 << 50, limits[1]))
        self.assert_refused("cannot start a thread", "serve", "--port", "0")


class Servers(RefusalTestCase):
    def test_a_server_that_is_not_there_is_named(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
        for command in (["tail", "T"], ["failures"], ["shell"]):
            self.assert_refused(f"http://127.0.0.1:{port}: Connection refused",
                                *command, "--endpoint", f"http://127.0.0.1:{port}")
            self.assert_refused("no URL that begins with http://: x", *command, "--endpoint", "x")


class Places(RefusalTestCase):
    """Ports and directories that cannot be had."""

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = Path(temporary.name) / "volume"
        self.directory.mkdir(mode=0o555)
        self.directory.parent.chmod(0o755)

    def assert_directory_refused(self, why: str) -> None:
        before = sorted(self.directory.rglob("*"))
        self.assert_refused(why, "serve", "--port", "0", "--data", str(self.directory))
        self.assertEqual(sorted(self.directory.rglob("*")), before)

    def test_a_volume_that_cannot_be_written_is_told_whose_it_is(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("a directory of somebody else's is made by root alone")
        self.assert_directory_refused(
            f"{self.directory} is of user 0 and this is user {ME}: run as its owner, or chown {ME} it"
        )

    def test_a_directory_below_it_is_told_the_same(self) -> None:
        why = f"{self.directory} " + ("is of user" if os.geteuid() == 0 else "has the mode 0555")
        self.assert_refused(why, "serve", "--port", "0", "--data", str(self.directory / "a/b"))
        self.assert_refused(why, "-port", "0", "-dbPath", str(self.directory))

    def give(self, name: str, mode: int, owner: int | None = None) -> Path:
        """A file or, with a name that ends in a slash, a directory below the volume."""
        place = self.directory / name
        if name.endswith("/"):
            place.mkdir()
        else:
            place.touch()
        place.chmod(mode)
        self.own(place, ME if owner is None else owner)
        return place

    @staticmethod
    def own(place: Path, owner: int) -> None:
        if os.geteuid() == 0:
            os.chown(place, owner, owner)

    def test_a_directory_of_ones_own_is_told_its_mode(self) -> None:
        self.own(self.directory, ME)
        self.assert_directory_refused(
            f"Permission denied; {self.directory} has the mode 0555: chmod u+rwx it")

    def test_rows_that_cannot_be_written_are_told_their_mode(self) -> None:
        self.directory.chmod(0o755)
        self.own(self.directory, ME)
        rows = self.give("rows/", 0o500)
        self.give("STATOR", 0o644).write_text("stator format 2\n")
        self.assert_directory_refused(
            f"Permission denied; {rows} has the mode 0500: chmod u+rwx it")
        rows.chmod(0o755)
        table = self.give("rows/000009.sst", 0o200)
        self.assert_directory_refused(f"{table} has the mode 0200: chmod u+rw it")

    @unittest.skipIf(os.geteuid() != 0, "only root can leave a file behind that is root's")
    def test_what_another_user_has_left_in_it_is_named(self) -> None:
        self.directory.chmod(0o755)
        self.own(self.directory, ME)
        marker = self.give("STATOR", 0o644, owner=0)
        self.assert_directory_refused(f"{marker} is of user 0 and this is user {ME}: run as its")
        marker.unlink()
        self.give("STATOR", 0o644).write_text("stator format 2\n")
        self.give("rows/", 0o755)
        lock = self.give("rows/LOCK", 0o644, owner=0)
        self.assert_directory_refused(f"{lock} is of user 0 and this is user {ME}: run as its")

    def test_data_of_dynamodb_local_s_flags_are_found_below_it(self) -> None:
        below = self.directory / "stator-local"
        self.directory.chmod(0o755)
        below.mkdir()
        (below / "STATOR").touch()
        self.assert_directory_refused(f"stator's data are below it, in {below}")

    def test_a_directory_of_a_newer_version_is_refused(self) -> None:
        self.directory.chmod(0o777)
        marker = self.directory / "STATOR"
        marker.write_text("stator format 99\n")
        marker.chmod(0o666)
        self.assert_directory_refused("a newer stator wrote it")
        self.assertEqual(marker.read_text(), "stator format 99\n")

    def test_a_port_in_use_is_refused_in_both_forms(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            self.assert_refused("in use", "serve", "--port", port)
            self.assert_refused("in use", "-inMemory", "-port", port)


class Outputs(unittest.TestCase):
    """What is printed and does not arrive."""

    WORKLOAD = Path(__file__).resolve().parents[1] / "simulate/workloads"

    def assert_lost(self, *arguments: str) -> None:
        with open("/dev/full", "w") as full:
            ended = subprocess.run([BINARY, *arguments], stdin=subprocess.DEVNULL, stdout=full,
                                   stderr=subprocess.PIPE, text=True, timeout=60, check=False)
        self.assertEqual(ended.returncode, 2, ended)
        self.assertRegex(ended.stderr, r"\Astator: cannot write all of the output[^\n]*\n\Z")

    def test_each_command_says_so(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            made = subprocess.run([BINARY, "serve", "--port", "0", "--until-eof", "--data", directory],
                                  input="", capture_output=True, text=True, timeout=30, check=True)
            self.assertIn("ready", made.stdout)
            self.assert_lost("check", "--data", directory)
        self.assert_lost("simulate", str(next(self.WORKLOAD.glob("*.json"))))
        self.assert_lost("--help")
        self.assert_lost("-help")
        self.assert_lost("-version")


class Help(unittest.TestCase):
    def test_help_is_a_command_too(self) -> None:
        for word, option in ((["help"], ["--help"]), (["help", "tail"], ["tail", "--help"])):
            self.assertEqual(run(*word).stdout, run(*option).stdout)
            self.assertEqual(run(*word).returncode, 0)

    def test_it_shows_what_to_type_first(self) -> None:
        ended = run("--help")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        for command in ("stator serve  ", "stator -inMemory -sharedDb", "aws dynamodb list-tables"):
            self.assertIn(command, ended.stdout)

    def test_it_names_the_variable_of_each_option_of_serve(self) -> None:
        ended = run("serve", "--help")
        self.assertEqual(ended.returncode, 0)
        self.assertIn("--port PORT=8000 (Env:STATOR_PORT)", ended.stdout)


if __name__ == "__main__":
    unittest.main()
