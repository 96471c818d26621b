"""A `stator serve` that the documents are held against."""

import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from typing import Any

END_SECONDS = 10


class Server:
    """In memory, on a port that the system picks. Not thread-safe."""

    def __init__(self, *options: str) -> None:
        clean = {name: text for name, text in os.environ.items() if not name.startswith("STATOR_")}
        self._process = subprocess.Popen(
            [os.environ["STATOR_BINARY"], "serve", "--port", "0", *options],
            env=clean, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        assert self._process.stdout is not None
        address = re.search(r"http://\S+:\d+", self._process.stdout.readline())
        if address is None:
            raise RuntimeError(f"not ready, status {self._process.wait(END_SECONDS)}")
        self.endpoint = address.group()

    def end(self) -> None:
        with self._process:
            self._process.send_signal(signal.SIGTERM)

    def call(
        self, operation: str, body: object, service: str = "DynamoDB_20120810",
        region: str = "eu-west-1",
    ) -> tuple[int, Any]:
        """The status and the body of the answer."""
        headers = {
            "X-Amz-Target": f"{service}.{operation}",
            "X-Amz-Date": "20260101T000000Z",
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{region}/dynamodb/"
            "aws4_request, SignedHeaders=host, Signature=0",
        }
        request = urllib.request.Request(
            self.endpoint + "/", data=json.dumps(body).encode(), headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"{}")
