"""What a lead whispers cannot be overlooked: a line of its own, and a notice that stays until it is seen."""

from datetime import timedelta

import pytest

from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.queue_events import AsideKind, AsideWritten, ConversationTransferred
from console.terminal.timeline import EntryKind, timeline
from console.terminal.widgets.whisper_line import WhisperLine
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.test_own_work import face

LATER = START + timedelta(minutes=30)


def whisper(desk: FakeDesk, text: str, name: str = "c-dana") -> None:
    """Let the lead whisper to Robin."""
    said = AsideWritten(AsideKind.WHISPERED, text, "marta", "Marta Quill", "robin", "Robin Ashdale")
    desk.append(name, said, "agent:marta", LATER)


def notice(pilot: Console) -> str:
    """The notice as it reads; empty where there is none."""
    line = app_of(pilot).main.query_one(WhisperLine)
    return line.render().plain if line.display else ""


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_whisper_stays_in_sight_until_it_is_seen(size: tuple[int, int]) -> None:
    """On whatever part of the screen the agent is; writing and sending do not take it away, one key does."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        assert notice(pilot) == ""
        whisper(desk, "Offer the express courier.")
        await wait_until(pilot, lambda: "Marta Quill whispers" in notice(pilot))
        assert "“Offer the express courier.”" in notice(pilot)
        assert "Dana" in notice(pilot)
        assert "unseen by customers" in notice(pilot)
        await pilot.press("f3", "f3", *"Hello", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").messages[-1].role is Author.AGENT)
        assert "whispers" in notice(pilot)
        await pilot.press("alt+minus")
        await wait_until(pilot, lambda: notice(pilot) == "")


async def test_all_of_a_whispers_heading_is_read_on_a_small_screen() -> None:
    """Who whispers, how many wait, about whose chat, and that no customer sees it: on a second line where need be."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        for text in ("Slow down.", "Offer the express courier."):
            said = AsideWritten(AsideKind.WHISPERED, text, "t", "Bartholomew Quillfeather-Ashdown", "robin", "Robin")
            desk.append("c-dana", said, "agent:t", LATER)
        await wait_until(pilot, lambda: "1 of 2" in notice(pilot))
        lines = notice(pilot).splitlines()
        assert "…" not in notice(pilot)
        assert lines[0].endswith(" Seen Alt+- ")
        head = " ".join(notice(pilot).replace(" Seen Alt+- ", "").split())
        whole = "« Bartholomew Quillfeather-Ashdown whispers (1 of 2) 10:30 · Dana Kovel · unseen by customers"
        assert head == f"{whole} “Slow down.”"
        assert app_of(pilot).main.query_one(WhisperLine).size.height == len(lines) == 3


async def test_whispers_are_seen_one_by_one_the_oldest_first() -> None:
    """It says how many there are."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        whisper(desk, "Slow down.")
        whisper(desk, "Offer the express courier.")
        await wait_until(pilot, lambda: "1 of 2" in notice(pilot) and "Slow down." in notice(pilot))
        await pilot.press("alt+minus")
        await wait_until(pilot, lambda: "Offer the express" in notice(pilot) and " of " not in notice(pilot))


async def test_a_whisper_about_another_chat_of_theirs_is_told_and_marked_in_the_inbox() -> None:
    """Once that chat is given away it is nobody's here."""
    desk = full_desk()
    desk.append("c-iris", e.ConversationClaimed("robin", "Robin Ashdale"), "agent:robin")
    async with at_work(desk, size=(200, 60)) as pilot:
        whisper(desk, "She has waited since noon.", "c-iris")
        await wait_until(pilot, lambda: "Iris Tam" in notice(pilot))
        await wait_until(pilot, lambda: "whisper" in face(pilot, "c-iris"))
        desk.append("c-iris", ConversationTransferred("robin", "sam", "Sam Oldfield"), "agent:robin")
        await wait_until(pilot, lambda: notice(pilot) == "")


async def test_one_that_nobody_has_answered_by_is_there_again_after_a_restart() -> None:
    """Until the agent has written since: then it is old."""
    desk = full_desk()
    whisper(desk, "Offer the express courier.")
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: "whispers" in notice(pilot))
    written = e.MessageAdded(Author.AGENT, "We send it by express.", "Robin Ashdale")
    desk.append("c-dana", written, "agent:robin", LATER + timedelta(minutes=1))
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: len(app_of(pilot).main._timeline()) > 6)
        assert notice(pilot) == ""


async def test_nobody_else_is_told() -> None:
    """A whisper is for the agent whose chat it is."""
    desk = full_desk()
    async with at_work(desk, opened="c-iris") as pilot:
        said = AsideWritten(AsideKind.WHISPERED, "Psst.", "marta", "Marta Quill", "sam", "Sam Oldfield")
        desk.append("c-iris", said, "agent:marta", LATER)
        await wait_until(pilot, lambda: any(x.kind is EntryKind.WHISPER for x in app_of(pilot).main._timeline()))
        assert notice(pilot) == ""


def test_it_has_a_kind_of_line_of_its_own_in_the_transcript() -> None:
    """Not that of a note."""
    desk = full_desk()
    whisper(desk, "Offer the express courier.")
    (entry,) = [x for x in timeline(desk.state("c-dana")) if x.kind is EntryKind.WHISPER]
    assert (entry.who, entry.text) == ("Marta Quill to Robin Ashdale", "Offer the express courier.")
