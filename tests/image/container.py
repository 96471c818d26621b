"""A container as the tests see it, whatever runs it."""

import json
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess, Popen
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 20
STOP_SECONDS = 20
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0"
)


@dataclass(frozen=True)
class Run:
    """What `docker run` would be told; what is None is the image's."""

    arguments: list[str] | None = None
    entrypoint: list[str] | None = None
    user: str | None = None
    volumes: dict[Path, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    read_only: bool = False


@dataclass(frozen=True)
class Ending:
    status: int
    output: str
    seconds: float


class Container(Protocol):
    endpoint: str

    def first_lines(self, text: str) -> list[str]:
        """Its output up to the line in which `text` stands; waits for it."""

    def seconds_to_ready(self) -> float:
        """From its first process's start until it answers; waits for it."""

    def execute(self, command: list[str]) -> CompletedProcess[str]:
        """Runs a command in it, as `docker exec` does."""

    def user(self) -> str:
        """The user and the group that the server runs as: "1000:1000"."""

    def stop(self) -> Ending:
        """SIGTERM to its first process, and the end of that."""

    def wait(self) -> Ending: ...

    def remove(self) -> None: ...


class Engine(Protocol):
    name: str

    def build(self, package: Path | None) -> None:
        """Builds docker/Dockerfile, with a package that is there or from source."""

    def unpacked_bytes(self) -> int: ...

    def health_check(self) -> list[str]:
        """What the image says: ["CMD", program]."""

    def start(self, run: Run) -> Container: ...

    def close(self) -> None:
        """Leaves nothing behind."""


def status_of(url: str, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    """The status and the body of an answer."""
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def call(container: Container, operation: str, body: object) -> object:
    headers = {
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
        "X-Amz-Date": "20260101T000000Z",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": AUTHORIZATION,
    }
    status, answer = status_of(container.endpoint + "/", json.dumps(body).encode(), **headers)
    if status != 200:
        raise RuntimeError(f"{operation}: {status} {answer}")
    return json.loads(answer)


def wait_until_answered(endpoint: str) -> None:
    began = time.monotonic()
    while True:
        try:
            status_of(endpoint + "/health")
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() - began > READY_SECONDS:
                raise


class Lines:
    """What a process prints, read by a thread of its own."""

    def __init__(self, process: Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._ended = False
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self._lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def until(self, text: str) -> list[str]:
        """Those up to the one in which `text` stands; waits for it."""
        with self._changed:
            while True:
                for count, line in enumerate(self._lines):
                    if text in line:
                        return self._lines[: count + 1]
                if self._ended or not self._changed.wait(READY_SECONDS):
                    raise RuntimeError(f"no {text!r} in {self._lines}")

    def all(self) -> str:
        """Those up to the process's end."""
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return "\n".join(self._lines)


def user_of(status: str) -> str:
    """The user and the group in a text of /proc/PID/status."""
    ids = {line.split()[0]: line.split()[1] for line in status.splitlines() if "id:" in line}
    return f"{ids['Uid:']}:{ids['Gid:']}"
