"""One keep-alive connection that speaks the DynamoDB protocol with a dummy signature."""

import http.client
import json
import time

OK = 200


class RequestFailed(Exception):
    """A server answered something that the workload cannot go on with."""


def headers(operation):
    """What wrk sends too: well-formed credentials that nobody checks."""
    now = time.gmtime()
    scope = time.strftime("%Y%m%d", now) + "/us-east-1/dynamodb/aws4_request"
    signed = "content-type;host;x-amz-date;x-amz-target"
    return {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
        "X-Amz-Date": time.strftime("%Y%m%dT%H%M%SZ", now),
        "Authorization": f"AWS4-HMAC-SHA256 Credential=BENCHACCESSKEY/{scope}, "
        f"SignedHeaders={signed}, Signature={'0' * 64}",
    }


class Client:
    def __init__(self, port, timeout_seconds=30):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def post(self, operation, body):
        """Returns the status and the bytes of the reply; raises OSError when nobody answers."""
        self._connection.request("POST", "/", body.encode(), headers(operation))
        response = self._connection.getresponse()
        return response.status, response.read()

    def call(self, operation, body):
        """Returns the decoded reply of a request that must succeed."""
        status, reply = self.post(operation, json.dumps(body, separators=(",", ":")))
        if status != OK:
            said = reply[:300].decode(errors="replace")
            raise RequestFailed(f"{operation} answered {status}: {said}")
        return json.loads(reply) if reply else {}
