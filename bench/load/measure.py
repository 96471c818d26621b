"""Runs wrk against one server for one operation and reads what it says."""

import json
import pathlib
import subprocess

import client
import servers
import workload

HERE = pathlib.Path(__file__).resolve().parent


class MeasurementFailed(Exception):
    """wrk failed, or the server refused or dropped requests: the figure would mean nothing."""


# What a script of this directory ends with, in a line.
FAILURES = (
    servers.Unavailable,
    client.RequestFailed,
    MeasurementFailed,
    OSError,
    subprocess.SubprocessError,
)


def add_options(parser, rounds=3, seconds=3):
    """What every script takes that measures in rounds."""
    parser.add_argument("--rounds", type=int, default=rounds)
    add_server_options(parser, seconds)


def add_server_options(parser, seconds):
    """What every script of this directory takes."""
    parser.add_argument("--seconds", type=int, default=seconds, help="of each measurement")
    parser.add_argument("--warmup", type=int, default=1, help="seconds before each measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--threads", type=int, default=1, help="I/O threads of stator")
    parser.add_argument("--stator", type=pathlib.Path, default=servers.STATOR)
    parser.add_argument("--server-cores", default="0", help="for taskset; empty: not pinned")
    parser.add_argument("--client-cores", default="1", help="for taskset; empty: not pinned")


def write_lines(name, lines):
    servers.WORK.mkdir(parents=True, exist_ok=True)
    path = servers.WORK / f"{name.replace(' ', '-')}.bodies"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def write_bodies(name, requests):
    """A file with the bodies of requests, one a line."""
    return write_lines(name, map(workload.encode, requests))


def write_workload(operations):
    """operation -> file of its canonical bodies"""
    return {each: write_lines(each, workload.bodies(each)) for each in operations}


def wrk_command(server, operation, bodies_file, options):
    command = ["wrk", "-t1", f"-c{options.connections}", "-s", str(HERE / "requests.lua")]
    for name, value in client.headers(operation).items():
        command += ["-H", f"{name}: {value}"]
    pin = ["taskset", "-c", options.client_cores] if options.client_cores else []
    return pin + command, [f"http://127.0.0.1:{server.port}/", "--", str(bodies_file)]


def run_wrk(command, seconds):
    head, tail = command
    line = head + [f"-d{seconds}s"] + tail
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasurementFailed(f"wrk: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(server, operation, bodies_file, options):
    """Returns req/s, latency and how busy the server's core was.

    options  connections, client_cores, warmup, seconds
    """
    command = wrk_command(server, operation, bodies_file, options)
    if options.warmup:
        run_wrk(command, options.warmup)
    cpu = server.cpu_seconds()
    result = run_wrk(command, options.seconds)
    cpu = server.cpu_seconds() - cpu
    if result["refused"] or result["failed"] or not result["requests"]:
        raise MeasurementFailed(f"{server.kind.name} {operation}: {result}")
    seconds = result["duration_us"] / 1e6
    return {
        **result,
        "requests_per_second": result["requests"] / seconds,
        "server_cpu": cpu / seconds,
        "cpu_us_per_request": cpu * 1e6 / result["requests"],
    }
