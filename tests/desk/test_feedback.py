"""What the agent makes of the second chair, logged once each."""

import pytest

from console.conversation.assist_events import FlagsRaised, RepliesSuggested, SuggestionsShown
from console.conversation.assistance import Decision, Severity
from console.conversation.commands import Close, Dismiss, DismissFlag, Rate, Shown
from console.conversation.events import NewEvent
from console.conversation.people import Agent
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused, Taken
from tests.desks import MARTA, ROBIN, SAM, arrive, events_of, flag, suggestion

RESHIP, TRACK = suggestion("I can reship it."), suggestion("I have asked the carrier.")


@pytest.fixture
async def suggested(desk: Desk) -> Desk:
    """A desk with a conversation that Robin has, with suggestions and a flag."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    raised = FlagsRaised("m1", (flag("deadline", Severity.WARN, message="m1"),))
    for data in (RepliesSuggested("m1", (RESHIP, TRACK)), raised):
        await desk.live.record([NewEvent("c1", "assist", data, desk.now())])
    return desk


async def test_a_suggestion_is_shown_once(suggested: Desk) -> None:
    """Telling again, or telling of what was never suggested, adds nothing."""
    await suggested.feedback.shown(ROBIN, "c1", Shown("m1", (RESHIP.id,)))
    await suggested.feedback.shown(ROBIN, "c1", Shown("m1", (RESHIP.id, TRACK.id, "s-invented")))
    await suggested.feedback.shown(ROBIN, "c1", Shown("m1", (RESHIP.id, TRACK.id)))
    shown = [e.data.suggestions for e in await events_of(suggested, SuggestionsShown)]  # type: ignore[union-attr]
    assert shown == [(RESHIP.id,), (TRACK.id,)]


async def test_a_dismissed_suggestion_is_decided(suggested: Desk) -> None:
    """With its reason; once; and only where there is one."""
    for _ in range(2):
        await suggested.feedback.dismiss(ROBIN, "c1", Dismiss(RESHIP.id, "wrong parcel"))
    assert (await suggested.live.state("c1")).decisions == {RESHIP.id: Decision.DISMISSED}
    with pytest.raises(NotFound, match="no such suggestion"):
        await suggested.feedback.dismiss(ROBIN, "c1", Dismiss("s-none"))


async def test_a_later_mark_replaces_an_earlier_one(suggested: Desk) -> None:
    """Thumb or stars, with a reason or without."""
    await suggested.feedback.rate(ROBIN, "c1", Rate(RESHIP.id, thumb=-1))
    await suggested.feedback.rate(ROBIN, "c1", Rate(RESHIP.id, stars=4, reason="close\x1b"))
    rating = (await suggested.live.state("c1")).ratings[RESHIP.id]
    assert (rating.thumb, rating.stars, rating.reason) == (0, 4, "close")


@pytest.mark.parametrize(("thumb", "stars"), [(2, 0), (-2, 0), (0, 6), (0, -1)])
async def test_a_mark_outside_its_range_is_refused(suggested: Desk, thumb: int, stars: int) -> None:
    """Nothing is logged."""
    seq = suggested.live.seq
    with pytest.raises(Refused, match="stars"):
        await suggested.feedback.rate(ROBIN, "c1", Rate(RESHIP.id, thumb, stars))
    with pytest.raises(NotFound):
        await suggested.feedback.rate(ROBIN, "c1", Rate("s-none", 1))
    assert suggested.live.seq == seq


async def test_a_dismissed_flag_stays_aside(suggested: Desk) -> None:
    """Twice is once; an unknown one is named."""
    name = flag("deadline", Severity.WARN, message="m1").id
    await suggested.feedback.dismiss_flag(ROBIN, "c1", DismissFlag(name, "he means the last parcel"))
    seq = suggested.live.seq
    await suggested.feedback.dismiss_flag(ROBIN, "c1", DismissFlag(name))
    assert suggested.live.seq == seq
    state = await suggested.live.state("c1")
    assert (state.flags, state.dismissed) == ({}, {name})
    with pytest.raises(NotFound, match="no such flag"):
        await suggested.feedback.dismiss_flag(ROBIN, "c1", DismissFlag("f-none"))


@pytest.mark.parametrize("agent", [SAM, MARTA], ids=lambda agent: agent.id)
async def test_only_who_has_the_conversation_judges_what_is_said_in_it(suggested: Desk, agent: Agent) -> None:
    """What others put away or mark would be gone from the screen of the one who works, and count as theirs."""
    name = flag("deadline", Severity.WARN, message="m1").id
    seq = suggested.live.seq
    for judging in (
        suggested.feedback.shown(agent, "c1", Shown("m1", (RESHIP.id,))),
        suggested.feedback.dismiss(agent, "c1", Dismiss(RESHIP.id)),
        suggested.feedback.rate(agent, "c1", Rate(RESHIP.id, thumb=-1)),
        suggested.feedback.dismiss_flag(agent, "c1", DismissFlag(name)),
    ):
        with pytest.raises(Taken, match="Robin Ashdale has this conversation"):
            await judging
    assert suggested.live.seq == seq


async def test_a_reply_can_be_marked_after_the_conversation_has_ended(suggested: Desk) -> None:
    """Its agent may have no time before."""
    await suggested.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    await suggested.feedback.rate(ROBIN, "c1", Rate(RESHIP.id, stars=5))
    assert (await suggested.live.state("c1")).ratings[RESHIP.id].stars == 5
