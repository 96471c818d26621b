"""A `stator serve` with functions, and what it is asked over HTTP."""

import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

END_SECONDS = 10
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0"
)


class StatorServer:
    """Not thread-safe. Its log is in the file `log`."""

    def __init__(self, directory: Path, *options: str) -> None:
        self.log = directory / "log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [os.environ["STATOR_BINARY"], "serve", "--port", "0", *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=directory,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        address = re.search(r"http://\S+:\d+", line)
        if address is None:
            self.end(signal.SIGKILL)
            raise RuntimeError(f"not ready: {line!r} {self.log.read_text()}")
        self.endpoint = address.group()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        status = self.process.wait(END_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def request(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, Any, str]:
        """The status, the headers and the body of the answer."""
        request = urllib.request.Request(
            self.endpoint + path,
            method=method,
            data=None if body is None else body.encode(),
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def dynamo(self, operation: str, request: dict[str, Any]) -> Any:
        status, _, body = self.request(
            "POST",
            "/",
            json.dumps(request),
            X_Amz_Target=f"DynamoDB_20120810.{operation}",
            X_Amz_Date="20260101T000000Z",
            Content_Type="application/x-amz-json-1.0",
            Authorization=AUTHORIZATION,
        )
        if status != 200:
            raise RuntimeError(f"{operation}: {status} {body}")
        return json.loads(body)

    def create_table(self, name: str, *, stream: bool = True) -> None:
        self.dynamo(
            "CreateTable",
            {
                "TableName": name,
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
                if stream
                else {"StreamEnabled": False},
            },
        )

    def put(self, table: str, key: str, number: int = 0) -> None:
        item = {"pk": {"S": key}, "n": {"N": str(number)}}
        self.dynamo("PutItem", {"TableName": table, "Item": item})

    def metrics(self) -> dict[str, float]:
        status, _, body = self.request("GET", "/metrics")
        assert status == 200, body
        lines = [line.rsplit(" ", 1) for line in body.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def children(self) -> list[int]:
        """The processes that it has started and that have not been waited for."""
        path = Path(f"/proc/{self.process.pid}/task")
        return [
            int(child)
            for task in path.iterdir()
            for child in (task / "children").read_text().split()
        ]
