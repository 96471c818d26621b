#!/usr/bin/env python3
"""Measures what streams cost, in one run: PutItem with and without one, the records that GetRecords
hands out, and the time from a commit to a function.

One server on one core, the client on another; each round times every kind in turn, and ratios are
taken within a round. Everything measured is kept in build/bench/streams.json.
"""

import argparse
import json
import signal
import statistics
import subprocess
import sys

import client
import measure
import report
import servers
import workload

# What the project promises.
PUT_RATIO_MIN = 0.75
RECORDS_A_SECOND_MIN = 150_000  # of one core
HANDLER_P99_MS_MAX = {"C++ function": 5, "URL": 15}

PLAIN, STREAMED, READ = "plain", "streamed", "read"
VIEWS = {PLAIN: None, STREAMED: "NEW_AND_OLD_IMAGES", READ: "NEW_IMAGE"}
PUTS = 20_000
RECORDS = 2000  # more than a page of GetRecords
DELIVERY = servers.OUTPUT / "stator_delivery"


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    measure.add_options(parser)
    return parser.parse_args()


def create_table(name):
    table = workload.create_table(name)
    if VIEWS[name]:
        table["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": VIEWS[name]}
    return table


def puts(table):
    """Replaces items by others, so that each write has a record."""
    for i in range(PUTS):
        item = workload.item(i % workload.ITEMS, version=i // workload.ITEMS)
        yield {"TableName": table, "Item": item}


def oldest_records(connection):
    """A GetRecords request for the first page of a shard that has more than one."""
    table = connection.call("DescribeTable", {"TableName": READ})["Table"]
    arn = table["LatestStreamArn"]
    stream = connection.call("DescribeStream", {"StreamArn": arn})["StreamDescription"]
    found = None
    for shard in stream["Shards"]:
        iterator = connection.call(
            "GetShardIterator",
            {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"},
        )
        request = {"ShardIterator": iterator["ShardIterator"]}
        count = len(connection.call("GetRecords", request)["Records"])
        if found is None or count > found[1]:
            found = request, count
    return found


def run_round(chosen):
    """name -> figure"""
    kind = servers.stator(chosen.stator, chosen.threads, capacity="off")
    figures = {}
    with servers.Server(kind, chosen.server_cores) as server:
        server.wait_until_listening()
        with client.Client(server.port) as connection:
            for table in VIEWS:
                connection.call("CreateTable", create_table(table))
            for i in range(RECORDS):
                item = workload.item(i % workload.ITEMS)
                connection.call("PutItem", {"TableName": READ, "Item": item})
            request, count = oldest_records(connection)
        pages = measure.write_bodies(f"streams-{READ}", [request])
        read = measure.measure(server, "GetRecords", pages, chosen)
        figures["records"] = count * read["requests_per_second"] / read["server_cpu"]
        print(f"{'GetRecords, records':24} {figures['records']:>10,.0f} a second of a core", flush=True)
        for table in (PLAIN, STREAMED):
            bodies = measure.write_bodies(f"streams-{table}", puts(table))
            result = measure.measure(server, "PutItem", bodies, chosen)
            figures[table] = result["requests_per_second"]
            print(f"{'put ' + table:24} {figures[table]:>10,.0f} req/s", flush=True)
    return figures


def measure_handlers(chosen):
    """kind -> milliseconds at the 99th percentile"""
    command = [str(DELIVERY), "--seconds", str(chosen.seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    for kind, figures in found.items():
        print(f"{'commit to ' + kind:24} {figures['p50_ms']:.2f} ms, p99 {figures['p99_ms']:.2f} ms",
              flush=True)
    return {kind: figures["p99_ms"] for kind, figures in found.items()}


def rows(rounds):
    ratio = report.ratio(
        {i: r[STREAMED] for i, r in enumerate(rounds)}, {i: r[PLAIN] for i, r in enumerate(rounds)}
    )
    met = "yes" if ratio["median"] >= PUT_RATIO_MIN else "NO"
    yield ["put with a stream / without", report.spread(ratio), f">= {PUT_RATIO_MIN}", met]
    records = statistics.median(r["records"] for r in rounds)
    met = "yes" if records >= RECORDS_A_SECOND_MIN else "NO"
    yield ["GetRecords, records/s of a core", f"{records:,.0f}", f">= {RECORDS_A_SECOND_MIN:,}", met]
    for kind, most in HANDLER_P99_MS_MAX.items():
        p99 = statistics.median(r[kind] for r in rounds)
        met = "yes" if p99 < most else "NO"
        yield [f"commit to {kind}, p99", f"{p99:.2f} ms", f"< {most} ms", met]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options()
    rounds = []
    try:
        for _ in range(chosen.rounds):
            rounds.append({**run_round(chosen), **measure_handlers(chosen)})
    except measure.FAILURES as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the servers were stopped")
    print()
    report.print_table(["what", "measured", "required", "met"], list(rows(rounds)))
    (servers.OUTPUT / "streams.json").write_text(json.dumps(rounds, indent=1) + "\n")


if __name__ == "__main__":
    main()
