"""Generates a history of any size and writes it: ``python -m bench.history [--events 1000000] [--into FOLDER]``.

Prints events a second of making them and of writing them on SQLite, in wall and processor time, the longest that a
batch kept others from writing, and what verifying takes. With ``--into`` the workspace stays there, for other
measurements.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from console.conversation.events import NewEvent
from console.demo.history import Material, Shape, batches, material
from console.store import SqlEventLog, open_log

UNTIL = datetime(2026, 11, 20, 9, tzinfo=UTC)
A_TALK = 41
"""Events of a conversation, about."""


def shape_of(events: int, days: int = 61) -> Shape:
    """Return the shape of a history of about so many events over so many days."""
    shape = Shape(UNTIL, days=days)
    return replace(shape, a_day=max(1.0, events / A_TALK / days))


def write(log: SqlEventLog, shape: Shape, made: Material) -> dict[str, float]:
    """Write a history into a log; return the figures."""
    told = {"events": 0.0, "making": 0.0, "making_cpu": 0.0, "writing": 0.0, "writing_cpu": 0.0, "longest": 0.0}
    following: Iterator[list[NewEvent]] = batches(shape, made)
    while True:
        wall, cpu = time.perf_counter(), time.process_time()
        batch = next(following, None)
        told["making"] += time.perf_counter() - wall
        told["making_cpu"] += time.process_time() - cpu
        if batch is None:
            return told
        wall, cpu = time.perf_counter(), time.process_time()
        log.append(batch)
        took = time.perf_counter() - wall
        told["writing"] += took
        told["writing_cpu"] += time.process_time() - cpu
        told["longest"] = max(told["longest"], took)
        told["events"] += len(batch)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--days", type=int, default=61)
    parser.add_argument("--into", type=Path, help="a folder for the workspace (its keys beside it), which stays")
    chosen = parser.parse_args()
    began = time.perf_counter()
    made = material()
    print(f"material read in {time.perf_counter() - began:.1f} s")
    with TemporaryDirectory() as folder:
        root = chosen.into or Path(folder)
        log = open_log(root / "workspace", root / "keys")
        try:
            told = write(log, shape_of(chosen.events, chosen.days), made)
            _print(told, (root / "workspace" / "desk.db").stat().st_size)
            began = time.perf_counter()
            verdict = log.verify()
            print(f"verified {verdict.events:,} events in {time.perf_counter() - began:.1f} s: whole={verdict.whole}")
        finally:
            log.close()


def _print(told: dict[str, float], size: int) -> None:
    events = told["events"]
    for part in ("making", "writing"):
        wall, cpu = told[part], told[f"{part}_cpu"]
        print(f"{part}: {events / wall:,.0f} events/s ({wall:.1f} s), {events / cpu:,.0f} a second of processor")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{events:,.0f} events, {size / 1e6:.1f} MB, longest batch {told['longest'] * 1000:.0f} ms, peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
