"""Images built by buildah, and run in namespaces of their own: for machines without a daemon.

buildah's own `run --isolation chroot` has neither a process 1 nor a read-only root, so containers
are started by unshare and chroot on the image's files; buildah tells what the image says of itself.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess

from container import ROOT, STOP_SECONDS, Container, Ending, Lines, Run, user_of, wait_until_answered

BASE = "docker.io/library/debian:bookworm-slim"
IMAGE = "localhost/stator:verify"

# Becomes process 1 of the container. $1: the root; $2: ro or rw; then pairs of directories to
# mount up to --, and what is executed. The file $BEGAN is as old as the container: namespaces and
# mounts are not the image's.
START = """
set -e
root=$1 mode=$2
shift 2
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
[ "$mode" = rw ] || mount -o remount,bind,ro "$root"
while [ "$1" != -- ]; do mount --bind "$1" "$root$2"; shift 2; done
shift
: >"$BEGAN"
exec "$@"
"""


class NamespaceContainer:
    def __init__(self, command: list[str], began: Path) -> None:
        self.endpoint = "http://127.0.0.1:8000"
        self._began = began
        self._began.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, text=True,
            env=os.environ | {"BEGAN": str(began)},
        )
        self._lines = Lines(self._process)

    def first_lines(self, text: str) -> list[str]:
        return self._lines.until(text)

    def seconds_to_ready(self) -> float:
        wait_until_answered(self.endpoint)
        return time.time() - self._began.stat().st_mtime

    def _first_process(self) -> int:
        """Its number outside; unshare is the parent."""
        parent = self._process.pid
        return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])

    def execute(self, command: list[str]) -> CompletedProcess[str]:
        enter = ["nsenter", "-t", str(self._first_process()), "-m", "-p", "-r", "-w", "--"]
        return subprocess.run(
            [*enter, *command], stdout=PIPE, stderr=STDOUT, text=True, timeout=30, check=False
        )

    def user(self) -> str:
        return user_of(Path(f"/proc/{self._first_process()}/status").read_text())

    def stop(self) -> Ending:
        os.kill(self._first_process(), signal.SIGTERM)
        return self.wait()

    def wait(self) -> Ending:
        began = time.monotonic()
        status = self._process.wait(STOP_SECONDS)
        return Ending(status, self._lines.all(), time.monotonic() - began)

    def remove(self) -> None:
        if self._process.poll() is None:
            os.kill(self._first_process(), signal.SIGKILL)  # and with process 1 all others
        self._process.wait()
        self._lines.all()


class BuildahEngine:
    name = "buildah"

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._state = directory / "state"
        shutil.rmtree(self._state, ignore_errors=True)
        self._config: dict = {}
        self._root = ""

    def _buildah(self, *arguments: str) -> str:
        command = ["buildah", "--root", f"{self._state}/storage", "--runroot", f"{self._state}/run",
                   "--storage-driver=vfs", *arguments]
        log = self._directory / "buildah.log"
        with log.open("a") as errors:
            ended = subprocess.run(
                command, stdin=DEVNULL, stdout=PIPE, stderr=errors, text=True, check=False
            )
        if ended.returncode != 0:
            raise RuntimeError(f"{command}: {ended.stdout[-4000:]}\n{log.read_text()[-4000:]}")
        return ended.stdout

    def build(self, package: Path | None) -> None:
        tar = self._directory / "debian.tar"
        subprocess.run([ROOT / "tools/debian_root", tar], check=True)
        importing = self._state / "import"
        importing.mkdir(parents=True)
        os.link(tar, importing / "debian.tar")
        (importing / "Dockerfile").write_text("FROM scratch\nADD debian.tar /\n")
        build = ["bud", "--isolation", "chroot", "--format", "docker"]
        self._buildah(*build, "-t", BASE, str(importing))
        if package is not None:
            given = self._state / "package"
            given.mkdir()
            shutil.copy(package, given / "stator.deb")
            build.append(f"--build-context=package={given}")
        self._buildah(*build, "--pull-never", "-t", IMAGE, "-f", str(ROOT / "docker/Dockerfile"),
                      "--ignorefile", str(ROOT / "docker/Dockerfile.dockerignore"), str(ROOT))
        self._config = json.loads(self._buildah("inspect", "--type", "image", IMAGE))["Docker"]["config"]
        working = self._buildah("from", "--pull-never", IMAGE).strip()
        self._root = self._buildah("mount", working).strip()
        own_network()

    def unpacked_bytes(self) -> int:
        files = (path.lstat() for path in Path(self._root).rglob("*"))
        return sum(file.st_size for file in files)

    def health_check(self) -> list[str]:
        return self._config.get("Healthcheck", {}).get("Test", [])

    def start(self, run: Run) -> Container:
        for inside in run.volumes.values():
            (Path(self._root) / inside.lstrip("/")).mkdir(parents=True, exist_ok=True)
        mounts = [part for pair in run.volumes.items() for part in map(str, pair)]
        variables = [*self._config["Env"], *(f"{name}={text}" for name, text in run.variables.items())]
        entrypoint = run.entrypoint or self._config["Entrypoint"]
        arguments = self._config["Cmd"] if run.arguments is None else run.arguments
        user = run.user or self._config.get("User") or "0:0"
        in_directory = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', self._config["WorkingDir"]]
        return NamespaceContainer(
            ["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork",
             "sh", "-c", START, "sh", self._root, "ro" if run.read_only else "rw", *mounts, "--",
             "env", "-i", *variables, "chroot", f"--userspec={user}", "--groups=", self._root,
             *in_directory, *entrypoint, *arguments],
            self._state / "began",
        )

    def close(self) -> None:
        shutil.rmtree(self._state)


def own_network() -> None:
    """Moves this process into a network that has nothing but a loopback: port 8000 is free there."""
    os_unshare(0x40000000)  # CLONE_NEWNET
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up = struct.pack("16sH14x", b"lo", 0x1 | 0x40)  # IFF_UP, IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, up)  # SIOCSIFFLAGS


def os_unshare(flags: int) -> None:
    """os.unshare of Python 3.12."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
