"""Which sources are retired: followed in the log, so that every server leaves them out from the same event on."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.conversation import events as e
from console.conversation.assistance import SourceType
from console.conversation.people import Agent
from console.conversation.retire_events import SourceBroughtBack, SourceRetired
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.conversation.sources import Retired, RetiredSources
from console.desk.errors import Refused
from console.desk.live import LiveLog
from console.text import clean_line

KINDS: Final = ("source-retired", "source-brought-back")
"""The kinds of events that say what is retired."""

LONGEST: Final = 300
"""Characters of a source's name."""

MOST: Final = 2_000
"""Sources that may be retired at a time; content has fewer."""

REGRETTED: Final = timedelta(hours=1)
"""Within so long of its retirement, bringing a source back takes the mark back: nothing has changed."""

_MAY: Final = frozenset({SourceType.MACRO.value, SourceType.ARTICLE.value})


@dataclass(frozen=True, slots=True)
class _Standing:
    change: str
    retired: Retired


class Retiring:
    """The retired sources. Servers that share a log share them, for each is an event like any other."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._standing: dict[str, _Standing] = {}
        self._names: frozenset[str] = frozenset()
        self._seen = 0
        live.watchers.append(self._watch)

    async def start(self) -> None:
        """Read what is retired; call once, before anything else."""
        for event in await self._live.call(lambda log: log.of_kinds(KINDS)):
            self._watch(event)

    def names(self) -> frozenset[str]:
        """Return the retired sources as ``type:id``. From any thread."""
        return self._names

    def standing(self) -> dict[str, Retired]:
        """Return who retired each of them, and when."""
        return {source: one.retired for source, one in self._standing.items()}

    async def retire(self, lead: Agent, source: str) -> RetiredSources:
        """Retire a macro or an article, and mark the change; raises :class:`Refused` where that cannot be."""
        source, now = clean_line(source, LONGEST).strip(), self._now()
        kind, _, name = source.partition(":")
        if kind not in _MAY or not name:
            raise Refused("only macros and articles can be retired: what policies and behaviours say is in their files")
        async with self._live.lock("retiring"):
            if source not in self._standing:
                if len(self._standing) >= MOST:
                    raise Refused(f"{MOST:,} sources are retired already; take those out of the content")
                change = f"ch-{uuid.uuid4().hex[:12]}"
                words = f"{kind.capitalize()} {name} retired: no longer suggested"
                await self._record(
                    lead, SourceRetired(source, change, lead.name), ChangeMarked(change, now, words, lead.name)
                )
            return RetiredSources(tuple(sorted(self._standing)))

    async def bring_back(self, lead: Agent, source: str) -> RetiredSources:
        """Let replies be suggested from it again; one that is not retired stays as it is."""
        source, now = clean_line(source, LONGEST).strip(), self._now()
        async with self._live.lock("retiring"):
            standing = self._standing.get(source)
            if standing is not None:
                kind, _, name = source.partition(":")
                words = f"{kind.capitalize()} {name} brought back: suggested again"
                again: e.EventData = ChangeMarked(f"ch-{uuid.uuid4().hex[:12]}", now, words, lead.name)
                if now - standing.retired.at <= REGRETTED:
                    again = ChangeUnmarked(standing.change, lead.name)
                await self._record(lead, SourceBroughtBack(source, lead.name), again)
            return RetiredSources(tuple(sorted(self._standing)))

    async def _record(self, lead: Agent, *data: e.EventData) -> None:
        now = self._now()
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{lead.id}", one, now) for one in data])

    def _watch(self, event: e.Event) -> None:
        if event.seq <= self._seen:
            return
        match event.data:
            case SourceRetired(source=source, change=change, by=by):
                self._standing[source] = _Standing(change, Retired(event.at, by))
            case SourceBroughtBack(source=source):
                self._standing.pop(source, None)
            case _:
                return
        self._seen = event.seq
        self._names = frozenset(self._standing)
