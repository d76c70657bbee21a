"""The lead's pages and the report on a log of many events, on SQLite and on PostgreSQL.

    python -m bench.review_speed make FOLDER [EVENTS]      26 weeks of generated history, written once
    python -m bench.review_speed desk FOLDER [ADDRESS]     the looks of a desk: cold, made ahead, after a restart
    python -m bench.review_speed looks FOLDER [ADDRESS]    every look of a lead, each after a restart, and again
    python -m bench.review_speed report FOLDER [ADDRESS]   the report: cold, and again

With the ADDRESS of an empty PostgreSQL database the log is copied there first. The history is two months of the demo's,
three times one after the other, each talk as often as it takes; a week has as many events as any other.
"""

import asyncio
import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import psutil

from bench.review_history import UNTIL, history
from bench.review_looks import automating, looks
from console.commands.report_book import counted_beside
from console.conversation.events import NewEvent
from console.conversation.review_commands import Asked
from console.conversation.reviews import Measure, ReviewQueue
from console.demo.history import Shape, events_of, material
from console.desk.live import LiveLog
from console.review.asked_in import asked_in
from console.review.automating.keeping import forget_answers
from console.review.book_file import forget_all, review_file
from console.review.reading import book_of, lead_book, reported
from console.server import kept_book
from console.server.book_process import BookProcess
from console.server.collecting import keep_for_ever
from console.server.following import Following
from console.server.reviewing import Reviewing
from console.store import SqlEventLog, open_log
from console.store.migrate import migrate
from console.store.moving import copy_rows
from console.store.postgres import PostgresDatabase
from console.store.schema import cursors, events, meta, payloads
from console.store.sqlite import SqliteDatabase
from console.workspace import Workspace, cache_folder, config_folder
from knowledge import open_embedder

EVENTS: Final = 1_000_000
BATCH: Final = 5_000
QUEUE: Final = ReviewQueue.SURE_OVERRIDDEN


def make(folder: Path, count: int) -> None:
    """Write the log."""
    log, batch, began = _sqlite(folder), list[NewEvent](), time.perf_counter()
    for event in history(count):
        batch.append(event)
        if len(batch) == BATCH:
            log.append(batch)
            batch = []
    if batch:
        log.append(batch)
    log.close()
    print(f"{count:,} events written in {time.perf_counter() - began:.0f} s")


def opened(folder: Path, address: str) -> SqlEventLog:
    """Open the log in the folder, or in PostgreSQL, where it is copied to if it is not there."""
    if not address:
        return _sqlite(folder)
    there, here = PostgresDatabase(address), SqliteDatabase(folder / "workspace" / "desk.db", read_only=True)
    with here.reader.connect() as source, there.writer.begin() as target:
        migrate(target, there.name)
        if target.execute(meta.select()).first() is None:
            for table in (meta, cursors, payloads, events):  # the rows of the inbox are no part of what is measured
                copy_rows(source, target, table, lambda *_: None)
    here.close()
    there.close()
    own = config_folder()
    os.environ["XDG_CONFIG_HOME"] = str(folder / "keys-team")
    shutil.copytree(own, keys := config_folder(), dirs_exist_ok=True)
    for anchor in keys.glob("*.anchor"):  # of the other log
        anchor.unlink()
    return open_log(folder / "workspace", keys, address=address)


async def desk(log: SqlEventLog, books: Path, address: str) -> None:
    """Print how long each look takes, and how long the event loop was held up meanwhile."""
    live = LiveLog(log)
    await live.start()
    keep_for_ever()
    print(f"{live.seq:,} events; {_memory():.0f} MB before")
    forget_all(books)
    for weeks in (4, 9, 26):
        await _timed(f"cold, {weeks} weeks", lambda weeks=weeks: _reviewing(live, books).look(weeks))
    print(f"{_memory():.0f} MB")
    since = kept_book.since_longest(UNTIL)
    writer = BookProcess(Workspace(books.parent), address)
    await _timed(
        "written by a process of its own", lambda: writer.write(since, since - kept_book.SPARE, lambda *_: None)
    )
    print(f"{_memory():.0f} MB; the file has {_size(books):.1f} MB")
    for weeks in (4, 9, 26):
        await _timed(f"after a restart, {weeks} weeks", lambda weeks=weeks: _reviewing(live, books).look(weeks))
    reviewing = _reviewing(live, books)
    await reviewing.look(26)
    for weeks in (4, 9, 26):
        await _timed(f"{weeks} weeks more", lambda weeks=weeks: reviewing.look(weeks))
        await _timed(
            f"behind a figure, {weeks} weeks", lambda w=weeks: reviewing.behind(w, Asked(measure=Measure.EDITED))
        )
        await _timed(f"a queue, {weeks} weeks", lambda w=weeks: reviewing.queue(w, QUEUE, done=False))
    await _timed("what was asked in vain", lambda: live.call(lambda log: asked_in(log, UNTIL)))
    await _tail(live, books)
    live.close()


async def _tail(live: LiveLog, books: Path) -> None:
    """Print how long the first look takes where the file is as old as it gets."""
    made, name = list(events_of(Shape(UNTIL, seed=3), material())), f"tail-{live.seq}"
    for at in range(0, kept_book.GROWN, BATCH):
        again = f"{name}-{at // len(made)}"
        batch = (made[number % len(made)] for number in range(at, at + BATCH))
        await live.record([replace(n, conversation=n.conversation and f"{n.conversation}-{again}") for n in batch])
    await _timed(f"after a restart, {kept_book.GROWN:,} events later, 9 weeks", lambda: _reviewing(live, books).look(9))


async def every_look(log: SqlEventLog, books: Path) -> None:
    """Print how long each look takes right after a restart, with the book of its file, and how long once more."""
    live = LiveLog(log)
    await live.start()
    keep_for_ever()
    await live.call(lambda log: book_of(log, review_file(books), kept_book.since_longest(UNTIL)))
    embedder = open_embedder(cache_folder() / "models")
    for weeks in (4, 9, 26):
        for name in (*looks(live, Following(live, lambda: UNTIL, books), lambda: UNTIL), "automation"):
            following = Following(live, lambda: UNTIL, books)
            every = {**looks(live, following, lambda: UNTIL)}
            every["automation"] = automating(live, lambda: UNTIL, embedder, books).look
            for when in ("after a restart", "again"):
                await _timed(f"{name}, {weeks} weeks, {when}", lambda look=every[name], weeks=weeks: look(weeks))
        forget_answers(books)
        unmade = automating(live, lambda: UNTIL, embedder, books)
        await _timed(f"automation, {weeks} weeks, the newest where nothing is kept", partial(unmade.look, weeks, 60.0))
        await _timed(f"automation, {weeks} weeks, all of them then", partial(unmade.look, weeks))
    live.close()


def report(log: SqlEventLog, place: Workspace, address: str) -> None:
    """Print how long the report takes, as its command has it made, and whether it says the same again."""
    forget_all(place.books)
    os.environ["SECONDCHAIR_STORE__ADDRESS"] = address
    gc.disable()  # as the command does
    told = []
    for name in ("cold", "again"):
        with _measured(f"the report, {name}"), counted_beside(place) as wait:
            lead = lead_book(log, place.books, UNTIL, 9)
            told.append(json.dumps(reported(log, place.books, UNTIL, 9, lead=lead, wait=wait)))
    print(f"the same: {told[0] == told[1]}; {_memory():.0f} MB; the file has {_size(place.books):.1f} MB")
    log.close()


def _reviewing(live: LiveLog, books: Path) -> Reviewing:
    return Reviewing(Following(live, lambda: UNTIL, books))


async def _timed(name: str, look: Callable[[], Awaitable[object]]) -> None:
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - before - 0.005)

    heart = asyncio.create_task(beat())
    with _measured(name, lambda: f"; the event loop held up for {longest * 1000:.0f} ms at most"):
        await look()
    heart.cancel()


@contextmanager
def _measured(name: str, more: Callable[[], str] = str) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"{name}: {took:.2f} s, {worked:.2f} s of them at work here{more()}", flush=True)


def _size(books: Path) -> float:
    return sum(file.stat().st_size for file in books.glob("*")) / 1e6


def _memory() -> float:
    size: int = psutil.Process().memory_info().rss
    return size / 2**20


def _sqlite(folder: Path) -> SqlEventLog:
    return open_log(folder / "workspace", config_folder())


def main() -> None:
    """Make, or measure."""
    what, folder, *more = sys.argv[1:]
    place = Path(folder).resolve()
    os.environ["XDG_CONFIG_HOME"] = str(place / "keys")
    if what == "make":
        make(place, int(more[0]) if more else EVENTS)
        return
    address = more[0] if more else ""
    log, workspace = opened(place, address), Workspace(place / "workspace")
    if what == "report":
        report(log, workspace, address)
    elif what == "looks":
        asyncio.run(every_look(log, workspace.books))
    else:
        asyncio.run(desk(log, workspace.books, address))


if __name__ == "__main__":
    main()
