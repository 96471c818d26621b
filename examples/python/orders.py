#!/usr/bin/env python3
"""A DynamoDB in a Python process, over the C ABI: no package, no port, no other process."""

import ctypes
import json
import os
from typing import Any


class Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("directory", ctypes.c_char_p),
        ("clock", ctypes.c_char_p),
        ("seed", ctypes.c_uint64),
        ("is_power_durable", ctypes.c_int32),
    ]


class Error(ctypes.Structure):
    _fields_ = [("message", ctypes.c_char_p)]


class Reply(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("body", ctypes.c_char_p),
        ("body_bytes", ctypes.c_size_t),
    ]


ABI_VERSION = 1
POINTER = ctypes.POINTER

library = ctypes.CDLL(os.environ.get("STATOR_LIBRARY", f"libstator.so.{ABI_VERSION}"))
library.stator_open.argtypes = [POINTER(Options), POINTER(ctypes.c_void_p)]
library.stator_open.restype = POINTER(Error)
library.stator_free_error.argtypes = [POINTER(Error)]
library.stator_call.argtypes = [
    ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t
]  # fmt: skip
library.stator_call.restype = POINTER(Reply)
library.stator_free_reply.argtypes = [POINTER(Reply)]
library.stator_advance_clock.argtypes = [ctypes.c_void_p, ctypes.c_int64]
library.stator_advance_clock.restype = POINTER(Error)
library.stator_serve.argtypes = [ctypes.c_void_p, ctypes.c_uint16, POINTER(ctypes.c_char_p)]
library.stator_serve.restype = POINTER(Error)
library.stator_close.argtypes = [ctypes.c_void_p]


class Failed(Exception):
    """What DynamoDB answers when it does not do what it is asked, or why stator did not."""


def check(error: Any) -> None:
    if not error:
        return
    message = error.contents.message.decode()
    library.stator_free_error(error)
    raise Failed(message)


class Database:
    """A database in memory. A context manager; thread-safe."""

    def __init__(self, clock: str = "machine") -> None:
        self._handle = ctypes.c_void_p()
        options = Options(size=ctypes.sizeof(Options), clock=clock.encode())
        check(library.stator_open(options, self._handle))

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        library.stator_close(self._handle)

    def call(self, operation: str, **members: Any) -> Any:
        body = json.dumps(members).encode()
        reply = library.stator_call(self._handle, operation.encode(), body, len(body))
        status, text = reply.contents.status, reply.contents.body
        library.stator_free_reply(reply)
        if status != 200:
            raise Failed(text.decode())
        return json.loads(text)

    def advance(self, milliseconds: int) -> None:
        check(library.stator_advance_clock(self._handle, milliseconds))

    def serve(self) -> str:
        endpoint = ctypes.c_char_p()
        check(library.stator_serve(self._handle, 0, endpoint))
        assert endpoint.value is not None
        return endpoint.value.decode()


def main() -> None:
    assert library.stator_abi_version() == ABI_VERSION
    with Database(clock="manual:2026-01-01T00:00:00Z") as database:
        database.call(
            "CreateTable",
            TableName="Orders",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        database.call("PutItem", TableName="Orders", Item={"id": {"S": "1"}, "sum": {"N": "7"}})
        found = database.call("GetItem", TableName="Orders", Key={"id": {"S": "1"}})
        assert found == {"Item": {"id": {"S": "1"}, "sum": {"N": "7"}}}, found
        try:
            database.call("GetItem", TableName="Nothing", Key={"id": {"S": "1"}})
            raise AssertionError("a table that is not there was found")
        except Failed as failure:
            assert "ResourceNotFoundException" in str(failure)
        database.advance(milliseconds=60 * 60 * 1000)
        print(f"{found}, served on {database.serve()}")


if __name__ == "__main__":
    main()
