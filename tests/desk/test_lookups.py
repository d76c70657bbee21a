"""Look-ups by hand that found nothing are kept."""

import pytest

from console.conversation.assist_events import KnowledgeFound, QuestionUnanswered
from console.conversation.assistance import KnowledgeHit, SourceType
from console.conversation.commands import LookedUp, SearchResult, Source
from console.conversation.events import WORKSPACE
from console.desk.desk import Desk
from console.desk.errors import NotFound
from tests.desks import ROBIN, SAM, Chair, Clock, arrive, events_of, state_when, writes

NEAR = KnowledgeHit("tents.md", "Tents", "…", 0.4)


class Found:
    """A look-up that answers what holds the word “parcel”."""

    damage = ""

    def search(self, query: str, k: int) -> SearchResult:
        """Find the nearest article."""
        return SearchResult(query, "parcel" in query, (NEAR,))

    def source(self, kind: SourceType, source_id: str, passage: str) -> Source | None:
        """Not asked here."""
        raise NotImplementedError


@pytest.fixture
def looking(desk: Desk, chair: Chair) -> Desk:
    """A desk at which things can be looked up."""
    desk.equip(chair, Found())
    return desk


async def test_what_nothing_answers_is_kept_with_the_nearest_article(looking: Desk) -> None:
    """In the conversation in which it was looked for."""
    await arrive(looking)
    assert await looking.lookups.done(ROBIN, LookedUp("tent rental for scouts", "c1"))
    (event,) = await events_of(looking, QuestionUnanswered)
    assert event.data == QuestionUnanswered("tent rental for scouts", "", "tents.md", "Tents", 0.4)
    assert (event.actor, event.conversation) == ("agent:robin", "c1")


@pytest.mark.parametrize("query", ["lost parcel", "LF-88213", "hi", "tent", ""])
async def test_what_is_answered_or_no_question_is_not(looking: Desk, query: str) -> None:
    """Numbers and single words are looked up, and ask for no article."""
    assert not await looking.lookups.done(ROBIN, LookedUp(query))
    assert await events_of(looking, QuestionUnanswered) == []


async def test_the_same_look_up_is_kept_once_a_day_for_each_agent(looking: Desk, clock: Clock) -> None:
    """Opening the look-up again tells nothing new."""
    asked = LookedUp("tent rental for scouts")
    kept = [await looking.lookups.done(agent, asked) for agent in (ROBIN, ROBIN, SAM)]
    clock.forward(86_400)
    kept.append(await looking.lookups.done(ROBIN, asked))
    assert kept == [True, False, True, True]
    assert {event.conversation for event in await events_of(looking, QuestionUnanswered)} == {WORKSPACE}


async def test_the_customers_details_are_left_out(looking: Desk) -> None:
    """Also where an agent typed them."""
    await arrive(looking)
    await looking.lookups.done(ROBIN, LookedUp("tent rental Dana Kovel LF-88213 dana@post.example", "c1"))
    (event,) = await events_of(looking, QuestionUnanswered)
    assert isinstance(event.data, QuestionUnanswered)
    for secret in ("Kovel", "88213", "post.example"):
        assert secret not in event.data.question


async def test_a_conversation_that_is_not_there_is_said(looking: Desk) -> None:
    """Nothing is written."""
    with pytest.raises(NotFound):
        await looking.lookups.done(ROBIN, LookedUp("tent rental for scouts", "c-none"))


async def test_a_customers_question_is_logged_once_for_its_message(desk: Desk, chair: Chair) -> None:
    """Also where the engine works on the message again, and though no article was found before either."""
    chair.says = lambda talk: iter((KnowledgeFound(talk.turn, ()), QuestionUnanswered("rent a tent?", talk.turn)))
    await arrive(desk)
    await state_when(desk, lambda s: "m1" in s.unanswerable)
    desk.assistance.ready(chair)
    await writes(desk, "and a stove?")
    await state_when(desk, lambda s: "m2" in s.unanswerable)
    turns = [event.data.turn for event in await events_of(desk, QuestionUnanswered)]  # type: ignore[union-attr]
    assert turns == ["m1", "m2"]
