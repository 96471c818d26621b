#!/usr/bin/env python3
"""Measures stator against the floor and the peers in one run and prints ratios.

Each round starts every server afresh on one core, preloads the canonical items, looks at one
reply of each kind, and then times each operation on each server in turn, so that the noise of the
machine meets all of them alike. Everything measured is kept in build/bench/load.json.
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys
import time

import measure
import report
import servers
import verify
import workload

FAILURES = (*measure.FAILURES, verify.WrongAnswer)


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    measure.add_options(parser)
    parser.add_argument("--only", action="append", choices=list(workload.OPERATIONS))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-floor", action="store_true")
    parser.add_argument("--threads-compare", action="store_true", help="stator at 4 threads to 1")
    parser.add_argument("--floor", type=pathlib.Path, default=servers.FLOOR)
    return parser.parse_args()


def kinds(chosen):
    if chosen.threads_compare:
        return thread_kinds(chosen)
    found = [servers.stator(chosen.stator, chosen.threads)]
    if not chosen.no_floor:
        found.append(servers.floor(chosen.floor))
    if not chosen.no_peers:
        servers.install_peers()
        found += servers.peers()
    return found


def thread_kinds(chosen):
    """The same server twice, on all cores: "stator" has 4 threads and "1 thread" is its measure."""
    chosen.server_cores = chosen.client_cores = ""
    return [
        servers.stator(chosen.stator, threads=4),
        servers.stator(chosen.stator, threads=1, name="1 thread", role="baseline"),
    ]


def run_round(number, chosen, found, files):
    """Yields one measurement after the other."""
    with contextlib.ExitStack() as running:
        started = [running.enter_context(servers.Server(k, chosen.server_cores)) for k in found]
        for server in started:
            server.wait_until_listening()
            servers.preload(server)
            verify.check(server)
        if number % 2 == 0:
            started.reverse()  # neither is always the first
        for operation, bodies_file in files.items():
            for server in started:
                if operation not in server.kind.operations:
                    continue
                result = measure.measure(server, operation, bodies_file, chosen)
                head = {"round": number, "server": server.kind.name, "role": server.kind.role}
                yield {**head, "operation": operation, **result}


def run_rounds(chosen):
    found = kinds(chosen)
    files = measure.write_workload(chosen.only or list(workload.OPERATIONS))
    measurements = []
    for number in range(1, chosen.rounds + 1):
        for m in run_round(number, chosen, found, files):
            measurements.append(m)
            line = f"round {number}/{chosen.rounds} {m['server']:9} {m['operation']:11}"
            print(f"{line} {m['requests_per_second']:>10,.0f} req/s", flush=True)
    return measurements


def machine():
    cpu = pathlib.Path("/proc/cpuinfo").read_text().split("model name\t: ", 1)[-1].split("\n", 1)[0]
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=servers.ROOT, capture_output=True, text=True, check=False
    )
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "load_average": os.getloadavg(),
        "commit": commit.stdout.strip(),
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def write_json(chosen, before, measurements, summary):
    settings = {k: str(v) if isinstance(v, pathlib.Path) else v for k, v in vars(chosen).items()}
    kind = "threads" if chosen.threads_compare else "load"
    path = servers.OUTPUT / f"{kind}.json"
    whole = {"machine": before, "settings": settings, "summary": summary}
    path.write_text(json.dumps({**whole, "measurements": measurements}, indent=1) + "\n")
    print(f"\nevery figure: {path.relative_to(servers.ROOT)}")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen, before = options(), machine()
    try:
        measurements = run_rounds(chosen)
    except FAILURES as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the servers were stopped")
    print()
    report.print_servers(measurements)
    print()
    if chosen.threads_compare:
        summary = report.compare_with(measurements, "threads", "1 thread")
    else:
        summary = report.summarise(measurements)
    report.print_ratios(summary)
    for note in report.held_back(measurements) if chosen.server_cores else []:
        print(f"note: {note}; ask the column by core time")
    write_json(chosen, before, measurements, summary)


if __name__ == "__main__":
    main()
