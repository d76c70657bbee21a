"""The assist engine with everything it needs, brought up in the background and kept fresh.

The server listens at once; models and indexes take seconds. Until they are there drafts are checked by patterns alone,
and panels say what is going on. What cannot be had (no model, no index) is said with what to run; conversations go on.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Final

import structlog

from console import __version__
from console.assist.engine import Engine
from console.assist.replies.ranker import RankerNow, none_learned
from console.assist.replies.retired import RetiredNow, none_retired
from console.assist.slotting import spoken
from console.assist.vectors import VectorCache
from console.content.conversations import read_conversations
from console.content.errors import ContentError
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.assist_events import QuestionUnanswered
from console.conversation.erasure_events import forgotten
from console.conversation.events import Event as LogEvent
from console.desk.desk import Desk
from console.desk.log import LogError
from console.past import import_conversations
from console.replay.matching import Encode
from console.review.gaps import DAYS, MOST
from console.server.engines import Equipment, NoMeaning, build_engine, public_texts
from console.server.index import open_index
from console.server.lookup import ContentLookup
from console.server.publishing import Publishing
from console.server.queue_rules import queue_rules
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.workspace import Workspace, cache_folder
from knowledge import (
    Embedder,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    KnowledgeError,
    KnowledgeIndex,
    Progress,
    Report,
    open_embedder,
)

LOOKS_EVERY: Final = 5.0
"""Seconds between looks at the content's files; an index in use is followed at every search."""

TRIES_EVERY: Final = 30.0
"""Seconds between tries where something is missing: what is installed or repaired meanwhile is taken up by itself."""

ASKED: Final = ("question-unanswered",)

_log = structlog.get_logger(__name__)


class Outfitter:
    """Brings the equipment to a desk, and renews it when the content's files change."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        follow: Callable[[], None] = lambda: None,
        erased: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        """``follow`` brings the content's files up to date where they come from elsewhere; it blocks.

        ``erased`` yields the conversations that must not come back from the content; it blocks, too.
        """
        self._workspace, self._settings, self._follow, self._erased = workspace, settings, follow, erased
        self._ranker: RankerNow = none_learned
        self._retired: RetiredNow = none_retired
        self._vectors: VectorCache | None = None
        self._engine: Engine | None = None
        self._lost = True
        """Whether something may have been erased since questions were last gone through."""
        self._embedder: Future[Embedder] = Future()
        self._seen: object = None
        self.equipment: Equipment | None = None
        """What is in use; ``None`` until the engine is there."""
        self._lookup: ContentLookup
        self._upkeep: Upkeep
        self._publishing = Publishing()
        self._read = 0
        """The newest event whose question was worked on ahead."""
        self._tended: set[tuple[str, int]] = set()
        """What was told of the knowledge base, and of which state of it, when that was brought up to date."""

    def first(self) -> tuple[Library, Engine]:
        """Return the content and the engine of the first moments: patterns only. Raises :class:`ContentError`."""
        library = load_library(self._workspace.content)
        return library, Engine(library, NoMeaning(), version=__version__)

    async def run(self, desk: Desk) -> None:
        """Equip the desk, then keep its equipment fresh until cancelled."""
        loop = asyncio.get_running_loop()
        self._ranker, self._retired = desk.ranking.ranker, desk.retiring.names

        def report(words: str) -> None:
            loop.call_soon_threadsafe(desk.assistance.progress, words)

        equipment = await self._tried(desk, report)
        while equipment is None:
            await asyncio.sleep(TRIES_EVERY)
            equipment = await self._tried(desk, report)
        await self._put_in_use(desk, equipment)
        desk.live.watchers.append(self._watch)
        ahead = asyncio.create_task(self._keep_ahead(desk), name="ahead")
        try:
            while True:
                await asyncio.sleep(LOOKS_EVERY)
                await self._renew(desk)
                await self._tend()
        finally:
            ahead.cancel()

    async def _keep_ahead(self, desk: Desk) -> None:
        while True:
            await self._work_ahead(desk)
            await asyncio.sleep(LOOKS_EVERY)

    def _watch(self, event: LogEvent) -> None:
        """Let go of texts that may be erased by now; what is needed of the others is embedded again."""
        if forgotten(event.data) is not None:
            self._lost = True
            if self._engine is not None:
                self._engine.forget()
            if self._vectors is not None:
                self._vectors.clear()

    async def forget_questions(self, desk: Desk) -> None:
        """Keep of the questions that were worked on ahead only those that still stand in the log."""
        self._lost = False
        asked = await desk.live.call(lambda log: log.of_kinds(ASKED))
        texts = [spoken(e.data.question) for e in asked if isinstance(e.data, QuestionUnanswered)]
        await asyncio.to_thread(self._upkeep.forget_others, texts)

    async def _work_ahead(self, desk: Desk) -> None:
        """Have ready what a look at the knowledge gaps will need, so that the lead does not wait for it."""
        if self._lost:
            await self.forget_questions(desk)
        seq, stopped = desk.live.seq, Event()
        since = desk.now() - timedelta(days=DAYS)
        events = await desk.live.call(lambda log: log.of_kinds(ASKED, after=self._read))
        texts = [spoken(e.data.question) for e in events if isinstance(e.data, QuestionUnanswered) and e.at >= since]
        try:
            await asyncio.to_thread(self._upkeep.work_ahead, texts[-MOST:], lambda: not stopped.is_set())
        except KnowledgeError as error:
            _log.warning("knowledge gaps not prepared", why=str(error))
        finally:
            stopped.set()  # a thread cannot be cancelled; it looks between a few questions
        self._read = seq

    async def _put_in_use(self, desk: Desk, equipment: Equipment) -> None:
        self._lookup, self._upkeep, self._read = equipment.lookup, equipment.upkeep, 0
        self._vectors, self._engine, self.equipment = equipment.vectors, equipment.engine, equipment
        desk.equip(equipment.engine, equipment.lookup, equipment.upkeep, equipment.mind)
        desk.quality.ready(equipment.examiner)
        desk.content = equipment.library.edition
        await self._publishing.published(desk.live, equipment.library, desk.now())
        desk.queue.rules = queue_rules(self._settings, equipment.library)
        await asyncio.to_thread(self._lookup.look)  # before the index is mended, which may take minutes
        await self._refresh()

    async def _tried(self, desk: Desk, report: Callable[[str], None]) -> Equipment | None:
        try:
            return await asyncio.to_thread(self.equip, report)
        except Exception as error:  # whatever it is, conversations go on, and the panel must not promise for ever
            _log.exception("no assistance")
            said = str(error) if isinstance(error, KnowledgeError | ContentError | OSError) else repr(error)
            desk.assistance.not_ready(f"No assistance: {said}")
            return None

    async def encoder(self) -> Encode:
        """Return the embedding once the model is there."""
        return (await asyncio.shield(asyncio.wrap_future(self._embedder))).encode

    def equip(self, report: Callable[[str], None] = lambda _: None) -> Equipment:
        """Load everything; blocks. ``report`` is told what is going on, in words for the agent."""
        report("Assistance is getting ready: loading the language model (the first time takes half a minute) …")
        if self._embedder.done() and self._embedder.exception():
            self._embedder = Future()  # another try
        if not self._embedder.done():
            cache = cache_folder() / "models"
            try:
                model = self._settings.model
                self._embedder.set_result(open_embedder(cache, model.name, threads=model.threads))
            except Exception as error:
                self._embedder.set_exception(error)
                raise
        embedder = self._embedder.result()
        self._seen = self._stamp()
        index = open_index(self._workspace, self._settings, embedder)
        if not _usable(index):  # else it serves as it is, and is brought up to date behind its back
            self._index_articles(index, report)
        self._import_past(embedder, report)
        report("Assistance is getting ready: reading the rules …")
        return build_engine(self._workspace, self._settings, embedder, self._ranker, self._retired)

    async def _tend(self) -> None:
        """Mend what is found damaged, and index again what is found lost, while the desk runs.

        Once for each state of the index: what that does not make good is left to people.
        """
        met = (self._lookup.damage, self._lookup.edition)
        await asyncio.to_thread(self._lookup.look)
        told = (self._lookup.damage, self._lookup.edition)
        if met[1] == told[1] and not told[0]:
            told = met  # by somebody's question; a look reads other places, and may find all well
        if told[0] and told not in self._tended:
            self._tended.add(told)
            await self._refresh()

    async def _refresh(self) -> None:
        """Mend the index where it is damaged, and take up changed articles; searches go on meanwhile."""
        while True:
            try:
                await asyncio.to_thread(self._bring_up_to_date)
            except IndexBusy:
                await asyncio.sleep(TRIES_EVERY)
                continue
            except (KnowledgeError, ContentError, OSError) as error:
                _log.error("knowledge base not brought up to date", why=str(error))
            break
        await asyncio.to_thread(self._lookup.look)
        self._tended.add((self._lookup.damage, self._lookup.edition))

    def _bring_up_to_date(self) -> None:
        embedder = self._embedder.result()
        index = open_index(self._workspace, self._settings, embedder)
        try:
            _log_mended(index.mend())
        except IndexMissing:
            pass
        except IndexDamaged as error:  # the articles of the content, at least, can be indexed again
            _log.error("knowledge base damaged", why=str(error))
        if self._index_articles(index, lambda _: None):
            self._import_past(embedder, lambda _: None)  # what is public now decides what replies may say
        with suppress(KnowledgeError):  # where there is no index, nothing is known of losses
            for source, count in index.contents().lost.items():
                _log.warning("articles lost to damage; index their source again", source=source, documents=count)

    def _index_articles(self, index: KnowledgeIndex, report: Callable[[str], None]) -> bool:
        """Bring the index up to date with the articles of the workspace's content; returns whether any changed."""
        folder = self._workspace.content / "articles"
        if not folder.is_dir():
            return False

        def show(progress: Progress) -> None:
            left = f", {progress.seconds_left:.0f} s left" if progress.seconds_left else ""
            total = f" of {progress.total}" if progress.total else ""
            words = f"{progress.stage} {progress.done}{total} {progress.unit}{left}"
            report(f"Assistance is getting ready: the knowledge base, {words} …")

        done = index.update_from(folder, progress=show)
        _log_mended(done)
        for skipped in done.skipped:
            _log.warning("article skipped", where=skipped.where, why=skipped.reason)
        return bool(done.added or done.updated or done.removed or done.rebuilt)

    def _import_past(self, embedder: Embedder, report: Callable[[str], None]) -> None:
        """Bring in the past conversations that belong to the workspace's content."""
        file = self._workspace.content / "past.jsonl"
        if not file.exists():
            return
        transcripts = read_conversations(file)

        def show(done: int, total: int) -> None:
            report(f"Assistance is getting ready: past conversations, {done} of {total} texts …")

        public = public_texts(self._workspace, self._settings, embedder)
        import_conversations(transcripts, self._workspace.past, embedder, show, public=public, without=self._erased())

    async def _renew(self, desk: Desk) -> None:
        """Judge by new content when its files have changed; broken content is reported and the old stays in use."""
        try:
            await asyncio.to_thread(self._follow)
        except (LogError, OSError) as error:  # what was published last stays in force
            _log.warning("published content not read", why=str(error))
        stamp = await asyncio.to_thread(self._stamp)
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            equipment = await asyncio.to_thread(self.equip)
        except Exception as error:  # whatever it is, the next change must be looked at again
            if not isinstance(error, KnowledgeError | ContentError | OSError):
                _log.exception("content not renewed")
            await self._publishing.refused(desk.live, error, desk.now())
            return
        await self._put_in_use(desk, equipment)

    def _stamp(self) -> object:
        """Return something that changes when a file of the content does."""
        files = sorted(path for path in self._workspace.content.rglob("*") if path.is_file())
        return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def _log_mended(done: Report) -> None:
    if done.rebuilt:
        _log.warning("knowledge base mended", why=done.rebuilt, seconds=done.seconds)


def _usable(index: KnowledgeIndex) -> bool:
    """Return whether there is an index that can be searched, if only by words."""
    try:
        index.contents()
    except KnowledgeError:
        return False
    return True
