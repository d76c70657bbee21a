"""A language model marks some closed conversations a day, behind everything else, and never in anybody's place."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from console.assist.llm.ports import LanguageModel, ModelTrouble, Prompt, Purpose, Trouble
from console.content.rubrics import Rubric
from console.conversation.assist_events import AssistanceHidden, LlmCalled
from console.conversation.commands import Close, Reopen, SendMessage
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    ConversationOpened,
    MessageAdded,
    NewEvent,
)
from console.conversation.generated_events import GENERATED
from console.conversation.message import Author
from console.conversation.quality import Mark, Marker, place_by_chance
from console.conversation.quality_commands import MarkQuality
from console.conversation.quality_events import QualityScored
from console.desk.desk import Desk
from console.desk.model_calls import ModelCalls, Occasion, Terms
from console.desk.second_opinions import AFTER_TROUBLE, BETWEEN, LOOKS_EVERY, QUIET, SecondOpinions
from console.store import SqlEventLog
from tests.desk.test_quality import TRAINER, examiner
from tests.desks import DANA, ROBIN, Chair, Clock, arrive, events_of, suggest, suggestion, until
from tests.llm.models import Model

HELLO = "The parcel is on its way."


def opinion(prompt: Prompt) -> str:
    """Mark greetings as met, by the agent's words."""
    message = re.findall(r"<<<message (\w+), agent>>>", prompt.material)[-1]
    quote = {"message": message, "words": "on its way."}
    return json.dumps({"marks": [{"criterion": "greeting", "mark": "met", "reason": "it greets", "quotes": [quote]}]})


def answers(prompt: Prompt) -> str:
    """Answer whatever is asked."""
    return opinion(prompt) if prompt.purpose is Purpose.QUALITY else "Hello."


class Trying:
    """A desk whose closed conversations a model can be asked about, step by step."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk, self.clock = desk, clock
        self.model = Model(answers)
        self.rubric: Rubric | None = examiner().rubric
        self.desk.quality.ready(examiner())

    def opinions(self, a_day: int = 10, model: LanguageModel | None = None, seconds: float = 10.0) -> SecondOpinions:
        """Return one who asks, as after a start of the server."""
        terms = Terms(opinions=a_day, opinion_seconds=seconds)
        self.calls = ModelCalls(self.desk.live, model or self.model, terms, self.clock)
        return SecondOpinions(self.desk.live, self.calls, lambda: self.rubric, self.clock)

    async def closed(self, *names: str, customer: str = "My boots are late") -> None:
        """Let conversations be had, closed, and marked by the engine."""
        for name in names:
            await arrive(self.desk, name, customer)
            await self.desk.casework.claim(ROBIN, name)
            await suggest(self.desk, suggestion(HELLO), conversation=name)
            await self.said(name)
            await self.desk.casework.close(ROBIN, name, Close("answered", resolved=True))
        await self.scored(len(names))

    async def said(self, name: str) -> None:
        """Let the agent write."""
        await self.desk.sending.send(ROBIN, name, SendMessage(HELLO, f"k-{name}"))

    async def scored(self, many: int) -> None:
        """Wait until the engine has marked so many more."""

        async def is_scored() -> bool:
            return len(await self.marked(Marker.ENGINE)) >= many

        await until(is_scored)

    async def marked(self, by: Marker = Marker.MODEL) -> list[str]:
        """Return what was marked, in order."""
        events = await events_of(self.desk, QualityScored)
        return [event.conversation for event in events if event.data.by is by]  # type: ignore[union-attr]

    async def outcomes(self) -> list[str]:
        """Return how the calls ended."""
        return [event.data.outcome for event in await events_of(self.desk, LlmCalled)]  # type: ignore[union-attr]


@pytest_asyncio.fixture
async def trying(desk: Desk, clock: Clock) -> AsyncIterator[Trying]:
    """One."""
    yield Trying(desk, clock)


async def test_what_the_engine_has_marked_is_asked_about_in_the_order_of_chance(trying: Trying) -> None:
    """Once; what people marked in the fair sample comes first."""
    names = [f"c{n}" for n in range(4)]
    await trying.closed(*names)
    ordered = sorted(names, key=place_by_chance)
    await trying.desk.quality.mark(TRAINER, MarkQuality(ordered[-1], "greeting", Mark.PARTLY, sampled=True))
    opinions = trying.opinions()
    assert [await opinions.step() for _ in range(5)] == [BETWEEN] * 4 + [LOOKS_EVERY]
    assert await trying.marked() == [ordered[-1], *ordered[:-1]]
    state = await trying.desk.live.state(ordered[-1])
    given = state.quality["greeting"]
    assert (given.mark, given.by, given.engine) == (Mark.PARTLY, "Wren Tallow", Mark.NOT_MET), "a person's mark holds"
    assert given.opinion is not None
    assert (given.opinion.mark, given.opinion.model) == (Mark.MET, "test-model")
    assert given.opinion.evidence[0].words == "on its way."
    other = (await trying.desk.live.state(ordered[0])).quality["greeting"]
    assert (other.mark, other.by) == (Mark.NOT_MET, ""), "and so does the engine's"


async def test_a_days_worth_is_counted_from_the_log_so_a_restart_gives_no_more(trying: Trying) -> None:
    """The next day gives as many again; a call that the model never worked on is none."""
    await trying.closed(*(f"c{n}" for n in range(5)))
    first = trying.opinions(2)
    trying.model.says = lambda _: ModelTrouble(Trouble.UNREACHABLE, "away")
    assert await first.step() == AFTER_TROUBLE
    trying.model.says = opinion
    assert await first.step() == BETWEEN
    second = trying.opinions(2)
    assert await second.left() == 1
    assert [await second.step() for _ in range(2)] == [BETWEEN, LOOKS_EVERY]
    for again in (first, second, trying.opinions(2)):
        assert await again.left() == 0
        assert await again.step() == LOOKS_EVERY
    assert len(await trying.marked()) == 2
    trying.clock.forward(24 * 3600)
    assert await second.left() == 2
    assert await second.step() == BETWEEN
    assert await trying.outcomes() == ["unreachable", "used", "used", "used"]


async def test_an_answer_of_which_nothing_holds_is_an_opinion_of_nothing(trying: Trying) -> None:
    """It is not asked again and again."""
    trying.model.says = lambda _: "I would rather not say."
    await trying.closed("c1")
    assert [await trying.opinions().step() for _ in range(2)] == [BETWEEN, LOOKS_EVERY]
    assert await trying.marked() == ["c1"]
    assert (await trying.desk.live.state("c1")).quality["greeting"].opinion is None


async def test_a_conversation_on_which_the_model_fails_keeps_no_other_waiting(trying: Trying) -> None:
    """It is tried again another day."""
    await trying.closed("c1", "c2")
    bad = min("c1", "c2", key=place_by_chance)

    def late_first(prompt: Prompt) -> str | ModelTrouble:
        return ModelTrouble(Trouble.LATE, "late") if len(trying.model.asked) == 1 else opinion(prompt)

    trying.model.says = late_first
    opinions = trying.opinions()
    assert [await opinions.step() for _ in range(3)] == [AFTER_TROUBLE, BETWEEN, LOOKS_EVERY]
    assert bad not in await trying.marked()
    trying.clock.forward(24 * 3600)
    assert await opinions.step() == BETWEEN
    assert len(await trying.marked()) == 2


async def test_what_is_dark_generated_open_or_marked_by_another_rubric_is_not_asked_about(trying: Trying) -> None:
    """Nothing of it leaves."""
    made_up = (
        ConversationOpened("web", DANA),
        MessageAdded(Author.AGENT, HELLO),
        ConversationClaimed("x", ""),
        ConversationClosed("", resolved=True),
    )
    at = trying.clock()
    await trying.desk.live.record([NewEvent("made-up", "desk", data, at, GENERATED) for data in made_up])
    for name in ("dark", "again"):
        await arrive(trying.desk, conversation=name)
    await trying.desk.live.record([NewEvent("dark", "agent:robin", AssistanceHidden(hidden=True), trying.clock())])
    for name in ("dark", "again"):
        await trying.desk.casework.claim(ROBIN, name)
        await trying.said(name)
        await trying.desk.casework.close(ROBIN, name, Close("answered", resolved=True))
    await trying.scored(3)
    await trying.desk.casework.reopen(ROBIN, "again", Reopen("not yet"))
    opinions = trying.opinions()
    assert [await opinions.step() for _ in range(2)] == [0.0, LOOKS_EVERY]
    await trying.desk.casework.close(ROBIN, "again", Close("answered", resolved=True))
    await trying.scored(4)
    trying.rubric = Rubric(examiner().rubric.criteria, "r2")
    assert await opinions.step() == LOOKS_EVERY
    trying.rubric = None
    assert await opinions.step() == LOOKS_EVERY
    assert trying.model.asked == []


async def test_an_opinion_on_what_is_no_longer_so_is_let_go(trying: Trying) -> None:
    """The customer came back while the model wrote."""
    await trying.closed("c1")
    trying.model.held = asyncio.Event()
    stepping = asyncio.create_task(trying.opinions().step())
    await until(lambda: bool(trying.model.asked))
    await trying.desk.casework.reopen(ROBIN, "c1", Reopen("not yet"))
    trying.model.held.set()
    await stepping
    assert await trying.marked() == []


async def test_it_gives_way_to_whoever_waits_for_the_model(trying: Trying, clock: Clock) -> None:
    """It is given up when somebody comes, and not begun before they are served and it is quiet."""
    await trying.closed("c1")
    trying.model.held = asyncio.Event()
    opinions = trying.opinions()
    stepping = asyncio.create_task(opinions.step())
    await until(lambda: bool(trying.model.asked))

    class Live:
        prompt = Prompt(Purpose.REWRITE, "", "", 10)
        so_far: Callable[[str], None] = staticmethod(lambda _: None)
        judged: Callable[[str], str] = staticmethod(lambda text: text)

    live = asyncio.create_task(trying.calls.ask(Occasion("c1", "m1"), Live(), 10.0))  # type: ignore[arg-type]
    assert await asyncio.wait_for(stepping, 5) == QUIET
    assert trying.model.given_up == 1
    waiting = asyncio.create_task(opinions.step())
    await until(lambda: len(trying.model.asked_for(Purpose.REWRITE)) == 1)
    assert not waiting.done()
    trying.model.held.set()
    assert await live == "Hello."
    assert 0 < await asyncio.wait_for(waiting, 5) <= QUIET
    assert len(trying.model.asked_for(Purpose.QUALITY)) == 1
    assert await trying.outcomes() == ["given-up", "used"]


async def test_an_erased_conversation_is_not_brought_back(trying: Trying) -> None:
    """It goes while the model writes about it."""
    await trying.closed("c1", "c2")
    trying.model.held = asyncio.Event()
    desk = trying.desk
    opinions = trying.opinions()
    stepping = asyncio.create_task(opinions.step())
    await until(lambda: bool(trying.model.asked))
    gone = min("c1", "c2", key=place_by_chance)
    await desk.live.call(lambda log: log.erase_conversations([gone], by="test", at=trying.clock()))  # type: ignore[attr-defined]
    trying.model.held.set()
    await asyncio.gather(stepping, return_exceptions=True)
    await opinions.step()
    await opinions.step()
    assert await trying.marked() == [max("c1", "c2", key=place_by_chance)]
    assert await desk.live.history(gone) == []


@pytest.mark.parametrize("a_day", [0, 5])
async def test_a_desk_asks_by_itself_where_it_is_told_to(
    real_log: SqlEventLog, chair: Chair, clock: Clock, a_day: int
) -> None:
    """The engine's score wakes it; by default nobody asks."""
    model = Model(answers)
    desk = Desk(real_log, chair, now=clock, model=model, terms=Terms(opinions=a_day, drafts=False, summaries=False))
    await desk.start({})
    desk.assistance.ready(chair)
    trying = Trying(desk, clock)
    await trying.closed("c1")
    assert any(task.get_name() == "second opinions" for task in asyncio.all_tasks()) is bool(a_day)
    if a_day:

        async def asked() -> bool:
            return await trying.marked() == ["c1"]

        await until(asked)
    assert len(model.asked) == min(a_day, 1)
    await desk.stop()
