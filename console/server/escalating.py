"""The review of escalations on a running desk: patterns, what is behind them, and thresholds tried on the past."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from time import monotonic
from typing import Final

import numpy as np

from console.content.behaviours import Behaviour
from console.content.shapes import BehaviourFile
from console.content.thresholds import Untunable, changed, difference, threshold_of
from console.conversation import events as e
from console.conversation.escalation_commands import Threshold, Trials
from console.conversation.escalations import Cases, Escalations, Part, Timing
from console.desk.errors import DeskError, NotFound
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.desk.thresholds import EscalationDecisions
from console.review.book import Book
from console.review.escalating.cases import cases
from console.review.escalating.handovers import TIMINGS, Handovers
from console.review.escalating.patterns import escalations_of
from console.review.escalating.replay import Judged, Replayed, replayed
from console.review.escalating.timing import timed
from console.review.escalating.trying import judged_of, trials_of
from console.review.reading import event_at
from console.review.reviewing.window import LEAD_IN, beginning
from console.server.following import Following, Progress
from console.toml import TomlError, parse_toml

AT_A_TIME: Final = 10
"""Conversations that are read and replayed between two words of how far it is."""

KEPT: Final = 120.0
"""Seconds for which what was tried last is not tried again, unless the behaviour is another by then."""

READ: Final = 400
"""Events of a conversation that are read for a replay."""


class Escalating:
    """Hand-overs from the bot to people, from the book that follows the log."""

    def __init__(self, following: Following, live: LiveLog, decisions: EscalationDecisions) -> None:
        self._following, self._live, self._decisions = following, live, decisions
        self._trying: dict[tuple[str, int], asyncio.Task[Trials]] = {}
        self._progress: dict[tuple[str, int], str] = {}
        self._kept: dict[tuple[str, int], tuple[float, Sequence[Judged], Trials]] = {}

    async def look(self, weeks: int, wait: float | None = None) -> Escalations:
        """Return the patterns of the last weeks; after ``wait`` seconds, instead, how far the look has come."""
        found = await self._following.look("escalations", weeks, escalations_of, wait)
        return Escalations(weeks=weeks, progress=found.words) if isinstance(found, Progress) else found

    async def cases(self, weeks: int, part: Part, name: str, timing: Timing | None) -> Cases:
        """Return the newest escalations of a pattern."""

        def read(log: EventLog, book: Book, until: datetime) -> Cases:
            return cases(book.of(Handovers), until, weeks, part, name, timing, partial(event_at, log))

        return await self._following.read(weeks, read)

    async def by_rule(self, weeks: int, conversation: str) -> Timing:
        """Return what the rule says of a conversation; raises :class:`NotFound` for one that is not judged."""

        def read(_: EventLog, book: Book, until: datetime) -> Timing | None:
            held = book.of(Handovers)
            found, place = timed(held, beginning(until, weeks) - LEAD_IN, until), held.place(conversation)
            at = [] if place is None else np.flatnonzero(found.rows == place).tolist()
            return TIMINGS[int(found.by_rule[at[0]])] if at else None

        timing = await self._following.read(weeks, read)
        if timing is None:
            raise NotFound("nothing is judged of this conversation in these weeks")
        return timing

    async def trials(self, weeks: int, behaviour: str, wait: float | None = None) -> Trials:
        """Return the thresholds tried on a behaviour's past; after ``wait`` seconds, instead, how far that is."""
        key = behaviour, weeks
        trying = self._trying.get(key)
        if trying is None:
            trying = self._trying[key] = asyncio.create_task(self._tried(key), name=f"thresholds of {behaviour}")
        done, _ = await asyncio.wait({trying}, timeout=wait)
        if not done:
            return Trials(behaviour, progress=self._progress.get(key, "beginning"))
        self._trying.pop(key, None)
        self._progress.pop(key, None)
        return trying.result()

    async def _tried(self, key: tuple[str, int]) -> Trials:
        behaviour, weeks = key
        try:
            file, text, digest = await self._decisions.read(behaviour)
            spec, now = await asyncio.to_thread(_spec, file, text)
        except (DeskError, Untunable) as error:
            return Trials(behaviour, why=str(error))
        judged, left_out = await self._following.read(
            weeks, lambda _, book, until: judged_of(book.of(Handovers), behaviour, until, weeks)
        )
        tried_at, of, kept = self._kept.get(key, (0.0, (), None))
        if (
            kept is not None
            and kept.digest == digest
            and monotonic() - tried_at < KEPT
            and not _judged_anew(of, judged)
        ):
            return kept
        past: list[Replayed] = []
        for place in range(0, len(judged), AT_A_TIME):
            self._progress[key] = f"{place} of {len(judged)} conversations replayed"
            some = judged[place : place + AT_A_TIME]
            histories = await self._live.call(partial(_read, judged=some))
            past += await asyncio.to_thread(_replay, spec, some, histories)
        found = trials_of(past, behaviour, spec.title, now, left_out)
        undo = await self._decisions.newest(behaviour, digest)
        back = (undo.change, undo.words) if undo else ("", "")
        found = _with_diffs(replace(found, digest=digest, undo=back[0], undo_words=back[1]), text, file)
        self._kept = {key: (monotonic(), judged, found)}
        return found


def _judged_anew(of: Sequence[Judged], now: Sequence[Judged]) -> bool:
    """Whether a lead has judged one of these conversations since; others that came meanwhile can wait."""
    before = {one.conversation: one for one in of}
    return any(before.get(one.conversation, one) != one for one in now)


def _spec(file: str, text: str) -> tuple[Behaviour, Threshold]:
    """Return a behaviour as its file says it; raises :class:`Untunable` where nobody can read that."""
    try:
        shape = parse_toml(text, BehaviourFile, file)
    except TomlError as error:
        raise Untunable(f"the behaviour's file cannot be used: {error}") from error
    return shape.build(PurePosixPath(file).stem), threshold_of(text)


def _read(log: EventLog, judged: Sequence[Judged]) -> list[list[e.Event]]:
    return [log.read(0, conversation=one.conversation, limit=READ) for one in judged]


def _replay(spec: Behaviour, judged: Sequence[Judged], histories: Sequence[Sequence[e.Event]]) -> list[Replayed]:
    found = (replayed(one, spec, events) for one, events in zip(judged, histories, strict=True) if events)
    return [one for one in found if one is not None]


def _with_diffs(found: Trials, text: str, file: str) -> Trials:
    """Return the trials with what each would change in the file; those that cannot be had so are left out."""
    trials = []
    for trial in found.trials:
        try:
            trials.append(replace(trial, diff=difference(text, changed(text, trial.threshold), file)))
        except Untunable:
            if trial.threshold == found.now:
                trials.append(trial)
    return replace(found, trials=tuple(trials))
