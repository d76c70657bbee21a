"""What people ask again and again on a running desk: questions read from the log, put together off the event loop.

Questions and what was made of them stay for the newest look alone, and go when anything is erased. Vectors are kept of
so many texts at most.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

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
from console.conversation.erasure_events import forgotten
from console.conversation.state import fold
from console.desk.behaviour_drafts import BehaviourDrafts, BehaviourShelf
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.log import EventLog
from console.past.anonymity import CommonWords
from console.review.automating.drafting import Drafting, draft_of
from console.review.automating.grouping import Group, Grouped, grouped
from console.review.automating.openings import Openings
from console.review.automating.questions import question_of
from console.review.automating.report import MOST
from console.review.automating.routine import Told, told
from console.review.automating.trying import sample, tried
from console.review.book import Book
from console.review.dry_run import Rules
from console.review.reading import event_at
from console.review.reviewing.columns import NONE
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import beginning
from console.server.following import Following, Progress

CHUNK: Final = 200
"""Questions that are read, and embedded, at a time: others have their turn between them."""


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

    def __init__(self, desk: Desk, following: Following, content: Path, shelf: BehaviourShelf) -> None:
        self.drafts = BehaviourDrafts(desk.live, partial(checked, content), shelf, desk.now)
        self._desk, self._following, self._content = desk, following, content
        self._kept: tuple[tuple[Told, int], str, Looked] | None = None
        """What was counted, the content's edition, and what was made of both."""
        self._under_way: dict[int, asyncio.Task[Looked]] = {}
        self._vectors: VectorCache | None = None
        self.progress = ""
        desk.live.watchers.append(self._watch)

    async def look(self, weeks: int, wait: float | None = None) -> Automation:
        """Return the matters of the last weeks; after ``wait`` seconds, instead, how far the look has come."""
        task = self._under_way.get(weeks)
        if task is None:
            task = self._under_way[weeks] = asyncio.create_task(self._look(weeks), name=f"matters of {weeks} weeks")
            task.add_done_callback(lambda _: self._under_way.pop(weeks, None))
        done, _ = await asyncio.wait({task}, timeout=wait)
        return task.result().grouped.automation if done else Automation(progress=self.progress or "beginning")

    async def _look(self, weeks: int) -> Looked:
        try:
            library = await asyncio.to_thread(load_library, self._content)
            found = await self._following.look("talks", weeks, _told)
            assert not isinstance(found, Progress)  # noqa: S101 - it was waited for
            kept = self._kept
            if kept is not None and kept[0] is found and kept[1] == library.edition:
                return kept[2]
            looked = await self._made(*found, library, weeks)
            self._kept = found, library.edition, looked
            return looked
        finally:
            self.progress = ""

    async def _made(self, found: Told, left: int, library: Library, weeks: int) -> Looked:
        texts: list[str] = []
        whose: list[str] = []
        numbers = np.stack([found.of(name) for name in ("opened", "asked", "more")], axis=1).tolist()
        for at in range(0, len(numbers), CHUNK):
            self.progress = f"{at:,} of {len(numbers):,} questions read"
            part = await self._desk.live.call(
                partial(_questions, ids=found.ids[at : at + CHUNK], numbers=numbers[at : at + CHUNK])
            )
            texts += [text for text, _ in part]
            whose += [who for _, who in part]
        asked = [place for place, text in enumerate(texts) if text]
        kept = found.at(asked)
        texts, whose = [texts[place] for place in asked], [whose[place] for place in asked]
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
        looked = await self._look(weeks)
        found = next((one for one in looked.grouped.groups if one.matter.question == question), None)
        if found is None:
            await asyncio.to_thread(checked, self._content, intent, text)
            return Tried()
        return await self._try(looked, found, intent, text)

    async def _group(self, weeks: int, matter: str) -> tuple[Looked, Group]:
        looked = await self._look(weeks)
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
        if forgotten(event.data) is not None:
            self._kept = None
            self._vectors = None


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


def _questions(log: EventLog, ids: Sequence[str], numbers: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    """Return what each conversation came with, personal details as slots, and who asked; empty where it was nothing."""
    return [
        question_of(*(event_at(log, seq, name) if seq != NONE else None for seq in row))
        for name, row in zip(ids, numbers, strict=True)
    ]


def _transcript(log: EventLog, name: str) -> Transcript | None:
    events = log.read(0, conversation=name, limit=2_000)
    if not events:
        return None
    state = fold(name, events)
    return Transcript(state.id, state.customer, tuple(state.messages), state.resolved, state.disposition)
