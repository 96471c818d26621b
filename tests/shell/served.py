"""A `stator serve` with a table, for a test."""

import json
import os
import re
import subprocess
import unittest
import urllib.request

STATOR = os.environ["STATOR_BINARY"]
SECONDS = 30


class Served:
    """Ends with its test, or earlier."""

    def __init__(self, test: unittest.TestCase, *options: str) -> None:
        self.process = subprocess.Popen(
            [STATOR, "serve", "--port", "0", "--until-eof", "--log-level", "error", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        test.addCleanup(self.end)
        assert self.process.stdout is not None
        address = re.search(r"http://\S+:\d+", self.process.stdout.readline())
        assert address is not None
        self.endpoint = address.group()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.communicate(timeout=SECONDS)

    def create_table(
        self, name: str, key: str = "local", region: str = "us-east-1", **more: object
    ) -> None:
        request = {
            "TableName": name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            **more,
        }
        headers = {
            "X-Amz-Target": "DynamoDB_20120810.CreateTable",
            "X-Amz-Date": "20260101T000000Z",
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20260101/{region}/dynamodb/"
            "aws4_request, SignedHeaders=host, Signature=0",
        }
        body = json.dumps(request).encode()
        call = urllib.request.Request(self.endpoint, data=body, headers=headers)
        with urllib.request.urlopen(call, timeout=SECONDS) as answer:
            assert answer.status == 200
