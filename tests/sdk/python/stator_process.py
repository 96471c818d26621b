"""A stator of one's own for a test case: started on a port that the system picks, in memory."""

import os
import queue
import re
import signal
import subprocess
import threading
import unittest

START_SECONDS = 10
STOP_SECONDS = 10

# Keeps the machine's own AWS settings, credentials and proxies out of the tests.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}


class StatorProcess:
    """One server. Not thread-safe; `endpoint` is what a client connects to."""

    def __init__(self) -> None:
        binary = os.environ["STATOR_BINARY"]
        self._process = subprocess.Popen(
            [binary, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        line = self._ready_line()
        address = re.search(r"\d+\.\d+\.\d+\.\d+:\d+", line)
        if address is None:
            self._process.kill()
            raise RuntimeError(f"the ready line names no address: {line!r}")
        self.endpoint = f"http://{address.group()}"

    def _ready_line(self) -> str:
        assert self._process.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(
            target=lambda out: lines.put(out.readline()), args=[self._process.stdout], daemon=True
        )
        reader.start()
        try:
            return lines.get(timeout=START_SECONDS)
        except queue.Empty:
            self._process.kill()
            raise RuntimeError("the server wrote no ready line") from None

    def stop(self) -> None:
        """Ends it as an operator does; a server that does not end cleanly is an error."""
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(STOP_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()
        if status != 0:
            raise RuntimeError(f"the server ended with status {status}")


class StatorTestCase(unittest.TestCase):
    """Starts a server before the tests of a class and ends it afterwards."""

    stator: StatorProcess

    @classmethod
    def setUpClass(cls) -> None:
        os.environ.update(ENVIRONMENT)
        cls.stator = StatorProcess()
        cls.addClassCleanup(cls.stator.stop)
