"""Turns measurements into the table of ratios. Pure but for print.

A measurement is {round, server, role, operation, requests_per_second, p50_us, p99_us, ..}. Ratios
are taken within a round, where both sides met the same noise, and then the median of the rounds.
"""

import statistics

# What the project promises: operation -> smallest ratio to the floor, to the best peer, and of 4 I/O
# threads to 1.
REQUIRED = {
    "GetItem": {"floor": 0.70, "peer": 3.5, "threads": 1.0},
    "PutItem": {"floor": 0.60, "peer": 3.0, "threads": 1.0},
    "UpdateItem": {"peer": 5.0, "threads": 1.0},
    "Query": {"peer": 6.0, "threads": 1.0},
    "ExecuteStatement": {"single": 0.60},
    "TransactGetItems": {"single": 0.50},
    "TransactWriteItems": {"peer": 4.0, "single": 0.45},
}

# Transactions of two items, and statements of one, held against the operation on one.
SINGLE = {
    "ExecuteStatement": "GetItem",
    "TransactGetItems": "GetItem",
    "TransactWriteItems": "PutItem",
}

# Below this share of its core the server waited: for wrk, or for others on the machine.
BUSY_MIN = 0.90


def figures(measurements, server, operation, field="requests_per_second"):
    """round -> figure"""
    return {
        m["round"]: m[field]
        for m in measurements
        if m["server"] == server and m["operation"] == operation
    }


def median(by_round):
    return statistics.median(by_round.values()) if by_round else None


def ratio(ours, theirs):
    """The median of the rounds and how far they spread."""
    rounds = [ours[r] / theirs[r] for r in ours]
    return {"median": statistics.median(rounds), "min": min(rounds), "max": max(rounds)}


def best_peer(measurements, operation):
    peers = sorted({m["server"] for m in measurements if m["role"] == "peer"})
    rates = {p: median(figures(measurements, p, operation)) for p in peers}
    rates = {p: rate for p, rate in rates.items() if rate}
    return max(rates, key=rates.get) if rates else None


def compare(measurements, operation, kind, other):
    """stator against one other server: by requests a second, and by what a request costs the core.

    The second is what the first would be if neither had to share the machine.
    """

    def of(server, field):
        return figures(measurements, server, operation, field)

    found = ratio(of("stator", "requests_per_second"), of(other, "requests_per_second"))
    required = REQUIRED.get(operation, {}).get(kind)
    return {
        "operation": operation,
        "against": other,
        "ours": median(of("stator", "requests_per_second")),
        "theirs": median(of(other, "requests_per_second")),
        "ratio": found,
        "core_ratio": ratio(of(other, "cpu_us_per_request"), of("stator", "cpu_us_per_request")),
        "required": required,
        "met": None if required is None else found["median"] >= required,
    }


def summarise(measurements):
    """One comparison for each operation and each of the floor and the best peer."""
    summary = []
    for operation in dict.fromkeys(m["operation"] for m in measurements):
        if figures(measurements, "floor", operation):
            summary.append(compare(measurements, operation, "floor", "floor"))
        peer = best_peer(measurements, operation)
        if peer:
            summary.append(compare(measurements, operation, "peer", peer))
        single = SINGLE.get(operation)
        if single and figures(measurements, "stator", single):
            summary.append(compare_single(measurements, operation, single))
    return summary


def compare_single(measurements, operation, single):
    """stator against itself: one operation to another."""

    def of(which, field):
        return figures(measurements, "stator", which, field)

    found = ratio(of(operation, "requests_per_second"), of(single, "requests_per_second"))
    required = REQUIRED[operation]["single"]
    return {
        "operation": operation,
        "against": single,
        "ours": median(of(operation, "requests_per_second")),
        "theirs": median(of(single, "requests_per_second")),
        "ratio": found,
        "core_ratio": ratio(of(single, "cpu_us_per_request"), of(operation, "cpu_us_per_request")),
        "required": required,
        "met": found["median"] >= required,
    }


def compare_with(measurements, kind, baseline):
    """stator against itself with another setting."""
    operations = dict.fromkeys(m["operation"] for m in measurements)
    return [compare(measurements, o, kind, baseline) for o in operations]


def number(value, pattern="{:,.0f}"):
    return "-" if value is None else pattern.format(value)


def spread(found):
    return f"{found['median']:.2f} ({found['min']:.2f}..{found['max']:.2f})"


def verdict(comparison):
    return {None: "-", True: "yes", False: "NO"}[comparison["met"]]


def print_table(heads, rows):
    cells = [heads, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    rule = ["-" * width for width in widths]
    for row in [heads, rule, *rows]:
        print("| " + " | ".join(c.ljust(w) for c, w in zip(row, widths)) + " |")


def print_ratios(summary):
    heads = ["operation", "against", "stator/s", "theirs/s", "ratio (min..max)", "by core time"]
    heads += ["required", "met"]
    rows = []
    for c in summary:
        rates = [number(c["ours"]), number(c["theirs"])]
        core = number(c["core_ratio"]["median"], "{:.2f}")
        required = number(c["required"], ">= {:.2f}")
        rows.append(
            [c["operation"], c["against"], *rates, spread(c["ratio"]), core, required, verdict(c)]
        )
    print_table(heads, rows)


def print_servers(measurements):
    """Every server on its own, with the share of its core that it used."""
    heads = ["server", "operation", "req/s", "p50 us", "p99 us", "core", "us of core/request"]
    fields = ["requests_per_second", "p50_us", "p99_us"]
    rows = []
    for server, operation in dict.fromkeys((m["server"], m["operation"]) for m in measurements):
        row = [server, operation]
        row += [number(median(figures(measurements, server, operation, f))) for f in fields]
        row.append(number(median(figures(measurements, server, operation, "server_cpu")), "{:.0%}"))
        cost = median(figures(measurements, server, operation, "cpu_us_per_request"))
        rows.append([*row, number(cost, "{:.1f}")])
    print_table(heads, rows)


def held_back(measurements):
    """What was slowed by something else than its own work: wrk, or others on the machine."""
    for server, operation in dict.fromkeys((m["server"], m["operation"]) for m in measurements):
        busy = median(figures(measurements, server, operation, "server_cpu"))
        if busy < BUSY_MIN:
            yield f"{server} {operation} had only {busy:.0%} of its core"
