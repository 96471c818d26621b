"""Images built and run by docker, or by podman, which takes the same commands."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess

from container import ROOT, STOP_SECONDS, Container, Ending, Lines, Run, user_of

IMAGE = "stator-verify"


def working_command() -> str | None:
    """The first of them that has a machine to run containers on."""
    for command in ("docker", "podman"):
        if shutil.which(command) is None:
            continue
        if subprocess.run([command, "info"], capture_output=True, check=False).returncode == 0:
            return command
    return None


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

    def execute(self, command: list[str]) -> CompletedProcess[str]:
        return self._run("exec", self._number, *command)

    def user(self) -> str:
        return user_of(self.execute(["/bin/cat", "/proc/1/status"]).stdout)

    def stop(self) -> Ending:
        self._run("kill", "--signal", "TERM", self._number)
        return self.wait()

    def wait(self) -> Ending:
        began = time.monotonic()
        status = int(self._run("wait", self._number).stdout)
        self._logs.wait(STOP_SECONDS)
        return Ending(status, self._lines.all(), time.monotonic() - began)

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
