"""What is behind a figure of quality, and what is to be marked next; the words are read from the log."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.quality import CriterionMark, Opinion, place_by_chance
from console.conversation.quality_commands import AskedMarks
from console.conversation.quality_events import QualityMarked, QualityScored
from console.conversation.quality_review import MARKS, Marked, MarkedList, Said
from console.conversation.reviews import By
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Named, Weeks, weeks_of
from console.review.reviewing.columns import NONE, Numbers
from console.review.reviewing.ledger import moment

MOST: Final = 50
"""Conversations that are shown behind a figure."""

QUEUED: Final = 12
"""Criteria of the queue that are read at a time."""

LINES: Final = 40
"""Messages of a conversation that whoever marks it reads here; the transcript has all."""

LINE: Final = 400
"""Characters of each."""

EventAt = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where it was erased."""

Messages = Callable[[str], Sequence[e.Event]]
"""Returns the events of a conversation."""


def behind(seen: Weeks, asked: AskedMarks, named: Named, event_at: EventAt) -> MarkedList:
    """Return the conversations that have this mark for a criterion, the newest first."""
    fold = seen.fold
    chosen = (seen.criterion == fold.criteria.find(asked.criterion)) & (seen.mark == MARKS.index(asked.mark))
    if asked.by in {By.INTENT, By.TEAM}:
        names = fold.intents if asked.by is By.INTENT else fold.teams
        chosen &= fold.talks.of(asked.by.value)[seen.talk] == names.find(asked.name)
    if asked.week is not None:
        place = (asked.week - seen.since.date()).days // 7
        chosen &= seen.week(seen.talk) == place
    rows = np.flatnonzero(chosen)
    newest = rows[np.argsort(-fold.talks.where(seen.talk[rows], "closed"), kind="stable")][:MOST]
    found = (told(seen, int(row), named, event_at) for row in newest)
    return MarkedList(len(rows), tuple(one for one in found if one is not None))


def told(seen: Weeks, row: int, named: Named, event_at: EventAt) -> Marked | None:
    """Return a mark in words; ``None`` where it was erased."""
    fold, talk = seen.fold, int(seen.talk[row])
    one = _bare(seen, talk, fold.criteria[int(seen.criterion[row])], named)
    scored = event_at(fold.talks.get(talk, "scored"), one.conversation)
    mark: CriterionMark | None = None
    if scored is not None and isinstance(scored.data, QualityScored):
        mark = next((m for m in scored.data.marks if m.criterion == one.criterion), None)
    said = fold.marks.get(int(seen.rows[row]), "said")
    person = event_at(said, one.conversation) if said != NONE else None
    given = person.data if person is not None and isinstance(person.data, QualityMarked) else None
    if mark is None and given is None:
        return None
    if mark is not None:
        one = replace(one, engine=mark.mark, reason=mark.reason, evidence=mark.evidence)
    if (second := fold.talks.get(talk, "second")) != NONE:
        one = replace(one, opinion=_opinion(event_at(second, one.conversation), one.criterion))
    return replace(one, person=given.mark, by=given.by, person_reason=given.reason) if given else one


def _opinion(event: e.Event | None, criterion: str) -> Opinion | None:
    """Return what a language model thinks of a criterion; ``None`` where it said nothing that holds."""
    if event is None or not isinstance(event.data, QualityScored):
        return None
    found = next((mark for mark in event.data.marks if mark.criterion == criterion), None)
    return Opinion(found.mark, found.reason, found.evidence, event.data.engine) if found else None


def of_conversation(events: Sequence[e.Event], named: Named) -> MarkedList:
    """Return every criterion of a closed conversation with its marks, given its events; none where nothing is marked.

    However long ago it was closed; a criterion of the rubric in force that the engine has not marked can be marked.
    """
    if not events:
        return MarkedList(0, ())
    fold = QualityMarks(events[0].at)
    for event in events:
        fold.take(event)
    closed = fold.talks.get(0, "closed") if len(fold.talks) else NONE
    if closed == NONE or fold.talks.get(0, "agent") == NONE:
        return MarkedList(0, ())
    seen, at = weeks_of(fold, moment(closed), 1), {event.seq: event for event in events}
    rows = {fold.criteria[int(number)]: row for row, number in enumerate(seen.criterion)}
    found = [
        told(seen, rows[name], named, lambda seq, _: at.get(seq)) if name in rows else _bare(seen, 0, name, named)
        for name in named.criteria or rows
    ]
    marked = tuple(one for one in found if one is not None)
    return MarkedList(len(marked), marked)


def waiting(seen: Weeks, named: Named, messages: Messages) -> MarkedList:
    """Return what is to be marked next: all criteria of one conversation after another, in an order of chance.

    The order is a digest of the ids, so that whoever marks from the top marks a fair sample. The engine's marks are not
    told. Criteria that a person has marked are passed over.
    """
    fold = seen.fold
    scored = seen.talks[fold.talks.where(seen.talks, "scored") != NONE]
    names = [fold.conversations[int(number)] for number in fold.talks.where(scored, "conversation")]
    ordered = [int(scored[place]) for place in np.argsort(_orders(names), kind="stable")]
    criteria = list(named.criteria or dict.fromkeys(fold.criteria, ("", "")))
    total, open_ = 0, list[tuple[int, str]]()
    for talk in ordered:
        left = [name for name in criteria if _unmarked(seen, talk, name)]
        total += len(left)
        if len(open_) < QUEUED:
            open_ += [(talk, name) for name in left]
    lines = {talk: _lines(messages(_name(seen, talk))) for talk in dict.fromkeys(talk for talk, _ in open_[:QUEUED])}
    found = [_bare(seen, talk, name, named, lines[talk]) for talk, name in open_[:QUEUED]]
    return MarkedList(total, tuple(one for one in found if one.lines))


def _unmarked(seen: Weeks, talk: int, criterion: str) -> bool:
    place = seen.fold.place(talk, seen.fold.criteria.find(criterion))
    return place is not None and seen.fold.marks.get(place, "person") == NONE


def _name(seen: Weeks, talk: int) -> str:
    return seen.fold.conversations[seen.fold.talks.get(talk, "conversation")]


def _bare(seen: Weeks, talk: int, criterion: str, named: Named, lines: tuple[Said, ...] = ()) -> Marked:
    held = seen.fold.talks
    title, text = (named.criteria or {}).get(criterion, (criterion, ""))
    intent, generated = seen.fold.intents[held.get(talk, "intent")], held.get(talk, "generated") == 1
    at = moment(held.get(talk, "closed"))
    return Marked(_name(seen, talk), criterion, title, at, intent, generated=generated, text=text, lines=lines)


def _lines(events: Sequence[e.Event]) -> tuple[Said, ...]:
    said = [event.data for event in events if isinstance(event.data, e.MessageAdded)]
    lines = [Said(f"m{place}", data.role.value, _cut(data.text)) for place, data in enumerate(said, 1)]
    wanted = [place for place, data in enumerate(said) if data.role is Author.AGENT]
    start = max(0, min(wanted[0] - LINES // 4 if wanted else 0, len(lines) - LINES))
    return tuple(lines[start : start + LINES])


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LINE else f"{plain[: LINE - 1]}…"


def _orders(names: Sequence[str]) -> Numbers:
    return np.array([place_by_chance(name) for name in names], dtype=np.int64)
