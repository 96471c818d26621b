#!/usr/bin/env python3
"""Measures start-up to the first answered request, and resident memory idle and with the items.

Servers are not pinned and start one after another in rounds, so that the noise of the machine
meets all alike. Everything measured is kept in build/bench/footprint.json.
"""

import argparse
import json
import pathlib
import signal
import statistics
import sys
import time

import client
import report
import servers

MB = 1e6

# What the project promises of stator.
STARTUP_MS_MAX = 30
IDLE_MB_MAX = 25
LOADED_MB_MAX = 50


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--threads", type=int, help="I/O threads of stator (default: its own)")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--stator", type=pathlib.Path, default=servers.STATOR)
    return parser.parse_args()


def answers(server):
    with client.Client(server.port) as connection:
        status, _ = connection.post("ListTables", "{}")
        return status == client.OK


def start_once(kind):
    """Milliseconds from spawn to the first reply, and the megabytes that are resident then."""
    with servers.Server(kind) as server:
        server.wait_for(lambda: answers(server))
        elapsed = time.perf_counter() - server.started
        return elapsed * 1e3, server.resident_bytes() / MB


def loaded_megabytes(kind):
    with servers.Server(kind) as server:
        server.wait_until_listening()
        servers.preload(server)
        return server.resident_bytes() / MB


def measure(found, starts):
    """server name -> {"startup_ms": [..], "idle_mb": [..], "loaded_mb": ..}"""
    results = {kind.name: {"startup_ms": [], "idle_mb": []} for kind in found}
    for _ in range(starts):
        for kind in found:
            startup, idle = start_once(kind)
            results[kind.name]["startup_ms"].append(startup)
            results[kind.name]["idle_mb"].append(idle)
    for kind in found:
        results[kind.name]["loaded_mb"] = loaded_megabytes(kind)
    return results


def row(name, what, value, spread, limit):
    limited = name == "stator"
    met = ("yes" if value <= limit else "NO") if limited else "-"
    return [name, what, f"{value:.1f}", spread, f"<= {limit}" if limited else "-", met]


def rows(results):
    for name, r in results.items():
        startup, idle = r["startup_ms"], r["idle_mb"]
        spread = f"{min(startup):.1f}..{max(startup):.1f}"
        yield row(name, "start-up, ms", statistics.median(startup), spread, STARTUP_MS_MAX)
        spread = f"{min(idle):.1f}..{max(idle):.1f}"
        yield row(name, "idle, MB", statistics.median(idle), spread, IDLE_MB_MAX)
        yield row(name, "10,000 items, MB", r["loaded_mb"], "-", LOADED_MB_MAX)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = options()
    try:
        found = [servers.stator(chosen.stator, chosen.threads)]
        if not chosen.no_peers:
            servers.install_peers()
            found += servers.peers()
        results = measure(found, chosen.starts)
    except (servers.Unavailable, client.RequestFailed, OSError) as error:
        sys.exit(f"bench/load: {error}")
    except KeyboardInterrupt:
        sys.exit("bench/load: interrupted; the servers were stopped")
    heads = ["server", "what", "median", "min..max", "limit", "met"]
    report.print_table(heads, list(rows(results)))
    (servers.OUTPUT / "footprint.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
