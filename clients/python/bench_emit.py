#!/usr/bin/env python3
"""What one record costs the tool that emits it: microseconds per call of ``emit``, beside a process for each record.

    python3 bench_emit.py                          # the gateway is dead: everything ends in the spool
    DISE_GATEWAY_URL=http://localhost:8080 python3 bench_emit.py
    python3 bench_emit.py --json                   # the figures for a program

The process is DiSE's way at its cheapest: it reads the record as JSON and ends, without a driver, a connection or a
row.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, List

from dise_ingest import Emitter

CALLS = 20_000
PROCESSES = 30
#: A second at most: more in a burst is another question.
PER_SECOND = 10_000
RECORD = {
    "tool_id": "bench_emit",
    "log_level": "error",
    "message": "Failed to execute query",
    "details": {"query": "SELECT * FROM users", "error": "Table not found", "attempt": 3, "api_key": "secret"},
}


def timed(work: Callable[[], object], calls: int, pause: float = 0.0) -> List[float]:
    """Microseconds of each call, in rising order."""
    took = []
    for _ in range(calls):
        begun = time.perf_counter_ns()
        work()
        took.append((time.perf_counter_ns() - begun) / 1000)
        while pause and time.perf_counter_ns() - begun < pause * 1e9:
            time.sleep(0)
    return sorted(took)


def a_process() -> None:
    request = json.dumps({"operation": "store_log", **RECORD})
    subprocess.run(
        [sys.executable, "-c", "import json, sys; json.load(sys.stdin)"], input=request, text=True, check=True
    )


def show(name: str, took: List[float]) -> None:
    p99 = took[int(len(took) * 0.99)]
    print(f"{name:34} median {statistics.median(took):10.1f} µs   p99 {p99:10.1f} µs   n {len(took)}")


def figures(steady: List[float], burst: List[float], processes: List[float]) -> Dict[str, float]:
    """The same for a program: microseconds."""
    return {
        "emit_p50_us": statistics.median(steady),
        "emit_p99_us": steady[int(len(steady) * 0.99)],
        "burst_p50_us": statistics.median(burst),
        "process_p50_us": statistics.median(processes),
    }


def main() -> None:
    url = os.environ.get("DISE_GATEWAY_URL") or "http://127.0.0.1:9"
    with tempfile.TemporaryDirectory() as folder:
        emitter = Emitter(gateway_url=url, spool_dir=folder)
        timed(lambda: emitter.emit("log", RECORD), 500)
        steady = timed(lambda: emitter.emit("log", RECORD), CALLS, 1 / PER_SECOND)
        burst = timed(lambda: emitter.emit("log", RECORD), CALLS)
        begun = time.monotonic()
        report = emitter.close(30)
        drained, stats = time.monotonic() - begun, emitter.stats()
    processes = timed(a_process, PROCESSES)
    if sys.argv[1:] == ["--json"]:
        print(json.dumps(figures(steady, burst, processes)))
        return
    print(f"gateway {url}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    show(f"emit, {PER_SECOND} a second", steady)
    show("emit, as fast as it goes", burst)
    show("a process for each record", processes)
    ratio = statistics.median(processes) / statistics.median(steady)
    print(f"a process costs {ratio:.0f} times an emit")
    print(f"closed in {drained:.2f} s: {stats.delivered} delivered, {report.spooled} spooled, dropped {stats.dropped}")


if __name__ == "__main__":
    main()
