#!/usr/bin/env python3
"""Measures how soon items that expire in one second are gone, and how reads fare meanwhile.

One server on one core, the client on another. The items of one table expire together; point reads
of another table run before and meanwhile. What is measured is kept in build/bench/expiry.json.
"""

import argparse
import json
import signal
import statistics
import sys
import threading
import time

import client
import measure
import report
import servers
import workload

# What the project promises, of a million items.
SECONDS_MAX = 30
READ_RATIO_MIN = 0.50

TABLE = "expiring"
READ_TABLE = "kept"
READ_ITEMS = 20_000
BATCH = 25
SPARE_SECONDS = 5  # between loading and expiry, beside the first reads
LOAD_MARGIN = 2.5  # of the time that loading is expected to take
POLL_SECONDS = 0.05


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=1_000_000)
    measure.add_server_options(parser, seconds=3)
    return parser.parse_args()


def create_table(name):
    return {
        "TableName": name,
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    }


def load(connection, table, count, expires):
    for first in range(0, count, BATCH):
        puts = [
            {"PutRequest": {"Item": {"pk": {"S": f"k{i}"}, "expires": {"N": str(expires)}}}}
            for i in range(first, min(first + BATCH, count))
        ]
        connection.call("BatchWriteItem", {"RequestItems": {table: puts}})


def enable(connection):
    setting = {"Enabled": True, "AttributeName": "expires"}
    request = {"TableName": TABLE, "TimeToLiveSpecification": setting}
    connection.call("UpdateTimeToLive", request)


def items_left(connection):
    return connection.call("DescribeTable", {"TableName": TABLE})["Table"]["ItemCount"]


def preload(connection, count, spare_seconds):
    """Returns the second in which all items expire: after they are loaded."""
    for name in (TABLE, READ_TABLE):
        connection.call("CreateTable", create_table(name))
    enable(connection)
    started = time.time()
    load(connection, READ_TABLE, READ_ITEMS, 0)
    expected = (time.time() - started) / READ_ITEMS * count
    expires = int(time.time() + expected * LOAD_MARGIN + spare_seconds)
    load(connection, TABLE, count, expires)
    if time.time() >= expires or items_left(connection) != count:
        sys.exit("bench/load: the items expired before they were loaded")
    return expires


def write_reads():
    path = servers.WORK / "expiry-reads.bodies"
    with path.open("w") as file:
        for i in range(READ_ITEMS):
            request = {"TableName": READ_TABLE, "Key": {"pk": {"S": f"k{i}"}}}
            file.write(workload.encode(request) + "\n")
    return path


def time_expiry(port, expires):
    """Seconds from the expiry until no item is left."""
    with client.Client(port) as connection:
        while items_left(connection) > 0:
            time.sleep(POLL_SECONDS)
    return time.time() - expires


def reads_until(server, bodies, chosen, done):
    """The rate of reads over whole seconds that lie before `done` is set."""
    rates = []
    command = measure.wrk_command(server, "GetItem", bodies, chosen)
    while not done.is_set():
        result = measure.run_wrk(command, 1)
        if not done.is_set() or not rates:
            rates.append(result["requests"] / (result["duration_us"] / 1e6))
    return statistics.median(rates)


def run(chosen, bodies):
    kind = servers.stator(chosen.stator, chosen.threads, capacity="off")
    with servers.Server(kind, chosen.server_cores) as server:
        server.wait_until_listening()
        with client.Client(server.port) as connection:
            spare = chosen.warmup + chosen.seconds + SPARE_SECONDS
            expires = preload(connection, chosen.items, spare)
        before = measure.measure(server, "GetItem", bodies, chosen)["requests_per_second"]
        if time.time() >= expires:
            sys.exit("bench/load: the items expired before they were waited for")
        time.sleep(max(0.0, expires - time.time()))
        done, found = threading.Event(), {}

        def wait():
            found["seconds"] = time_expiry(server.port, expires)
            done.set()

        worker = threading.Thread(target=wait)
        worker.start()
        meanwhile = reads_until(server, bodies, chosen, done)
        worker.join()
    return {"items": chosen.items, "get": before, "get during expiry": meanwhile, **found}


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options()
    servers.WORK.mkdir(parents=True, exist_ok=True)
    try:
        result = run(chosen, write_reads())
    except measure.FAILURES as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the servers were stopped")
    ratio = result["get during expiry"] / result["get"]
    rows = [
        ["all gone", f"{result['seconds']:.1f} s", f"<= {SECONDS_MAX} s",
         "yes" if result["seconds"] <= SECONDS_MAX else "NO"],
        ["reads meanwhile", f"{result['get during expiry']:,.0f} req/s, {ratio:.2f}",
         f">= {READ_RATIO_MIN:.2f}", "yes" if ratio >= READ_RATIO_MIN else "NO"],
    ]
    report.print_table([f"{chosen.items:,} items expire", "measured", "required", "met"], rows)
    (servers.OUTPUT / "expiry.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
