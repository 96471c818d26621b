#!/usr/bin/env python3
"""Measures what secondary indexes cost, in one run: writes with and without them, a Query of an
index against one of its table, and a backfill under point reads.

One server on one core, the client on another; each round times every kind in turn, and ratios are
taken within a round. Everything measured is kept in build/bench/indexes.json.
"""

import argparse
import json
import signal
import statistics
import sys
import threading
import time

import client
import index_workload
import measure
import report
import servers
import workload

# What the project promises: (what, against what) -> smallest ratio.
REQUIRED = {
    ("put one-gsi in place", "put plain"): 0.65,
    ("put three-gsi in place", "put plain"): 0.40,
    ("put one-gsi moving", "put plain"): None,
    ("put three-gsi moving", "put plain"): None,
    ("query index", "query table"): 0.90,
    ("get during backfill", "get"): 0.50,
}
BACKFILL_SECONDS_MAX = 10


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    measure.add_options(parser)
    return parser.parse_args()


def kinds():
    """name -> (operation, requests)"""
    found = {"put plain": ("PutItem", index_workload.puts(index_workload.PLAIN, False))}
    for table in ("one-gsi", "three-gsi"):
        found[f"put {table} in place"] = ("PutItem", index_workload.puts(table, False))
        found[f"put {table} moving"] = ("PutItem", index_workload.puts(table, True))
    return found


def read_kinds():
    return {
        "query table": ("Query", index_workload.table_queries("one-gsi")),
        "query index": ("Query", index_workload.index_queries("one-gsi")),
    }


def load(connection, table, batches):
    for batch in batches:
        connection.call("BatchWriteItem", batch)


def preload(server):
    with client.Client(server.port) as connection:
        for table in index_workload.TABLES:
            connection.call("CreateTable", index_workload.create_table(table))
            load(connection, table, index_workload.batches(table, workload.ITEMS))
        check_query(connection)


def check_query(connection):
    """A fast wrong answer counts as none."""
    request = next(index_workload.index_queries("one-gsi"))
    items = connection.call("Query", request)["Items"]
    if len(items) != workload.ITEMS_PER_PARTITION:
        sys.exit(f"bench/load: a group has {len(items)} items")


def run_round(chosen, files):
    """name -> requests a second"""
    rates = {}
    kind = servers.stator(chosen.stator, chosen.threads, capacity="off")
    with servers.Server(kind, chosen.server_cores) as server:
        server.wait_until_listening()
        preload(server)
        # Reads first: the groups are those of the preload.
        for name in ("query table", "query index", *kinds()):
            operation, bodies = files[name]
            result = measure.measure(server, operation, bodies, chosen)
            rates[name] = result["requests_per_second"]
            print(f"{name:24} {rates[name]:>10,.0f} req/s", flush=True)
    return rates


def index_status(connection):
    table = connection.call("DescribeTable", {"TableName": index_workload.BACKFILLED})["Table"]
    return table["GlobalSecondaryIndexes"][0]


def time_backfill(server):
    """Seconds from the answer of UpdateTable until the index is ACTIVE, and its ItemCount."""
    with client.Client(server.port) as connection:
        started = time.perf_counter()
        connection.call("UpdateTable", index_workload.add_index())
        while True:
            index = index_status(connection)
            if index["IndexStatus"] == "ACTIVE":
                return time.perf_counter() - started, index["ItemCount"]
            time.sleep(0.02)


def reads_until(server, bodies, chosen, done):
    """The rate of reads over whole seconds that lie before `done` is set."""
    rates = []
    command = measure.wrk_command(server, "GetItem", bodies, chosen)
    while not done.is_set():
        result = measure.run_wrk(command, 1)
        if not done.is_set() or not rates:
            rates.append(result["requests"] / (result["duration_us"] / 1e6))
    return statistics.median(rates)


def run_backfill(chosen, bodies):
    """{"get", "get during backfill": requests a second; "seconds": of the backfill}"""
    kind = servers.stator(chosen.stator, chosen.threads, capacity="off")
    with servers.Server(kind, chosen.server_cores) as server:
        server.wait_until_listening()
        with client.Client(server.port) as connection:
            table = workload.create_table(index_workload.BACKFILLED)
            connection.call("CreateTable", table)
            make, items = index_workload.backfilled_item, index_workload.BACKFILLED_ITEMS
            load(connection, index_workload.BACKFILLED,
                 index_workload.batches(index_workload.BACKFILLED, items, make))
        rates = {"get": measure.measure(server, "GetItem", bodies, chosen)["requests_per_second"]}
        done, found = threading.Event(), {}

        def backfill():
            found["seconds"], found["items"] = time_backfill(server)
            done.set()

        worker = threading.Thread(target=backfill)
        worker.start()
        rates["get during backfill"] = reads_until(server, bodies, chosen, done)
        worker.join()
    if found["items"] != index_workload.BACKFILLED_ITEMS:
        sys.exit(f"bench/load: the index has {found['items']} items")
    print(f"{'backfill':24} {found['seconds']:>10.2f} s", flush=True)
    return {**rates, "seconds": found["seconds"]}


def rows(rounds):
    for (ours, theirs), required in REQUIRED.items():
        found = report.ratio(
            {i: r[ours] for i, r in enumerate(rounds)}, {i: r[theirs] for i, r in enumerate(rounds)}
        )
        rate = statistics.median(r[ours] for r in rounds)
        met = "-" if required is None else "yes" if found["median"] >= required else "NO"
        limit = "-" if required is None else f">= {required:.2f}"
        yield [ours, theirs, f"{rate:,.0f}", report.spread(found), limit, met]
    seconds = [r["seconds"] for r in rounds]
    spread = f"{statistics.median(seconds):.1f} s ({min(seconds):.1f}..{max(seconds):.1f})"
    met = "yes" if statistics.median(seconds) <= BACKFILL_SECONDS_MAX else "NO"
    yield ["backfill of 200,000", "-", "-", spread, f"<= {BACKFILL_SECONDS_MAX} s", met]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options()
    files = {}
    for name, (operation, requests) in {**kinds(), **read_kinds()}.items():
        files[name] = (operation, measure.write_bodies(f"indexes-{name}", requests))
    reads = measure.write_bodies("get", index_workload.point_reads())
    rounds = []
    try:
        for _ in range(chosen.rounds):
            rounds.append({**run_round(chosen, files), **run_backfill(chosen, reads)})
    except measure.FAILURES as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the servers were stopped")
    print()
    report.print_table(["what", "against", "req/s", "ratio", "required", "met"], list(rows(rounds)))
    (servers.OUTPUT / "indexes.json").write_text(json.dumps(rounds, indent=1) + "\n")


if __name__ == "__main__":
    main()
