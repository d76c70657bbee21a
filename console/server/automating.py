"""What people ask again and again on a running desk: questions read from the log, put together off the event loop.

Where the log is long, answers are made ahead of any look, and kept on disk; who looks before that sees what the newest
questions tell while the others are read. Questions and what was made of them stay for the newest look alone, and go
when anything is erased. Vectors are kept of so many texts at most.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import structlog

from console.assist.engine import Engine
from console.assist.slotting import spoken
from console.assist.vectors import VectorCache
from console.content.conversations import Transcript
from console.content.errors import ContentError
from console.content.library import Library
from console.content.loader import load_library
from console.conversation import events as e
from console.conversation.automation import Automation
from console.conversation.behaviour_draft_events import Tried
from console.conversation.content_events import ContentPublished
from console.conversation.erasure_events import forgotten
from console.conversation.reviews import WEEKS
from console.conversation.state import fold
from console.desk.behaviour_drafts import BehaviourDrafts, BehaviourShelf
from console.desk.desk import Desk
from console.desk.errors import DeskError, NotFound, Refused
from console.desk.log import EventLog
from console.past.anonymity import CommonWords
from console.review.automating.drafting import Drafting, draft_of
from console.review.automating.grouping import Group, Grouped, grouped
from console.review.automating.keeping import AutomationFile, Of, forget_answers, questions_in
from console.review.automating.openings import Openings
from console.review.automating.report import MOST
from console.review.automating.routine import Told, told
from console.review.automating.trying import sample, tried
from console.review.book import Book
from console.review.dry_run import Rules
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import beginning
from console.server.following import Following, Progress

CHUNK: Final = 200
"""Questions that are read, and embedded, at a time: others have their turn between them."""

NEWEST: Final = 200
"""Questions that a first answer is of: about half a second's work."""

LONG: Final = 20_000
"""Events of a log from which on somebody would wait for an answer that is not there yet."""

FIRST: Final = 120.0
"""Seconds after a start in which the desk has other work."""

EVERY: Final = 3_600.0
"""Seconds between two looks at whether the answers on disk still stand: one that is made takes up to half a minute."""

SETTLED: Final = 20.0
"""Seconds after new content or an erasure: others often follow."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was made of the questions, and they themselves."""

    grouped: Grouped
    texts: tuple[str, ...]
    whose: tuple[str, ...]
    """Who asked each: ids of customers."""
    vectors: Any


class Automating:
    """One look at a time; the newest is kept. ``content`` is the folder that the desk judges by."""

    def __init__(
        self, desk: Desk, following: Following, content: Path, shelf: BehaviourShelf, books: Path | None = None
    ) -> None:
        """``books`` is the folder in which answers are kept for the next start."""
        self.drafts = BehaviourDrafts(desk.live, partial(checked, content), shelf, desk.now)
        self._desk, self._following, self._content = desk, following, content
        self._books = books
        self._kept: tuple[Of, Looked] | None = None
        """What was made last, and of what."""
        self._forgotten = 0
        """How often anything was erased: what is made meanwhile is not kept."""
        self._under_way: dict[int, asyncio.Task[Automation]] = {}
        self._early: dict[int, asyncio.Future[Automation]] = {}
        """What the newest questions tell, of looks that are under way."""
        self._outdated = asyncio.Event()
        self._vectors: VectorCache | None = None
        self._wanted = False
        """Whether somebody has looked: then what was made stays, for a draft."""
        self.progress = ""
        desk.live.watchers.append(self._watch)

    async def run(self) -> None:
        """Keep the answers on disk ahead of who looks, until it is cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            self._outdated.clear()
            await self.keep_up()
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._outdated.wait()
                await asyncio.sleep(SETTLED)

    async def keep_up(self) -> None:
        """Make the answers anew that do not stand any more, where it would take long while somebody waits."""
        if self._books is None or self._desk.live.seq < LONG:
            return
        try:
            for weeks in WEEKS:
                await self._shared(weeks)
        except (DeskError, ContentError) as error:
            _log.info("what could be automated is not made ahead", why=str(error))
        finally:
            if not self._wanted:
                self._kept = self._vectors = None

    async def look(self, weeks: int, wait: float | None = None) -> Automation:
        """Return the matters of the last weeks; after ``wait`` seconds, instead, how far the look has come.

        With that comes what the newest questions tell, and the first time it comes as soon as it is there.
        """
        self._wanted = True
        task = self._shared(weeks)
        early = self._early.get(weeks)
        shown = wait is None or early is None or early.done()
        waited: set[asyncio.Future[Automation]] = {task} if shown or early is None else {task, early}
        await asyncio.wait(waited, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        early = self._early.get(weeks)  # gone where anything was erased meanwhile
        found = early.result() if early is not None and early.done() else Automation()
        return replace(found, progress=self.progress or "beginning")

    def _shared(self, weeks: int) -> asyncio.Task[Automation]:
        """Return the look at some weeks that is under way, or begin it."""
        task = self._under_way.get(weeks)
        if task is None:
            task = self._under_way[weeks] = asyncio.create_task(self._look(weeks), name=f"matters of {weeks} weeks")
            task.add_done_callback(partial(self._over, weeks))
            self._early[weeks] = asyncio.get_running_loop().create_future()
        return task

    def _over(self, weeks: int, _: object) -> None:
        self._under_way.pop(weeks, None)
        self._early.pop(weeks, None)

    async def _look(self, weeks: int) -> Automation:
        """Return what was made last, or lies on disk, where it stands; otherwise make it."""
        forgotten = self._forgotten
        _, found, of = await self._there_is(weeks)
        if self._kept is None or not self._kept[0].stands(of):
            file = AutomationFile(self._books, weeks)
            known = await self._desk.live.call(lambda log: file.load(log, of, found[0]))
            if known is not None and forgotten == self._forgotten:
                return known
        return (await self._looked(weeks)).grouped.automation

    async def _looked(self, weeks: int) -> Looked:
        try:
            forgotten, seq = self._forgotten, self._desk.live.seq
            library, found, of = await self._there_is(weeks)
            if self._kept is not None and self._kept[0].stands(of):
                return self._kept[1]
            looked = await self._made(*found, library, weeks)
            if forgotten == self._forgotten:
                self._kept, file = (of, looked), AutomationFile(self._books, weeks)
                await self._desk.live.call(lambda log: file.save(looked.grouped, of, log, seq))
                if forgotten != self._forgotten:  # erased while it was written
                    self._forget()
            return looked
        finally:
            self.progress = ""

    async def _there_is(self, weeks: int) -> tuple[Library, tuple[Told, int], Of]:
        """Return the content and the conversations as they are now."""
        library = await asyncio.to_thread(load_library, self._content)
        found = await self._following.look("talks", weeks, _told)
        assert not isinstance(found, Progress)  # noqa: S101 - it was waited for
        return library, found, Of(weeks, library.edition, len(found[0].ids) + found[1])

    async def _made(self, found: Told, left: int, library: Library, weeks: int) -> Looked:
        older = len(found.ids) - NEWEST
        if older > NEWEST:
            newest = found.at(range(older, len(found.ids)))
            first = await self._put_together(newest, left + older, library, weeks)
            early = self._early.get(weeks)
            if early is not None and not early.done():
                early.set_result(first.grouped.automation)
        return await self._put_together(found, left, library, weeks)

    async def _put_together(self, found: Told, left: int, library: Library, weeks: int) -> Looked:
        asked: list[tuple[str, str]] = []
        for at in range(0, len(found.ids), CHUNK):
            self.progress = f"{at:,} of {len(found.ids):,} questions read"
            some = found.at(range(at, min(at + CHUNK, len(found.ids))))
            asked += await self._desk.live.call(lambda log, some=some: questions_in(log.of_numbers, some))  # type: ignore[misc]
        places = [place for place, (text, _) in enumerate(asked) if text]
        kept = found.at(places)
        texts, whose = [asked[place][0] for place in places], [asked[place][1] for place in places]
        vectors = await self._embedded(texts)
        self.progress = f"putting {len(texts):,} questions together"
        behaviours = {one.intent: one for one in library.behaviours}
        made = await asyncio.to_thread(grouped, kept, texts, vectors, behaviours, weeks, left)
        return Looked(made, tuple(texts), tuple(whose), vectors)

    async def _embedded(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - unit rows
        embed = self._embed()
        rows = []
        for at in range(0, len(texts), CHUNK):
            self.progress = f"{at:,} of {len(texts):,} questions understood"
            rows.append(await asyncio.to_thread(embed.encode, [spoken(text) for text in texts[at : at + CHUNK]]))
        return np.concatenate(rows) if rows else np.zeros((0, 1), dtype=np.float32)

    def _embed(self) -> VectorCache:
        if self._vectors is None:
            self._vectors = VectorCache(self._desk.librarian, MOST)
        return self._vectors

    async def draft(self, weeks: int, matter: str) -> tuple[Drafting, str, tuple[str, ...], Tried]:
        """Return a draft for a matter, its question, the conversations whose words stand in it, and its dry run."""
        looked, group = await self._group(weeks, matter)
        if group.matter.reserved:
            raise Refused("this matter is for people: nothing is drafted for the bot")
        drafting = await asyncio.to_thread(self._draft, looked, group)
        if drafting is None:
            raise Refused("too few of these questions can be quoted without telling about a customer")
        ids = tuple(dict.fromkeys(looked.grouped.ids[place] for place in drafting.places))
        tried_ = await self._try(looked, group, drafting.intent, drafting.text)
        return drafting, group.matter.question, ids, tried_

    async def tried(self, weeks: int, question: str, intent: str, text: str) -> Tried:
        """Return the dry run of a changed draft, on the matter that has its question; of none where it is gone."""
        looked = await self._looked(weeks)
        found = next((one for one in looked.grouped.groups if one.matter.question == question), None)
        if found is None:
            await asyncio.to_thread(checked, self._content, intent, text)
            return Tried()
        return await self._try(looked, found, intent, text)

    async def _group(self, weeks: int, matter: str) -> tuple[Looked, Group]:
        looked = await self._looked(weeks)
        found = next((one for one in looked.grouped.groups if one.matter.id == matter), None)
        if found is None:
            raise NotFound("this matter is not among those of today; look again")
        return looked, found

    def _draft(self, looked: Looked, group: Group) -> Drafting | None:
        library = load_library(self._content)
        common = CommonWords.of(list(zip(looked.whose, looked.texts, strict=True)), [m.text for m in library.macros])
        taken = [one.intent for one in library.behaviours]
        quoted = group.routine or group.places
        return draft_of(group.matter, quoted, looked.texts, looked.vectors, common, taken, group.places)

    async def _try(self, looked: Looked, group: Group, intent: str, text: str) -> Tried:
        ids = looked.grouped.ids
        places = sample(group, len(ids))
        transcripts = {}
        for place in (*places[0], *places[1]):
            transcripts[place] = await self._desk.live.call(partial(_transcript, name=ids[place]))

        def run() -> Tried:
            library = checked(self._content, intent, text)
            engine = Engine(library, self._embed())
            return tried(
                Rules(library, engine.router, engine.triggers), intent, transcripts.get, group, places, self._say
            )

        try:
            return await asyncio.to_thread(run)
        finally:
            self.progress = ""

    def _say(self, words: str) -> None:
        self.progress = words

    def _watch(self, event: e.Event) -> None:
        erased = forgotten(event.data) is not None
        if erased:
            self._forgotten += 1
            self._early.clear()
            self._forget()
        if erased or isinstance(event.data, ContentPublished):
            self._outdated.set()

    def _forget(self) -> None:
        self._kept = None
        self._vectors = None
        if self._books is None:
            return
        try:
            forget_answers(self._books)
        except OSError as error:
            _log.error("what could be automated could not be deleted", file=error.filename, why=error.strerror)


def checked(content: Path, intent: str, text: str) -> Library:
    """Return the content with a behaviour beside those there are; raises :class:`Refused` where it cannot be used."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "behaviours"
        if (content / "behaviours").is_dir():
            shutil.copytree(content / "behaviours", folder)
        folder.mkdir(exist_ok=True)
        (folder / f"{intent}.toml").write_text(text, encoding="utf-8")
        try:
            return load_library(content, folder)
        except ContentError as error:
            raise Refused(str(error).replace(f"{place}/", "")) from error


def _told(book: Book, until: datetime, weeks: int) -> tuple[Told, int]:
    since = microseconds(beginning(until, weeks))
    return told(book.of(Openings), book.of(Ledger), since, microseconds(until), MOST)


def _transcript(log: EventLog, name: str) -> Transcript | None:
    events = log.read(0, conversation=name, limit=2_000)
    if not events:
        return None
    state = fold(name, events)
    return Transcript(state.id, state.customer, tuple(state.messages), state.resolved, state.disposition)
