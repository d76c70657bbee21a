"""Corrections of the summary: by whom, of what, and that they stay."""

import pytest

from console.conversation.assist_events import SummaryCorrected, SummaryUpdated
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.commands import Close, CorrectSummary
from console.conversation.events import NewEvent
from console.desk.corrections import LONGEST
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused, Taken
from tests.desks import MARTA, ROBIN, SAM, arrive, events_of

ISSUE = SummaryLine(SummaryKind.ISSUE, "my boots are late", ("m1",))
FACT = SummaryLine(SummaryKind.FACT, "Name: Angela", ("m1",))


def command(text: str, line: SummaryLine = ISSUE) -> CorrectSummary:
    """Return the command that puts a line right."""
    return CorrectSummary(line.kind, line.sources, line.text, text)


async def say(desk: Desk, *lines: SummaryLine) -> None:
    """Let the second chair sum up."""
    await desk.live.record([NewEvent("c1", "assist", SummaryUpdated("m1", lines), desk.now())])


async def texts(desk: Desk) -> list[str]:
    """Return the summary as it stands."""
    return [line.text for line in (await desk.live.state("c1")).summary]


@pytest.fixture
async def summed(desk: Desk) -> Desk:
    """A desk with a conversation that Robin has, and its summary."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await say(desk, ISSUE, FACT)
    return desk


async def test_a_correction_is_logged_and_stays(summed: Desk) -> None:
    """With who made it, what stood there before, and what the second chair says later beside it."""
    await summed.corrections.correct(ROBIN, "c1", command("the boots\x1b are\nlost"))
    (event,) = await events_of(summed, SummaryCorrected)
    assert event.actor == "agent:robin"
    assert event.data == SummaryCorrected(ISSUE.kind, ISSUE.sources, ISSUE.text, "the boots are lost", ROBIN.name)
    await say(summed, ISSUE, FACT, SummaryLine(SummaryKind.OPEN, "And when?", ("m1",)))
    assert await texts(summed) == ["the boots are lost", "Name: Angela", "And when?"]


async def test_saying_the_same_twice_is_logged_once(summed: Desk) -> None:
    """Neither is what stands there already."""
    seq = summed.live.seq
    await summed.corrections.correct(ROBIN, "c1", command(ISSUE.text))
    assert summed.live.seq == seq
    for _ in range(2):
        await summed.corrections.correct(ROBIN, "c1", command("lost"))
    assert len(await events_of(summed, SummaryCorrected)) == 1


async def test_a_line_that_was_taken_out_can_be_brought_back(summed: Desk) -> None:
    """Also when the second chair has summed up since."""
    await summed.corrections.correct(ROBIN, "c1", command("", FACT))
    await say(summed, ISSUE, FACT)
    assert await texts(summed) == [ISSUE.text]
    await summed.corrections.correct(ROBIN, "c1", command(FACT.text, FACT))
    assert await texts(summed) == [ISSUE.text, FACT.text]


async def test_a_lead_may_correct_what_a_colleague_has(summed: Desk) -> None:
    """Another agent may not, nor anybody a line that is not there."""
    await summed.corrections.correct(MARTA, "c1", command("lost"))
    assert (await summed.live.state("c1")).summary[0].corrected == MARTA.name
    with pytest.raises(Taken, match="Robin Ashdale has this conversation"):
        await summed.corrections.correct(SAM, "c1", command("late"))
    with pytest.raises(NotFound, match="no such line"):
        await summed.corrections.correct(ROBIN, "c1", CorrectSummary(SummaryKind.OPEN, ("m1",), "And when?", "x"))


async def test_a_closed_conversation_keeps_its_summary(summed: Desk) -> None:
    """Until it is reopened."""
    await summed.casework.close(ROBIN, "c1", Close("done", resolved=True))
    with pytest.raises(Refused, match="reopen"):
        await summed.corrections.correct(ROBIN, "c1", command("lost"))


async def test_what_is_written_is_short_and_holds_no_card_number(summed: Desk) -> None:
    """As in every summary."""
    await summed.corrections.correct(ROBIN, "c1", command("paid with 4111 1111 1111 1111 " + "x" * 999))
    (line, *_) = await texts(summed)
    assert len(line) <= LONGEST
    assert "4111 1111" not in line
