"""Images built and run by docker, or by podman, which takes the same commands."""

import json
import re
import shutil
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess

from container import ROOT, STOP_SECONDS, Container, Ending, Lines, Run, user_of

IMAGE = "stator-verify"
PROBE = "stator-verify-probe"
PROGRAM = "/usr/bin/true"


def working_command() -> str | None:
    """The first of them that runs containers here: a client without its daemon does not, and neither
    does podman inside of many sandboxes."""
    for command in ("docker", "podman"):
        if shutil.which(command) is not None and can_run(command):
            return command
    return None


def can_run(command: str) -> bool:
    """Whether it runs the smallest image that can be made of this machine's own files."""
    linked = subprocess.run(["ldd", PROGRAM], stdout=PIPE, text=True, check=True).stdout
    files = [PROGRAM, *re.findall(r"(/\S+) \(0x", linked)]
    tar = ["tar", "-C", "/", "-chf", "-", *(file.lstrip("/") for file in files)]
    files_in_tar = subprocess.run(tar, stdout=PIPE, check=True).stdout
    imported = subprocess.run(
        [command, "import", "-", PROBE], input=files_in_tar, capture_output=True, check=False
    )
    if imported.returncode != 0:
        return False
    ran = [command, "run", "--rm", PROBE, PROGRAM]
    works = subprocess.run(ran, stdin=DEVNULL, capture_output=True, check=False).returncode == 0
    subprocess.run([command, "rmi", "--force", PROBE], capture_output=True, check=False)
    return works


def seconds_of(text: str) -> float:
    """Of the first time in a text, as docker ("2026-01-02T03:04:05.678Z") and podman ("2026-01-02
    03:04:05.678 +0000 UTC") write it."""
    found = re.search(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?", text)
    assert found is not None, text
    whole = datetime.fromisoformat(f"{found.group(1)}T{found.group(2)}+00:00").timestamp()
    return whole + float(found.group(3) or 0)


class DockerContainer:
    def __init__(self, command: str, number: str) -> None:
        self._command = command
        self._number = number
        self._logs = subprocess.Popen(
            [command, "logs", "-f", number], stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, text=True
        )
        self._lines = Lines(self._logs)
        published = self._run("port", number, "8000").stdout.split()
        self.endpoint = f"http://{published[0]}" if published else ""

    def _run(self, *arguments: str) -> CompletedProcess[str]:
        return subprocess.run(
            [self._command, *arguments], stdout=PIPE, stderr=STDOUT, text=True, check=False
        )

    def first_lines(self, text: str) -> list[str]:
        return self._lines.until(text)

    def seconds_to_ready(self) -> float:
        """By the engine's times: what its client takes is not the image's."""
        self.first_lines("ready on")
        logged = self._run("logs", "--timestamps", self._number).stdout.splitlines()
        ready = next(line for line in logged if "ready on" in line)
        return seconds_of(ready) - self._time("StartedAt")

    def _time(self, name: str) -> float:
        return seconds_of(self._run("inspect", "--format", f"{{{{.State.{name}}}}}", self._number).stdout)

    def execute(self, command: list[str]) -> CompletedProcess[str]:
        return self._run("exec", self._number, *command)

    def user(self) -> str:
        return user_of(self.execute(["/bin/cat", "/proc/1/status"]).stdout)

    def stop(self) -> Ending:
        began = time.time()
        self._run("kill", "--signal", "TERM", self._number)
        ending = self.wait()
        return Ending(ending.status, ending.output, self._time("FinishedAt") - began)

    def wait(self) -> Ending:
        status = int(self._run("wait", self._number).stdout)
        self._logs.wait(STOP_SECONDS)
        return Ending(status, self._lines.all(), self._time("FinishedAt") - self._time("StartedAt"))

    def remove(self) -> None:
        self._run("rm", "--force", self._number)
        self._logs.wait(STOP_SECONDS)
        self._lines.all()


class DockerEngine:
    def __init__(self, command: str, directory: Path) -> None:
        self.name = command
        self._directory = directory

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [self.name, *arguments], stdin=DEVNULL, stdout=PIPE, text=True, check=True
        ).stdout.strip()

    def build(self, package: Path | None) -> None:
        command = ["build", "-q", "-t", IMAGE, "-f", str(ROOT / "docker/Dockerfile")]
        with tempfile.TemporaryDirectory(dir=self._directory) as given:
            if package is not None:
                shutil.copy(package, Path(given) / "stator.deb")
                command.append(f"--build-context=package={given}")
            self._run(*command, str(ROOT))

    def unpacked_bytes(self) -> int:
        return int(self._run("image", "inspect", "--format", "{{.Size}}", IMAGE))

    def health_check(self) -> list[str]:
        return json.loads(self._run("image", "inspect", "--format", "{{json .Config.Healthcheck.Test}}", IMAGE))

    def start(self, run: Run) -> Container:
        command = ["run", "--detach", "--publish", "127.0.0.1::8000"]
        command += [f"--volume={outside}:{inside}" for outside, inside in run.volumes.items()]
        command += [f"--env={name}={text}" for name, text in run.variables.items()]
        arguments = run.arguments or []
        if run.user is not None:
            command.append(f"--user={run.user}")
        if run.read_only:
            command.append("--read-only")
        if run.entrypoint is not None:
            command.append(f"--entrypoint={run.entrypoint[0]}")
            arguments = [*run.entrypoint[1:], *arguments]
        return DockerContainer(self.name, self._run(*command, IMAGE, *arguments))

    def close(self) -> None:
        self._run("rmi", "--force", IMAGE)
