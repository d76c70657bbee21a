"""What could be automated, kept on disk for the next look: numbers and ids, and no word that a customer wrote.

Questions are read from the log again: where one of them is gone, so is the answer. It stands until one in a hundred
conversations is another, or the content; of another log, or another program, it is passed over.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

import structlog

from console.conversation import events as e
from console.conversation.automation import Automation
from console.conversation.codec import decode, encode
from console.review.automating.grouping import Grouped
from console.review.automating.questions import question_of
from console.review.automating.routine import Told
from console.review.book import ERASURES
from console.review.edition import edition
from console.review.reviewing.columns import NONE

NEW: Final = 100
"""One conversation of so many may be another before an answer is made anew."""

AT_A_TIME: Final = 500
"""Conversations whose questions are read together."""

NAME: Final = "automation"

_log = structlog.get_logger(__name__)

Read = Callable[[Sequence[int]], Sequence[e.Event]]
"""Returns the events of these numbers that are not erased."""


class AskedLog(Protocol):
    """What is read; see :class:`console.desk.log.EventLog`."""

    def of_kinds(self, kinds: Sequence[str], *, after: int = 0) -> list[e.Event]:
        """Return events of these kinds, in order."""

    def of_numbers(self, numbers: Sequence[int]) -> list[e.Event]:
        """Return the events of these numbers, in order."""

    def mark(self, seq: int) -> str:
        """Return what tells this log, up to an event's number, from every other."""


@dataclass(frozen=True, slots=True)
class Of:
    """What an answer is of."""

    weeks: int
    content: str
    """The edition of the content."""
    conversations: int
    """How many there were to look at."""

    def stands(self, now: "Of") -> bool:
        """Return whether an answer of this is one of ``now`` as well."""
        few = abs(self.conversations - now.conversations) * NEW <= self.conversations
        return few and (self.weeks, self.content) == (now.weeks, now.content)


class AutomationFile:
    """Where the answer of some weeks is kept, in the folder of books."""

    def __init__(self, books: Path | None, weeks: int) -> None:
        """Without a folder it is kept nowhere."""
        self.path = books / f"{NAME}-{weeks}.json" if books else None

    def load(self, log: AskedLog, of: Of, told: Told) -> Automation | None:
        """Return the answer, its questions read from the log; ``None`` where there is none that stands.

        ``told`` are the conversations that there are now.
        """
        said = self._read(log)
        if said is None or not Of(**said["of"]).stands(of):
            return None
        bare, speakers = decode(Automation, said["automation"]), said["speakers"]
        names = {*speakers, *(sample.conversation for matter in bare.matters for sample in matter.samples)}
        places = {name: place for place, name in enumerate(told.ids) if name in names}
        if len(places) < len(names):
            return None
        asked = questions_in(log.of_numbers, told.at(list(places.values())))
        texts = {name: text for name, (text, _) in zip(places, asked, strict=True)}
        return _worded(bare, speakers, texts) if all(texts.values()) else None

    def save(self, grouped: Grouped, of: Of, log: AskedLog, seq: int) -> None:
        """Keep an answer that was made of the log up to an event; nothing is kept where that fails."""
        mark = log.mark(seq)
        if self.path is None or not mark:
            return
        speakers = [grouped.ids[group.speaker] for group in grouped.groups[: len(grouped.automation.matters)]]
        said = {"edition": edition(), "mark": mark, "seq": seq, "of": encode(of), "speakers": speakers}
        try:
            _write(self.path, said | {"automation": encode(_bare(grouped.automation))})
        except OSError as error:
            _log.warning("what could be automated is not kept; it is made anew next time", why=str(error))

    def check(self, log: AskedLog) -> None:
        """Delete the file where anything was erased since, or it is of no use. Raises ``OSError``."""
        if self.path is not None and self.path.exists() and self._read(log) is None:
            self.path.unlink(missing_ok=True)

    def _read(self, log: AskedLog) -> Mapping[str, Any] | None:
        try:
            said = json.loads(self.path.read_bytes()) if self.path else None
            if not said or said["edition"] != edition() or said["mark"] != log.mark(said["seq"]):
                return None
            return None if log.of_kinds(ERASURES, after=said["seq"]) else said
        except (OSError, ValueError, KeyError, TypeError):
            return None


def kept_in(books: Path) -> Iterator[AutomationFile]:
    """Yield the files that there are."""
    for file in books.glob(f"{NAME}-*.json"):
        yield AutomationFile(books, int(file.stem.partition("-")[2]))


def forget_answers(books: Path) -> None:
    """Delete every answer, and what a killed program left of one. Raises ``OSError``."""
    for file in (*books.glob(f"{NAME}-*.json"), *books.glob(f".{NAME}-*")):
        file.unlink(missing_ok=True)


def questions_in(read: Read, told: Told) -> list[tuple[str, str]]:
    """Return what each conversation came with, personal details as slots, and who asked; empty where it was nothing."""
    rows = list(zip(*(told.of(name).tolist() for name in ("opened", "asked", "more")), strict=True))
    found: list[tuple[str, str]] = []
    for at in range(0, len(rows), AT_A_TIME):
        some = rows[at : at + AT_A_TIME]
        events = {event.seq: event for event in read(sorted({n for row in some for n in row if n != NONE}))}
        found += [question_of(*(events.get(number) for number in row)) for row in some]
    return found


def _bare(automation: Automation) -> Automation:
    matters = (
        replace(one, question="", samples=tuple(replace(sample, question="") for sample in one.samples))
        for one in automation.matters
    )
    return replace(automation, matters=tuple(matters))


def _worded(bare: Automation, speakers: Sequence[str], texts: Mapping[str, str]) -> Automation:
    matters = (
        replace(
            one,
            question=texts[speaker],
            samples=tuple(replace(sample, question=texts[sample.conversation]) for sample in one.samples),
        )
        for one, speaker in zip(bare.matters, speakers, strict=True)
    )
    return replace(bare, matters=tuple(matters))


def _write(path: Path, said: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(said, opened)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
