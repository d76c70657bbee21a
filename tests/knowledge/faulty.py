"""Does harm to indexes, and looks at each in a process of its own, so that whatever it does to the process is seen.

Run as a program, since a process may only be forked while it has one thread: `python -m tests.knowledge.faulty`.
"""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss  # noqa: F401 - once, and not in every child

from knowledge import Document, IndexDamaged, IndexMissing, IndexUnwritable, KnowledgeIndex
from knowledge.vectors import FileStore, FileWriter
from tests.knowledge.fakes import WordEmbedder

OLD, NEW, ADDED = 203, 205, 130
"""Documents of the index that is harmed, of the next state, and how many of its articles are new then."""

QUESTIONS = ("parcel lost mail", "word17 tracking", "boots laces")


class Few(FileStore):
    """Searches by clusters already where vectors are few."""

    def writer(self, folder: Path, dimensions: int, earlier: Path | None) -> FileWriter:
        """See `VectorStore.writer`."""
        return FileWriter(folder, dimensions, earlier, exact_up_to=100)


def opened(folder: Path) -> KnowledgeIndex:
    """The index in a folder."""
    return KnowledgeIndex(folder, WordEmbedder(), Few())


def articles(first: int, last: int) -> list[Document]:
    """Articles by their numbers."""
    return [
        Document(f"d{n}", f"Title {n} parcel", f"The text of number {n} says parcel word{n} tracking {n * 7919}.")
        for n in range(first, last)
    ]


def build(folder: Path) -> None:
    """An index that has every kind of file: clusters, several parts, removed documents, two sources."""
    index = opened(folder)
    index.update(articles(0, 220), source="s")
    boots = Document("boots", "Boots", "Boots with laces.")
    lost = Document("lost", "Lost parcels", "A parcel is lost in the mail after seven days.")
    index.update([*articles(0, 200), boots, lost], source="s")
    index.update([Document("note", "A note", "A parcel note for the team.")], source="t")
    assert index.contents().documents == OLD
    index.verify()


def renew(folder: Path) -> None:
    """Bring the index to its next state."""
    boots = Document("boots", "Boots", "Boots with laces, and without.")
    opened(folder).update([*articles(200 - (NEW - 2 - ADDED), 200 + ADDED), boots], source="s")


@dataclass(frozen=True)
class Seen:
    """What an index did whose file was damaged."""

    file: str
    how: str
    search: str
    """"whole", "less" (the answer says what is damaged), "refused" (by one clear line), or a fault."""
    found: str
    """What the thorough check says; empty where it finds nothing."""
    mended: str = ""
    """What mending says that it did, or a fault; empty where it was not tried."""
    documents: int = OLD
    """After mending."""
    lost: int = 0
    """Documents that the index says were lost, after mending."""
    back: bool = False
    """Whether a document that was removed is back."""


def harmed(folder: Path, places: int, *, every_file: bool) -> Iterator[Seen]:
    """Damage files of an index one after the other: flipped bytes (with and without a new date), cut, gone."""
    built = folder / "built"
    apart(lambda: build(built) or "")
    chosen = random.Random(7)
    for name in _files(built) if every_file else _largest_of_each_kind(built):
        data = (built / name).read_bytes()
        flips = sorted({len(data) // 2, *(chosen.randrange(len(data)) for _ in range(places - 1))})
        hows = [f"{how} {at}" for at in flips for how in ("flipped", "flipped silently")] + [f"cut {len(data) // 2}"]
        hows += ["cut 0", f"cut {len(data) - 1}", "gone"] if every_file else []
        for how in hows:
            harm = folder / "harmed"
            shutil.copytree(built, harm, copy_function=os.link)
            _harm(harm / name, data, how)
            looked = apart(lambda harm=harm: json.dumps(_look(harm)))
            told = _told(looked, "search", "found")
            if every_file or how == hows[0]:
                mended = apart(lambda harm=harm: json.dumps(_mend(harm)))
                told |= _told(mended, "mended", "documents", "lost", "back")
            yield Seen(name, how, **told)
            shutil.rmtree(harm)


def _told(answer: str, *names: str) -> dict[str, Any]:
    """What a child told, or how it ended."""
    return json.loads(answer) if answer.startswith("{") else dict.fromkeys(names, answer)


def _files(folder: Path) -> list[str]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.stat().st_size)
    return [file.relative_to(folder).as_posix() for file in files]


def _largest_of_each_kind(folder: Path) -> list[str]:
    kinds: dict[tuple[str, str], str] = {}
    for name in sorted(_files(folder), key=lambda name: (folder / name).stat().st_size):
        path = Path(name)
        kinds[path.parent.name, path.name if path.suffix in {"", ".json"} else path.suffix] = name
    return sorted(kinds.values())


def _harm(file: Path, data: bytes, how: str) -> None:
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.unlink()  # the file has other names, whose content has to stay
    if how.startswith("flipped"):
        at = int(how.rsplit(maxsplit=1)[-1])
        file.write_bytes(data[:at] + bytes([data[at] ^ (0x01 if at % 2 else 0xFF)]) + data[at + 1 :])
    elif how.startswith("cut"):
        file.write_bytes(data[: int(how.rsplit(maxsplit=1)[-1])])
    if "silently" in how:
        os.utime(file, ns=times)


def _look(folder: Path) -> dict[str, str]:
    index = opened(folder)
    try:
        damage = [index.search(question, k=5).damage for question in QUESTIONS]
        search = "less" if any(damage) else "whole"
    except IndexDamaged as error:
        search = "refused" if "\n" not in str(error) else f"fault: {error}"
    except Exception as error:
        search = f"fault: {error!r}"
    index.reload()
    try:
        index.verify()
        return {"search": search, "found": ""}
    except IndexDamaged as error:
        return {"search": search, "found": str(error)}


def _mend(folder: Path) -> dict[str, object]:
    index = opened(folder)
    try:
        rebuilt = index.mend().rebuilt
        index.verify()
        damage = "".join(index.search(question, k=5).damage for question in QUESTIONS)
    except Exception as error:
        return {"mended": f"fault: {error!r}", "documents": -1, "lost": 0, "back": False}
    back = any(index.document(article.id) for article in articles(200, 220))
    contents = index.contents()
    lost = sum(contents.lost.values())
    return {"mended": rebuilt + damage, "documents": contents.documents, "lost": lost, "back": back}


CHANGES = frozenset({"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"})
"""What Python tells of that a run may do to files."""


def killed_at_every_step(folder: Path, step: int) -> Iterator[dict[str, object]]:
    """Kill a run before its first change to a file, before its 1 + step-th, and so on until one comes to its end."""
    built = folder / "built"
    apart(lambda: build(built) or "")
    at, ended = 0, False
    while not ended:
        harm = folder / "harmed"
        shutil.copytree(built, harm, copy_function=os.link)
        ended = apart(lambda harm=harm, at=at: _renew_until(harm, at)) == "ended"
        yield {"at": at} | json.loads(apart(lambda harm=harm: json.dumps(_after(harm))))
        shutil.rmtree(harm)
        at += step


def _renew_until(folder: Path, at: int) -> str:
    done = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in CHANGES and str(folder) in str(arguments[0]):
            if done == at:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

    sys.addaudithook(watch)
    renew(folder)
    return "ended"


def killed_at_random(folder: Path, times: int, *, first: bool = False) -> Iterator[dict[str, object]]:
    """Kill runs after any time that they may take; `first` runs have no index to begin with."""
    built = folder / "built"
    apart(lambda: build(built) or "")
    began = time.monotonic()
    shutil.copytree(built, folder / "timed")
    apart(lambda: renew(folder / "timed") or "")
    takes = time.monotonic() - began
    chosen = random.Random(3)
    for _ in range(times):
        harm = folder / "harmed"
        if not first:
            shutil.copytree(built, harm, copy_function=os.link)
        after = chosen.uniform(0, 1.1 * takes)
        apart(lambda harm=harm: renew(harm) or "", kill_after=after)
        yield {"after": after} | _parsed(apart(lambda harm=harm: json.dumps(_after(harm))))
        shutil.rmtree(harm, ignore_errors=True)


def _after(folder: Path) -> dict[str, object]:
    """What there is after a run was killed, and after the next run."""
    try:
        index = opened(folder)
        # A first run may be killed just before it writes CURRENT: its generation serves, and says that this is gone.
        whole = (folder / "CURRENT").exists()
        if whole:
            index.verify()
        documents = index.contents().documents
        if documents == NEW and index.document("d0"):
            documents = -1  # one that was removed is back
        hit = index.search("note for the team" if documents == OLD else "boots laces", k=1).hits[0].document
        damage = index.search("parcel").damage if whole else ""
    except IndexMissing:
        documents, hit, damage = 0, "", ""
    renew(folder)
    index = opened(folder)
    index.verify()
    back = index.document("d0") is not None
    left = sorted(path.name for path in folder.iterdir() if path.name not in {"CURRENT", "generations", "write.lock"})
    left += sorted(path.name for path in (folder / "generations").iterdir())[1:]
    told = {"documents": documents, "hit": hit, "damage": damage, "next": index.contents().documents, "left": left}
    return told | {"back": back}


def full(folder: Path, rooms: list[int]) -> Iterator[dict[str, object]]:
    """Update an index on a small disk that has only so many kilobytes left, then again when there is room."""
    built = folder / "built"
    apart(lambda: build(built) or "")
    for room in rooms:
        harm = folder / "harmed"
        shutil.copytree(built, harm)
        fill(folder / "filler", room * 1024)
        said = apart(lambda harm=harm: _renew_on_full(harm))
        (folder / "filler").unlink()
        yield {"room": room, "said": said} | json.loads(apart(lambda harm=harm: json.dumps(_after(harm))))
        shutil.rmtree(harm)


def fill(file: Path, room: int) -> None:
    """Take a disk's space with a file, but for so many bytes."""
    about = os.statvfs(file.parent)
    file.write_bytes(b"\0" * max(0, about.f_bavail * about.f_bsize - room))


def _renew_on_full(folder: Path) -> str:
    try:
        renew(folder)
    except IndexUnwritable as error:
        return str(error)
    return "ended"


def apart(function: Callable[[], str], *, kill_after: float | None = None) -> str:
    """What a function returns in a child of this process; "signal 11" and the like where it ends the child."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where a panic is told
        try:
            said = function()
        except BaseException as error:
            said = f"fault: {error!r}"
        os.write(theirs, said.encode()[:60_000])
        os._exit(0)
    os.close(theirs)
    if kill_after is not None:
        select.select([ours], [], [], kill_after)
        os.kill(child, signal.SIGKILL)
    said = b"".join(iter(lambda: os.read(ours, 65_536), b"")).decode()
    os.close(ours)
    status = os.waitpid(child, 0)[1]
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) and kill_after is None else said


def _parsed(said: str) -> dict[str, object]:
    """What a child said; what went wrong in it is worth reading."""
    if not said.startswith("{"):
        raise RuntimeError(said)
    parsed: dict[str, object] = json.loads(said)
    return parsed


def lines(*arguments: object) -> list[dict[str, Any]]:
    """What this program prints when it is run with arguments, a line each."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.knowledge.faulty", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"},
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Print what is seen, a line of JSON each."""
    what, folder, *rest = sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]
    seen: Iterator[object] = {
        "harmed": lambda: map(asdict, harmed(folder, int(rest[0]), every_file="every" in rest)),
        "steps": lambda: killed_at_every_step(folder, int(rest[0])),
        "random": lambda: killed_at_random(folder, int(rest[0]), first="first" in rest),
        "full": lambda: full(folder, [int(room) for room in rest]),
    }[what]()
    for line in seen:
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
