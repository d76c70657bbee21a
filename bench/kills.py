"""Kills a process that writes to the event log, again and again, and counts what was lost.

``python -m bench.kills [ROUNDS]`` prints one line of JSON. A child writes batches from several threads and says which
ones were acknowledged; it is killed (SIGKILL) at a random moment, the opening of the log included. Then the log is read
as the next process finds it: every acknowledged event must be there, no batch may be there in part, each cursor must
stand with its messages, and the chain must verify.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
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
    command = [sys.executable, "-m", "bench.kills", "--write", str(folder), str(turn)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "opening\n"
        heard = [child.stdout.readline() for _ in range(after)]
        child.kill()
        heard += child.stdout.readlines()
    return {line.strip() for line in heard if line.endswith("\n")}


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


def _write(folder: Path, turn: str) -> None:
    """Write until killed, and say what was acknowledged, one line a batch."""
    _say("opening")
    log = open_log(folder / "workspace", folder / "config")

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
            _say(text)

    for n in range(THREADS):
        threading.Thread(target=keep_writing, args=(f"web{n}",)).start()


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # in one call, so that a kill leaves no half line of another thread behind it


def main() -> int:
    """Run the rounds named on the command line (100) and print the tally; 1 when something was lost."""
    if sys.argv[1:2] == ["--write"]:
        _write(Path(sys.argv[2]), sys.argv[3])
        return 0
    rounds = int(sys.argv[1]) if sys.argv[1:] else 100
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_rounds(Path(folder), rounds, seed=random.randrange(2**32))
    print(json.dumps(asdict(tally)))
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
