"""Progress on standard error: a bar with what is left in a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

QUIET: Final = 10.0
"""Seconds between lines where standard error is not a terminal."""


class Show(Protocol):
    """Takes in how far the work is."""

    def __call__(self, done: int, total: int, unit: str) -> None:
        """``done`` of ``total`` units; a total of 0 is not known yet."""


@contextmanager
def shown(title: str) -> Iterator[Show]:
    """Show progress while the block runs; nothing is drawn for work that ends within a moment."""
    with _bar(title) if sys.stderr.isatty() else _lines(title) as show:
        yield show


@contextmanager
def _bar(title: str) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[unit]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None, unit="")

        def show(done: int, total: int, unit: str) -> None:
            progress.update(task, completed=done, total=total or None, unit=unit)

        yield show


@contextmanager
def _lines(title: str) -> Iterator[Show]:
    began = said = time.monotonic()
    of, first = "", 0

    def show(done: int, total: int, unit: str) -> None:
        nonlocal began, said, of, first
        now = time.monotonic()
        if unit != of:  # the next piece of work has a pace of its own
            began, of, first = now, unit, done
        if now - said < QUIET:
            return
        said = now
        left = f", about {(now - began) / (done - first) * (total - done):.0f} s left" if done > first and total else ""
        sys.stderr.write(f"{title}: {done}{f' of {total}' if total else ''} {unit}{left}\n")

    yield show
