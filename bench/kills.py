"""Kills a process that writes to the event log, again and again, and counts what was lost.

``python -m bench.kills [ROUNDS]`` prints one line of JSON. A child writes batches from several threads and says which
ones were acknowledged; it is killed (SIGKILL) at a random moment, the opening of the log included. Then the log is read
as the next process finds it: every acknowledged event must be there, no batch may be there in part, each cursor must
stand with its messages, and the chain must verify.
"""

import json
import multiprocessing
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from console.conversation import events as e
from console.conversation.message import Author
from console.desk.log import Cursor
from console.store import LogAbsent, SqlEventLog, open_log

THREADS = 4
BATCH = 3
"""Events of a batch."""
MOST = 80
"""The child is killed after at most so many acknowledged batches."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["console.store"])  # imported once, not at every kill


@dataclass(slots=True)
class Tally:
    """What the rounds came to; all but the first two figures must be nought."""

    kills: int = 0
    acknowledged: int = 0
    """Events whose append had returned."""
    lost: int = 0
    partial: int = 0
    """Batches of which some events are there and some are not."""
    strayed: int = 0
    """Cursors that do not stand with the newest message of their channel."""
    unverified: int = 0
    """Rounds after which ``verify`` found a fault."""

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, torn or broken."""
        return not (self.lost or self.partial or self.strayed or self.unverified)


def kill_rounds(folder: Path, rounds: int, seed: int) -> Tally:
    """Kill a writer ``rounds`` times on one log in ``folder`` and return the tally; the log grows from kill to kill."""
    chance = random.Random(seed)
    tally = Tally()
    acknowledged: set[str] = set()
    for turn in range(rounds):
        acknowledged |= _one_kill(folder, turn, after=chance.randint(0, MOST))
        tally.kills += 1
        _inspect(folder, acknowledged, tally)
    tally.acknowledged = len(acknowledged) * BATCH
    return tally


def _one_kill(folder: Path, turn: int, after: int) -> set[str]:
    """Run a writer, kill it after so many acknowledgements (0: while it opens), and return all it acknowledged."""
    hearing, telling = _processes.Pipe(duplex=False)
    child = _processes.Process(target=_write, args=(folder, turn, telling))
    child.start()
    telling.close()
    with hearing:
        assert hearing.recv() == "opening"
        heard = [hearing.recv() for _ in range(after)]
        child.kill()
        child.join()
        heard += _rest(hearing)
    assert child.exitcode == -signal.SIGKILL
    return set(heard)


def _rest(hearing: Connection) -> Iterator[str]:
    """Yield what was still said before the kill; half a word at the end was not said."""
    try:
        while True:
            yield hearing.recv()
    except (EOFError, OSError):
        return


def _inspect(folder: Path, acknowledged: set[str], tally: Tally) -> None:
    try:
        log = open_log(folder / "workspace", folder / "config", read_only=True)
    except LogAbsent:
        tally.lost += len(acknowledged) * BATCH
        return
    try:
        tally.unverified += not log.verify().whole
        _compare(log, acknowledged, tally)
    finally:
        log.close()


def _compare(log: SqlEventLog, acknowledged: set[str], tally: Tally) -> None:
    found: dict[str, int] = {}
    newest: dict[str, str] = {}
    for event in log.read(limit=10_000_000):
        assert isinstance(event.data, e.MessageAdded)
        found[event.data.text] = found.get(event.data.text, 0) + 1
        newest[event.conversation] = event.data.text
    tally.lost += sum(BATCH - found.get(batch, 0) for batch in acknowledged)
    tally.partial += sum(count != BATCH for count in found.values())
    tally.strayed += sum(log.cursor(name) != text for name, text in newest.items())


def _write(folder: Path, turn: int, telling: Connection) -> None:
    """Write until killed, and tell what was acknowledged, batch by batch."""
    telling.send("opening")
    log = open_log(folder / "workspace", folder / "config")
    one_at_a_time = threading.Lock()

    def keep_writing(name: str) -> None:
        number = 0
        while True:
            number += 1
            text = f"{turn}/{name}/{number}"
            data = e.MessageAdded(Author.CUSTOMER, text)
            batch = [
                e.NewEvent(name, "customer:u1", data, datetime.now(UTC), name, f"{text}.{n}") for n in range(BATCH)
            ]
            log.append(batch, cursor=Cursor(name, text))
            with one_at_a_time:
                telling.send(text)

    for n in range(THREADS):
        threading.Thread(target=keep_writing, args=(f"web{n}",)).start()


def main() -> int:
    """Run the rounds named on the command line (100) and print the tally; 1 when something was lost."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 100
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_rounds(Path(folder), rounds, seed=random.randrange(2**32))
    print(json.dumps(asdict(tally)))
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
