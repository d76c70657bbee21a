"""Every closed conversation is marked once, in the background; people's marks are taken."""

from datetime import timedelta

import pytest

from console.assist.quality.examiner import Examiner
from console.content.rubrics import Criterion, Look, Rubric
from console.conversation import events as e
from console.conversation.commands import Close, Reopen
from console.conversation.generated_events import GENERATED
from console.conversation.people import Agent, Role
from console.conversation.quality import Mark
from console.conversation.quality_commands import MarkAgain, MarkQuality
from console.conversation.quality_events import QualityMarked, QualityScored
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.quality import QualityReview
from tests.assist.test_quality import Plain
from tests.desks import DANA, ROBIN, Clock, arrive, events_of, until

TRAINER = Agent("tr", "Wren Tallow", Role.TRAINER)


def examiner(version: str = "r1") -> Examiner:
    """Marks greetings, and leaves the rest to people."""
    criteria = (Criterion("greeting", "G", "", Look.GREETING), Criterion("tone", "T", "", Look.PEOPLE))
    return Examiner(Rubric(criteria, version), Plain())  # type: ignore[arg-type]


async def closed(desk: Desk, name: str = "c1") -> None:
    """Take a conversation and end it."""
    await arrive(desk, conversation=name)
    await desk.casework.claim(ROBIN, name)
    await desk.casework.close(ROBIN, name, Close("answered", resolved=True))


async def scores(desk: Desk, name: str = "c1") -> list[QualityScored]:
    """Return the engine's marks of a conversation, in order."""
    return [event.data for event in await events_of(desk, QualityScored, name)]  # type: ignore[misc]


async def settle(review: QualityReview) -> int:
    """Mark all that waits; returns how many that were."""
    await review.catch_up()
    done = 0
    while await review.step():
        done += 1
    return done


async def test_what_is_closed_is_marked_once_in_the_background(desk: Desk) -> None:
    """By the desk's own work, with the version of rubric and engine."""
    desk.quality.ready(examiner())
    await closed(desk)

    async def is_marked() -> bool:
        return bool(await scores(desk))

    await until(is_marked)
    (found,) = await scores(desk)
    assert (found.rubric, found.engine) == ("r1", "quality 2")
    assert [mark.criterion for mark in found.marks] == ["greeting", "tone"]


async def test_a_restart_catches_up_and_marks_nothing_twice(desk: Desk, clock: Clock) -> None:
    """What is open, never had an agent, or was closed too long ago is left."""
    for name in ("c1", "c2", "c3"):
        await closed(desk, name)
    await arrive(desk, conversation="open")
    old = [e.ConversationOpened("web", DANA), e.ConversationClaimed("x", ""), e.ConversationClosed("", resolved=True)]
    long_ago = clock() - timedelta(weeks=30)
    await desk.live.record([e.NewEvent("old", "desk", data, long_ago) for data in old])
    for expected in (3, 0):
        fresh = QualityReview(desk.live, clock)
        fresh.ready(examiner())
        assert await settle(fresh) == expected


async def test_what_goes_on_after_all_is_marked_again_when_it_is_closed_again(desk: Desk, clock: Clock) -> None:
    """Not while it is open."""
    await closed(desk)
    review = QualityReview(desk.live, clock)
    review.ready(examiner())
    assert await settle(review) == 1
    await desk.casework.reopen(ROBIN, "c1", Reopen("not yet"))
    assert await settle(review) == 0
    await desk.casework.close(ROBIN, "c1", Close("answered", resolved=True))
    assert await settle(review) == 1
    assert len(await scores(desk)) == 2


async def test_a_new_rubric_marks_older_conversations_where_somebody_asks(desk: Desk, clock: Clock) -> None:
    """And those that it has marked already not again."""
    await closed(desk)
    review = QualityReview(desk.live, clock)
    review.ready(examiner())
    await settle(review)
    review.ready(examiner("r2"))
    assert await settle(review) == 0
    await review.again(TRAINER, MarkAgain(clock() - timedelta(weeks=9)))
    assert await settle(review) == 1
    assert [one.rubric for one in await scores(desk)] == ["r1", "r2"]
    await review.again(TRAINER, MarkAgain(clock() - timedelta(weeks=9)))
    assert await settle(review) == 0
    with pytest.raises(Refused, match="time zone"):
        await review.again(TRAINER, MarkAgain(clock().replace(tzinfo=None)))


async def test_marks_of_generated_history_are_generated_too(desk: Desk, clock: Clock) -> None:
    """So that no figure of the moment has them."""
    happened = [
        e.ConversationOpened("web", DANA),
        e.ConversationClaimed("x", ""),
        e.ConversationClosed("", resolved=True),
    ]
    await desk.live.record([e.NewEvent("g1", "desk", data, clock(), GENERATED) for data in happened])
    review = QualityReview(desk.live, clock)
    review.ready(examiner())
    assert await settle(review) == 1
    (event,) = await events_of(desk, QualityScored, "g1")
    assert event.generated


async def test_a_conversation_that_cannot_be_marked_keeps_no_other_waiting(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named in the log."""
    for name in ("c1", "c2"):
        await closed(desk, name)
    broken = examiner()
    real = broken.examine

    def sometimes(state: object, talk: object) -> QualityScored:
        if state.id == "c1":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return real(state, talk)  # type: ignore[arg-type]

    monkeypatch.setattr(broken, "examine", sometimes)
    review = QualityReview(desk.live, clock)
    review.ready(broken)
    await settle(review)
    assert (await scores(desk, "c1"), len(await scores(desk, "c2"))) == ([], 1)


async def test_people_mark_closed_conversations_by_criteria_that_there_are(desk: Desk) -> None:
    """Also those that the engine leaves to them."""
    await arrive(desk)
    desk.quality.ready(examiner())
    with pytest.raises(Refused, match="once it is closed"):
        await desk.quality.mark(TRAINER, MarkQuality("c1", "tone", Mark.MET))
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.close(ROBIN, "c1", Close("answered", resolved=True))
    await desk.quality.mark(TRAINER, MarkQuality("c1", "tone", Mark.MET, " kind \x1b[31m", sampled=True))
    (event,) = await events_of(desk, QualityMarked, "c1")
    assert event.data == QualityMarked("tone", Mark.MET, "kind [31m", "Wren Tallow", sampled=True)
    for name, criterion in (("c1", "speed"), ("none", "tone")):
        with pytest.raises(NotFound):
            await desk.quality.mark(TRAINER, MarkQuality(name, criterion, Mark.MET))
