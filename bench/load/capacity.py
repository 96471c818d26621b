#!/usr/bin/env python3
"""Measures what throttling costs a load below its limits: one server on one core, whose capacity
mode is switched while it runs, so that nothing but the mode differs.

Each round times off, on, on, off; ratios are taken within a round. With --control both are off: how
far that is from 1 is what the machine adds. Everything measured is kept in build/bench/capacity.json.
"""

import argparse
import json
import signal
import sys
import urllib.request

import client
import measure
import report
import servers
import workload

OFF, ON = "off", "on"
ORDER = (OFF, ON, ON, OFF)
OPERATIONS = ("GetItem", "PutItem")
RATIO_MIN = 0.95  # what the project promises


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    measure.add_options(parser, rounds=10, seconds=1)
    parser.add_argument("--only", action="append", choices=OPERATIONS)
    parser.add_argument("--mode", default="enforce", choices=("enforce", "observe"))
    parser.add_argument("--control", action="store_true", help="off to off")
    return parser.parse_args()


def switch(server, mode):
    body = json.dumps({"mode": mode}).encode()
    url = f"http://127.0.0.1:{server.port}/_stator/capacity"
    with urllib.request.urlopen(urllib.request.Request(url, data=body)) as reply:
        reply.read()


def run_round(server, operation, bodies_file, chosen):
    """Which of the two -> seconds of the core and of the wall for a request."""
    on = "off" if chosen.control else chosen.mode
    found = {OFF: [], ON: []}
    for which in ORDER:
        switch(server, on if which == ON else "off")
        found[which].append(measure.measure(server, operation, bodies_file, chosen))
    return {
        which: {
            "seconds": sum(1 / m["requests_per_second"] for m in both) / len(both),
            "core_seconds": sum(m["cpu_us_per_request"] for m in both) / len(both) / 1e6,
        }
        for which, both in found.items()
    }


def run(chosen):
    """operation -> its rounds"""
    rounds = {operation: [] for operation in chosen.only or OPERATIONS}
    files = measure.write_workload(rounds)
    with servers.Server(servers.stator(chosen.stator, chosen.threads), chosen.server_cores) as server:
        server.wait_until_listening()
        servers.preload(server)
        for _ in range(chosen.rounds):
            for operation, found in rounds.items():
                found.append(run_round(server, operation, files[operation], chosen))
    return rounds


def row(operation, rounds, chosen):
    def ratio(field):
        numbers = range(len(rounds))
        return report.ratio(
            {i: rounds[i][OFF][field] for i in numbers}, {i: rounds[i][ON][field] for i in numbers}
        )

    found = ratio("seconds")
    required = "-" if chosen.control else f">= {RATIO_MIN}"
    met = "-" if chosen.control else "yes" if found["median"] >= RATIO_MIN else "NO"
    return [operation, report.spread(found), report.spread(ratio("core_seconds")), required, met]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options()
    try:
        rounds = run(chosen)
    except measure.FAILURES as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the server was stopped")
    name = "off / off" if chosen.control else f"{chosen.mode} / off"
    heads = ["operation", f"rate, {name}", "by core time", "required", "met"]
    report.print_table(heads, [row(operation, found, chosen) for operation, found in rounds.items()])
    (servers.OUTPUT / "capacity.json").write_text(json.dumps(rounds, indent=1) + "\n")


if __name__ == "__main__":
    main()
