"""Weeks pass in a demo: what a lead fixed shows before and after, and where nothing was fixed nothing moves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest
import pytest_asyncio

from console.content.loader import load_library
from console.conversation.change_effects import Pace
from console.conversation.escalation_commands import ChangeThreshold, Threshold
from console.conversation.events import WORKSPACE, ConversationOpened, NewEvent
from console.conversation.generated_events import WeeksPassed
from console.conversation.message import Status
from console.conversation.review_events import ChangeMarked
from console.conversation.reviews import Review
from console.conversation.upkeep_commands import ApproveDraft, DraftArticle, EditDraft
from console.conversation.weeks import LetWeeksPass
from console.desk.desk import Desk
from console.desk.errors import NotReady, Refused
from console.review.reviewing.review import reviewed
from console.server.article_shelf import ArticleShelf
from console.server.articles import Articles
from console.server.behaviour_files import BehaviourFolder
from console.server.later import Later
from console.server.log_time import ahead_of
from console.server.lookup import ContentLookup
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.store import SqlEventLog
from console.workspace import Workspace
from knowledge import Embedder, KnowledgeIndex
from tests.desks import MARTA, Chair, Clock, arrive, until

DAYS = 35
ANSWER = (
    "Both shops rent gear out, by the day, the weekend or the week, to a group too. You can rent or hire kit for one "
    "trip, or try it out first. Book it by phone; we keep a deposit until the gear is back and dry."
)


@dataclass
class Demo:
    """A desk whose past is generated, with the demo company's content and knowledge base."""

    desk: Desk
    later: Later
    clock: Clock
    content: Path
    index: KnowledgeIndex

    async def weeks(self, weeks: int = 2) -> None:
        """Let weeks pass, and wait until they are written."""
        await self.later.let_pass(MARTA, LetWeeksPass(weeks))
        await until(self._written, within=60)

    async def _written(self) -> bool:
        return not (await self.later.look()).progress

    async def review(self) -> Review:
        """Return what the lead sees."""
        return reviewed(await self.desk.live.history(), self.desk.now(), 9)


@pytest.fixture
def days() -> int:
    """How many days lie behind the demo: enough for four weeks before a change."""
    return DAYS


@pytest_asyncio.fixture
async def demo(
    real_log: SqlEventLog, chair: Chair, clock: Clock, tmp_path: Path, embedder: Embedder, days: int
) -> AsyncIterator[Demo]:
    """A desk with so many days behind it."""
    content = tmp_path / "content"
    with as_file(files("console.demo") / "content") as packaged:
        copytree(packaged, content)
    behaviours = BehaviourFolder(content)
    shelf = ArticleShelf(content / "articles")
    desk = Desk(real_log, chair, name="Demo", now=clock, shelf=shelf, behaviours=behaviours)
    later = Later(desk, clock, content, days)
    await desk.start({})
    index = KnowledgeIndex(tmp_path / "knowledge", embedder)
    index.update_from(content / "articles")
    lookup = ContentLookup(load_library(content), Articles(index), lambda _: None)
    desk.equip(chair, lookup, Upkeep(Workspace(tmp_path), Settings(), embedder))
    await later.run()
    yield Demo(desk, later, clock, content, index)
    await desk.stop()


async def publish(demo: Demo) -> str:
    """Publish an article for the weightiest gap, from where it was asked; return its file."""
    gap = (await demo.desk.gap_look.look()).gaps[0]
    drafts = demo.desk.drafts
    for example in gap.examples:
        try:
            drafted = await drafts.begin(MARTA, DraftArticle(example.conversation, example.message, gap.question))
        except Refused:
            continue
        edited = await drafts.edit(MARTA, drafted.id, EditDraft("Do you rent out gear?", ANSWER, drafted.seq))
        done = await drafts.approve(MARTA, drafted.id, ApproveDraft("public", edited.seq))
        demo.index.update_from(demo.content / "articles")
        return done.file
    raise AssertionError("no conversation gives a draft")


async def fix_all(demo: Demo) -> str:
    """Do what a lead does on the three screens; return the article's file."""
    await demo.desk.retiring.retire(MARTA, "macro:repair-patience")
    demo.clock.forward(60)
    _, _, digest = await demo.desk.escalations.read("invoice-copy")
    await demo.desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(2, mood=False), digest))
    demo.clock.forward(60)
    return await publish(demo)


async def test_what_a_lead_fixed_shows_before_and_after(demo: Demo, real_log: SqlEventLog) -> None:
    """The macro's trouble, the late hand-overs and the question asked in vain all fall, with intervals."""
    file = await fix_all(demo)
    began = demo.clock.time
    await demo.weeks()
    review = await demo.review()
    found = {about.subject: about.measures for about in review.about}
    for subject in ("macro:repair-patience", "behaviour invoice-copy"):
        pace = found[subject][0]
        assert isinstance(pace, Pace)
        assert pace.words.startswith("fell to "), (subject, pace)
    suggested = next(one for one in found["macro:repair-patience"] if one.name == "it was suggested")
    assert suggested.after == 0
    taken = found[f"article:{file}"][0]
    assert isinstance(taken, Pace)
    assert (taken.name, taken.before, taken.after > 0) == ("it was taken", 0, True)
    gaps = await demo.desk.gap_look.look()
    asked = next(one.pace for one in gaps.mended if one.article == file)
    assert asked is not None
    assert (asked.after, asked.moved) == (0, True)
    assert not [gap for gap in gaps.gaps if "rent" in gap.question]
    later = [event for event in await demo.desk.live.history() if event.generated and event.at > began]
    opened = [event for event in later if isinstance(event.data, ConversationOpened)]
    assert len(opened) > 100
    assert all(event.conversation.startswith("generated-2-") for event in opened)
    assert max(event.at for event in later) <= demo.desk.now()
    assert real_log.verify().whole


async def test_where_nothing_was_fixed_nothing_moves(demo: Demo) -> None:
    """A mark alone changes nothing, and it is not said that it did."""
    for number, words in enumerate(("Macro repair-patience looked at", "Behaviour invoice-copy looked at")):
        mark = ChangeMarked(f"ch-{number}", demo.desk.now(), words, "Marta Quill")
        await demo.desk.live.record([NewEvent(WORKSPACE, "agent:marta", mark, demo.desk.now())])
    await demo.weeks()
    review = await demo.review()
    found = {about.subject: about.measures for about in review.about}
    assert set(found) == {"macro:repair-patience", "behaviour invoice-copy"}
    assert [one.name for measures in found.values() for one in measures if one.moved] == []
    assert all(measures[0].words.startswith("no move shown") for measures in found.values())
    gaps = (await demo.desk.gap_look.look()).gaps
    assert "rent" in gaps[0].question or "hire" in gaps[0].question


@pytest.mark.parametrize("days", [2])
async def test_the_clock_goes_forward_and_who_was_there_leaves(demo: Demo, real_log: SqlEventLog) -> None:
    """Once, for the desk and for a server that starts again; customers of other channels stay."""
    await arrive(demo.desk, "played", channel="replay")
    await arrive(demo.desk, "real")
    before = demo.clock.time
    await demo.weeks(3)
    assert (demo.clock.time - before).days == 21
    assert ahead_of(real_log).days == 21
    assert (await demo.desk.live.state("played")).status is Status.CLOSED
    assert set(demo.desk.live.rows) == {"real"}
    passed = [event for event in await demo.desk.live.history() if isinstance(event.data, WeeksPassed)]
    assert [(event.generated, event.actor) for event in passed] == [(False, "agent:marta")]
    assert (await demo.later.look()).weeks == 3


@pytest.mark.parametrize("days", [2])
async def test_weeks_that_were_cut_short_are_written_at_the_next_start(demo: Demo) -> None:
    """And those that are whole are not written again."""
    now = demo.desk.now()
    passed = WeeksPassed(1, now, now + timedelta(weeks=1), "Marta Quill")
    await demo.desk.live.record([NewEvent(WORKSPACE, "agent:marta", passed, now)])
    for _ in range(2):
        await Later(demo.desk, None, demo.content, DAYS).run()
    written = [event for event in await demo.desk.live.history() if event.kind == "history-written"]
    assert len(written) == 2


async def test_weeks_pass_nowhere_else(desk: Desk, clock: Clock) -> None:
    """Neither on a desk whose past is its own, nor before the past is written, nor more than a few at a time."""
    with pytest.raises(Refused, match="only in a demo"):
        await Later(desk, clock).let_pass(MARTA, LetWeeksPass(2))
    demo = Later(desk, clock, Path(), DAYS)
    with pytest.raises(Refused, match="up to 8"):
        await demo.let_pass(MARTA, LetWeeksPass(9))
    with pytest.raises(NotReady, match="not written yet"):
        await demo.let_pass(MARTA, LetWeeksPass(2))
    assert not (await Later(desk).look()).demo
