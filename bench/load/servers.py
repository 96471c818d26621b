"""Starts and stops the servers under test: stator, the floor, and the peers that npm installs."""

import dataclasses
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

import client
import workload

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODULES = HERE / "node_modules"
OUTPUT = ROOT / "build/bench"
WORK = OUTPUT / "load-work"  # request bodies and the servers' output
STATOR = ROOT / "build/release/stator"
FLOOR = OUTPUT / "stator_floor"

READY_SECONDS = 20
STOP_SECONDS = 5


class Unavailable(Exception):
    """A server cannot be measured here: not built, not installed, or it does not start."""


@dataclasses.dataclass(frozen=True)
class Kind:
    """How one server is started; `{port}` in the command stands for its port."""

    name: str
    command: tuple
    role: str = "peer"  # stator | baseline | floor | peer
    operations: tuple = tuple(workload.OPERATIONS)


def stator(binary, threads=None, name="stator", role="stator", capacity=None):
    command = (str(binary.absolute()), "serve", "--host", "127.0.0.1", "--port", "{port}")
    if threads:
        command += ("--threads", str(threads))
    if capacity:
        command += ("--capacity", capacity)
    return Kind(name, command, role=role)


def floor(binary):
    value_bytes = len(workload.encode({"Item": workload.item(0)}))
    command = (str(binary.absolute()), "--port", "{port}", "--value-bytes", str(value_bytes))
    return Kind("floor", command, role="floor", operations=("GetItem", "PutItem"))


def peers():
    dynalite = ("node", str(MODULES / "dynalite/cli.js"), "--host", "127.0.0.1")
    dynalite += ("--port", "{port}", "--createTableMs", "0")
    dynoxide = (str(MODULES / "@dynoxide/linux-x64/dynoxide"), "serve", "--port", "{port}")
    return [
        Kind("dynalite", dynalite, operations=workload.SINGLE_OPERATIONS),
        Kind(
            "dynoxide", dynoxide, operations=workload.SINGLE_OPERATIONS + workload.TRANSACTIONS
        ),
    ]


def install_peers():
    """Installs what package-lock.json pins, once. The peers need no install script in memory."""
    if (MODULES / ".package-lock.json").exists():
        return
    print("installing the peers with npm ci", flush=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if subprocess.run(command, cwd=HERE, check=False).returncode != 0:
        raise Unavailable("npm ci failed; --no-peers measures without them")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One running process; a context manager that always ends it, and only it."""

    def __init__(self, kind, cores=None):
        self.kind = kind
        self.port = free_port()
        command = [part.replace("{port}", str(self.port)) for part in kind.command]
        if not pathlib.Path(command[0]).exists() and "/" in command[0]:
            raise Unavailable(f"{kind.name}: {command[0]} is missing")
        pin = ["taskset", "-c", cores] if cores else []
        WORK.mkdir(parents=True, exist_ok=True)
        self.log = WORK / f"{kind.name.replace(' ', '-')}.log"
        with self.log.open("wb") as log:
            self.started = time.perf_counter()
            self._process = subprocess.Popen(
                pin + command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self):
        return self._process.pid

    def wait_for(self, probe):
        """Calls `probe` until it returns something true; connection errors mean "not yet"."""
        deadline = time.perf_counter() + READY_SECONDS
        while time.perf_counter() < deadline:
            if self._process.poll() is not None:
                status = self._process.returncode
                raise Unavailable(f"{self.kind.name} ended with status {status}, see {self.log}")
            try:
                result = probe()
                if result:
                    return result
            except OSError:
                pass
            time.sleep(0.0002)
        raise Unavailable(f"{self.kind.name} not ready after {READY_SECONDS} s, see {self.log}")

    def wait_until_listening(self):
        def connects():
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True

        self.wait_for(connects)

    def cpu_seconds(self):
        stat = pathlib.Path(f"/proc/{self.pid}/stat").read_text()
        fields = stat[stat.rindex(")") + 2 :].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) * 1024


def preload(server):
    """Creates the tables and writes the canonical items; the floor comes with its own."""
    if server.kind.role == "floor":
        return
    with client.Client(server.port) as connection:
        for name in workload.TABLES:
            connection.call("CreateTable", workload.create_table(name))
        for name in workload.TABLES:
            server.wait_for(lambda: table_is_active(connection, name))
        for batch in workload.batches():
            while batch["RequestItems"]:
                reply = connection.call("BatchWriteItem", batch)
                batch = {"RequestItems": reply.get("UnprocessedItems") or {}}


def table_is_active(connection, name):
    table = connection.call("DescribeTable", {"TableName": name})["Table"]
    return table["TableStatus"] == "ACTIVE"
