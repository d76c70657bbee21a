"""A lead's decisions on hand-overs: what they judge, and when a behaviour hands over. Each is an event."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from console.content.errors import ContentError
from console.content.thresholds import Untunable, changed, threshold_of
from console.conversation import events as e
from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, ThresholdNow
from console.conversation.escalation_events import EscalationJudged, ThresholdChanged, ThresholdRestored
from console.conversation.escalations import Timing
from console.conversation.people import Agent
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.desk.errors import NotFound, Refused, Taken
from console.desk.live import LiveLog
from console.text import clean, shorten

LONGEST: Final = 500
"""Characters of a reason."""

REGRETTED: Final = timedelta(days=1)
"""Within which a change that is taken back counts as never made: its mark goes with it."""

KINDS: Final = ("threshold-changed", "threshold-restored")


class BehaviourFiles(Protocol):
    """The files of the behaviours in force. Calls block."""

    def read(self, behaviour: str) -> tuple[str, str, str]:
        """Return a behaviour's file: its path within the content, its text, its SHA-256. Raises ``Untunable``."""

    def replace(self, file: str, digest: str, text: str) -> str:
        """Put another text in place of one that is as it was; return the new SHA-256.

        Raises ``Untunable`` where it was changed since, ``ContentError`` where the content could not be judged by with
        it, ``OSError`` where it cannot be written.
        """


class EscalationDecisions:
    """Records them; see :mod:`console.review.escalating` for what becomes of them."""

    def __init__(self, live: LiveLog, files: BehaviourFiles | None, now: Callable[[], datetime]) -> None:
        self._live, self._files, self._now = live, files, now
        self._lock = asyncio.Lock()

    async def judge(self, lead: Agent, command: JudgeEscalation, by_rule: Timing) -> None:
        """Judge when a conversation was given to people; a later judgement replaces an earlier one."""
        reason = clean(command.reason, LONGEST).strip()
        await self._live.state(command.conversation)
        if command.timing is not by_rule and not reason:
            raise Refused("write in a few words why, where you judge otherwise than the rule")
        await self._record(lead, command.conversation, EscalationJudged(command.timing, by_rule, reason, lead.name))

    async def change(self, lead: Agent, command: ChangeThreshold) -> ThresholdNow:
        """Publish a behaviour with another threshold, and mark that it changed."""
        async with self._lock, self._live.lock(e.WORKSPACE):
            file, text, digest = await self._read(command.behaviour)
            if digest != command.digest:
                raise Taken("the behaviour was changed meanwhile; look again at what would happen now")
            try:
                new, was = changed(text, command.threshold), threshold_of(text)
            except Untunable as why:
                raise Refused(str(why)) from why
            if new == text:
                raise Refused("it hands over by this threshold already")
            words = f"Behaviour {command.behaviour}: hands over {command.threshold.words} instead of {was.words}"
            now_digest = await self._replace(file, digest, new)
            mark = f"ch-{uuid.uuid4().hex[:12]}"
            done = ThresholdChanged(mark, command.behaviour, words, file, text, now_digest, lead.name)
            await self._record(lead, e.WORKSPACE, done, ChangeMarked(mark, self._now(), words, lead.name))
            return ThresholdNow(mark, words)

    async def restore(self, lead: Agent, change: str) -> ThresholdNow:
        """Take such a change back, where the behaviour's file is still as it was left."""
        async with self._lock, self._live.lock(e.WORKSPACE):
            done, at = await self._standing(change)
            await self._replace(done.file, done.digest, done.text)
            words = f"Behaviour {done.behaviour}: hands over {threshold_of(done.text).words} again"
            now = self._now()
            back: tuple[e.EventData, ...] = (ChangeMarked(f"{change}-back", now, words, lead.name),)
            if now - at <= REGRETTED:
                back = (ChangeUnmarked(change, lead.name),)
            await self._record(lead, e.WORKSPACE, ThresholdRestored(change, lead.name), *back)
            return ThresholdNow(change, words)

    async def newest(self, behaviour: str, digest: str) -> ThresholdChanged | None:
        """Return the newest change of a behaviour that can be taken back; ``None`` where its file is another now."""
        changes = await self._changes()
        mine = [one for one, _ in changes.values() if one.behaviour == behaviour and one.digest == digest]
        return mine[-1] if mine else None

    async def _standing(self, change: str) -> tuple[ThresholdChanged, datetime]:
        found = (await self._changes()).get(change)
        if found is None:
            raise NotFound("there is no such change any more")
        return found

    async def _changes(self) -> dict[str, tuple[ThresholdChanged, datetime]]:
        """Return the changes that were not taken back, the oldest first."""
        standing: dict[str, tuple[ThresholdChanged, datetime]] = {}
        for event in await self._live.call(lambda log: log.of_kinds(KINDS)):
            match event.data:
                case ThresholdChanged(change=change):
                    standing[change] = event.data, event.at
                case ThresholdRestored(change=change):
                    standing.pop(change, None)
                case _:
                    pass
        return standing

    async def read(self, behaviour: str) -> tuple[str, str, str]:
        """Return a behaviour's file, its text and its SHA-256; raises :class:`Refused` where nothing can be changed."""
        return await self._read(behaviour)

    async def _read(self, behaviour: str) -> tuple[str, str, str]:
        try:
            return await asyncio.to_thread(self._here().read, behaviour)
        except Untunable as why:
            raise Refused(str(why)) from why
        except OSError as error:
            raise Refused(f"the behaviour's file cannot be read ({error.strerror or error})") from error

    async def _replace(self, file: str, digest: str, text: str) -> str:
        try:
            return await asyncio.to_thread(self._here().replace, file, digest, text)
        except Untunable as why:
            raise Taken(str(why)) from why
        except ContentError as error:
            raise Refused(f"the content cannot be judged by with this: {shorten(str(error), LONGEST)}") from error
        except OSError as error:
            raise Refused(f"the behaviour's file cannot be written ({error.strerror or error})") from error

    def _here(self) -> BehaviourFiles:
        if self._files is None:
            raise Refused("this desk has no content of its own that could be changed")
        return self._files

    async def _record(self, lead: Agent, conversation: str, *data: e.EventData) -> None:
        await self._live.record([e.NewEvent(conversation, f"agent:{lead.id}", one, self._now()) for one in data])
