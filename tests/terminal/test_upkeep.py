"""The lead's screen of what the knowledge base lacks: gaps, drafts and contradictions, by key and by mouse."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input, Static, TextArea

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation import upkeep_commands as u
from console.conversation.draft_events import DraftEdited
from console.conversation.drafts import Drafted
from console.conversation.people import Agent
from console.conversation.upkeep import Aside, Gaps
from console.terminal.screens.deciding import AudienceDialog, RejectionDialog, UnsavedDialog
from console.terminal.screens.draft import DraftScreen
from console.terminal.screens.source import SourceScreen
from console.terminal.screens.upkeep import UpkeepList, UpkeepScreen
from console.terminal.screens.upkeep_items import DRAFTS, EMPTY, GAPS, PAIRS
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.upkeep_scenes import DRAFTED, TEO, WRAPPING, lacking_desk

SIZES = [(80, 24), (200, 60)]


def shown(pilot: Console, name: str) -> str:
    """What a part of the screen says."""
    return str(pilot.app.screen.query_one(f"#{name}", Static).render())


def rows(pilot: Console) -> list[str]:
    """The rows of the list."""
    return [row.face.plain for row in pilot.app.screen.query_one(UpkeepList).rows]


def on(pilot: Console, kind: type[object]) -> bool:
    """Whether this screen is in front."""
    return isinstance(pilot.app.screen, kind)


async def opened(pilot: Console, said: str = "gift wrapping") -> None:
    """Open the screen and let it read."""
    await pilot.press("alt+l")
    await wait_until(pilot, lambda: on(pilot, UpkeepScreen))
    await wait_until(pilot, lambda: any(said in row for row in rows(pilot)), said)


async def drafted(pilot: Console) -> None:
    """Draft an article for the first gap."""
    await opened(pilot)
    await pilot.press("d")
    await wait_until(pilot, lambda: on(pilot, DraftScreen), "the draft")


async def write(pilot: Console, text: str) -> None:
    """Put a text into the draft."""
    pilot.app.screen.query_one("#text", TextArea).text = text
    await pilot.pause()


async def publish(pilot: Console, *keys: str) -> None:
    """Publish the draft for those who are chosen by keys."""
    await pilot.press("alt+p")
    await wait_until(pilot, lambda: on(pilot, AudienceDialog))
    await pilot.press(*keys, "ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_gaps_are_listed_with_what_is_known_of_them(size: tuple[int, int]) -> None:
    """Slots are read as words; the cursor stands on the weightiest."""
    async with at_work(lacking_desk(), opened="", size=size) as pilot:
        await opened(pilot)
        first = " ".join(rows(pilot)[0].split())
        assert "Do you offer gift wrapping for [order number]?" in first
        assert "5 customers · asked 7 times" in first
        await wait_until(pilot, lambda: "Gift cards (gift-cards.md)" in shown(pilot, "detail"))
        assert "4 of the answers had to be written" in shown(pilot, "detail")
        assert "looked up by robin" in shown(pilot, "detail")
        await pilot.press("down")
        await wait_until(pilot, lambda: "drone battery" in shown(pilot, "detail"))


async def test_empty_lists_say_so() -> None:
    """Nothing lacking is good news; no drafts yet says how to make one."""
    desk = lacking_desk()
    desk.lacks, desk.pairs = Gaps(()), ()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot, "No gaps")
        for part in (DRAFTS, PAIRS, GAPS):
            await pilot.press("right")
            await wait_until(pilot, lambda part=part: EMPTY[part][:20] in rows(pilot)[0])


async def test_a_lead_drafts_edits_and_publishes_and_takes_it_back() -> None:
    """Nothing is published before they chose for whom; the decision stands in the list."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await drafted(pilot)
        also = (u.AskedIn("c-iris", "m1"),)
        wanted = u.DraftArticle("c-dana", "m1", WRAPPING.question, also=also, times=7, keep=False)
        assert desk.asked("draft_article") == [wanted]
        assert "Not kept yet" in shown(pilot, "standing")
        assert "m3  We wrap every order" in shown(pilot, "from")
        await publish(pilot, "down")
        await wait_until(pilot, lambda: "in brackets" in shown(pilot, "trouble"), "why it is not published")
        await write(pilot, "We wrap every order for £4.")
        await publish(pilot)
        await wait_until(pilot, lambda: "Choose for whom" in shown(pilot, "trouble"))
        await pilot.press("down", "ctrl+s")
        await wait_until(
            pilot, lambda: on(pilot, DraftScreen) and "Published for staff alone" in shown(pilot, "standing")
        )
        assert desk.asked("approve_draft")[-1] == u.ApproveDraft("internal", desk.log[-2].seq)
        assert pilot.app.screen.query_one("#text").disabled
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen) and "● published" in rows(pilot)[0])
        await pilot.press("u")
        await wait_until(pilot, lambda: "○ open" in rows(pilot)[0])
        assert "Taken back" in shown(pilot, "detail")


async def test_a_draft_is_rejected_with_a_reason() -> None:
    """And taken up again with the same screen."""
    async with at_work(lacking_desk(), opened="") as pilot:
        await drafted(pilot)
        await pilot.click("#reject")
        await wait_until(pilot, lambda: on(pilot, RejectionDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Write why" in shown(pilot, "trouble"))
        await pilot.press(*"no more", "enter")
        await wait_until(
            pilot, lambda: on(pilot, DraftScreen) and "Rejected by Marta Quill: no more" in shown(pilot, "standing")
        )
        await pilot.click("#undo")
        await wait_until(pilot, lambda: "nobody finds it" in shown(pilot, "standing"))


async def test_what_is_not_saved_is_not_left_by_accident() -> None:
    """Saved with Ctrl+S it is."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await drafted(pilot)
        await write(pilot, "Ours.")
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, UnsavedDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, DraftScreen))
        pilot.app.screen.query_one("#title", Input).value = "Gifts"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Saved" in shown(pilot, "trouble"))
        assert isinstance(desk.log[-1].data, DraftEdited)
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen))


@pytest.mark.parametrize(("way", "saved"), [("ctrl+s", True), ("d", False), ("#discard", False)])
async def test_what_is_not_saved_is_saved_on_leaving_or_given_up_by_a_key_of_its_own(way: str, saved: bool) -> None:
    """The key that saves never loses anything."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await drafted(pilot)
        await write(pilot, "Ours.")
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, UnsavedDialog))
        await (pilot.click(way) if way.startswith("#") else pilot.press(way))
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen))
        assert isinstance(desk.log[-1].data, DraftEdited) is saved


async def test_a_gap_that_gives_no_draft_says_why() -> None:
    """In the desk's words; a look-up outside of a conversation has none."""
    desk = lacking_desk()
    desk.drafted = Drafted("", ())
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press("d")
        await wait_until(pilot, lambda: "can be quoted" in shown(pilot, "detail"))
        assert len(desk.asked("draft_article")) == 1
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "nothing to draft from" in shown(pilot, "detail"))


async def test_the_conversation_behind_a_gap_is_a_key_away() -> None:
    """And by the mouse."""
    async with at_work(lacking_desk(), opened="") as pilot:
        await opened(pilot)
        await pilot.press("o")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")
        assert pilot.app.screen is app_of(pilot).main
    async with at_work(lacking_desk(), opened="") as pilot:
        await opened(pilot)
        await pilot.click("#deeds", offset=(shown(pilot, "deeds").index("Conversation") + 2, 0))
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")
        assert pilot.app.screen is app_of(pilot).main


async def test_contradicting_articles_can_be_read() -> None:
    """Each at what it says; nothing goes into a composer from here."""
    desk = lacking_desk()
    desk.sources["internal/returns.md"] = replace(desk.sources["lost-parcels.md"], title="Returns at the desk")
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press("left")
        await wait_until(pilot, lambda: "How to return an item" in shown(pilot, "detail"))
        assert "internal/returns.md · internal" in shown(pilot, "detail")
        await pilot.press("2")
        await wait_until(pilot, lambda: on(pilot, SourceScreen) and "Returns at the desk" in shown(pilot, "title"))
        await pilot.press("ctrl+s")
        assert on(pilot, SourceScreen)
        assert not pilot.app.screen.query_one("#confirm").display


async def test_a_trainer_reads_and_does_not_decide() -> None:
    """Publishing is a lead's."""
    async with at_work(lacking_desk(TEO), opened="") as pilot:
        await drafted(pilot)
        assert not pilot.app.screen.query("#publish")
        await pilot.press("alt+p")
        assert on(pilot, DraftScreen)


async def test_what_a_draft_was_made_from_is_reached_out_of_its_text_and_back() -> None:
    """F6 goes there from where one writes; the text field does not take it for itself."""
    async with at_work(lacking_desk(TEO), opened="") as pilot:
        await drafted(pilot)
        for place in ("page", "text"):
            await pilot.press("f6")
            await wait_until(pilot, lambda place=place: pilot.app.screen.focused.id == place, place)  # type: ignore[misc, union-attr]


async def test_an_agent_sees_their_own_drafts_alone() -> None:
    """They make one from the conversation they closed."""
    desk = lacking_desk(Agent("robin", "Robin Ashdale"))
    async with at_work(desk) as pilot:
        await pilot.press("alt+l")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen) and EMPTY[DRAFTS][:20] in rows(pilot)[0])
        assert "Gaps" not in shown(pilot, "parts")
        assert desk.asked("gaps") == []
        await pilot.press("escape", "alt+y")
        await wait_until(pilot, lambda: any("closed as resolved" in notice for notice in notices(pilot)))
        desk.append("c-dana", e.ConversationClosed("answered", resolved=True), "agent:robin")
        await wait_until(pilot, lambda: desk.state("c-dana").resolved)
        await wait_until(pilot, lambda: app_of(pilot).controller.conversation.resolved)  # type: ignore[union-attr]
        await pilot.press("alt+y")
        await wait_until(pilot, lambda: on(pilot, DraftScreen))
        assert desk.asked("draft_article") == [u.DraftArticle("c-dana", keep=False)]
        await pilot.press("escape")
        await wait_until(pilot, lambda: any("Nothing of the draft was kept" in notice for notice in notices(pilot)))
        assert not await desk.drafts_now()
        await pilot.press("alt+y")
        await wait_until(pilot, lambda: on(pilot, DraftScreen))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Saved" in shown(pilot, "trouble"))
        assert "nobody finds it" in shown(pilot, "standing")
        assert [draft.conversation for draft in (await desk.drafts_now()).values()] == ["c-dana"]


async def test_a_draft_that_was_only_looked_at_leaves_nothing() -> None:
    """The lead is back at the gap it was for."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await drafted(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen))
        await wait_until(pilot, lambda: "Nothing of the draft was kept" in shown(pilot, "detail"))
        assert WRAPPING.question[:20] in rows(pilot)[0]
        assert not await desk.drafts_now()


async def test_a_draft_that_somebody_made_meanwhile_is_not_written_over() -> None:
    """It is said where theirs is."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await drafted(pilot)
        theirs = await desk.draft_article(u.DraftArticle("c-dana", "m1", WRAPPING.question))
        await desk.edit_draft(theirs.id, u.EditDraft("Theirs", "Their words.", theirs.seq))
        await write(pilot, "Ours.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Somebody has drafted this meanwhile" in shown(pilot, "trouble"))
        assert (await desk.drafts_now())[theirs.id].text == "Their words."


async def test_a_desk_that_is_away_is_said_and_asked_again() -> None:
    """With the key that looks again."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        desk.down = True
        await pilot.press("alt+l")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen) and "not reachable" in rows(pilot)[0])
        desk.down = False
        await pilot.press("r")
        await wait_until(pilot, lambda: "gift wrapping" in rows(pilot)[0])


async def test_a_look_up_in_vain_is_told_once_it_is_done_with() -> None:
    """With the question that stood there last; what was answered is not."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.found = replace(desk.found, answerable=False)
        await pilot.press("alt+k", *"tent rental")
        await wait_until(pilot, lambda: "does not seem to hold" in shown(pilot, "found"))
        assert desk.asked("looked_up") == []
        await pilot.press("escape")
        await wait_until(pilot, lambda: desk.asked("looked_up") == [c.LookedUp("tent rental", "c-dana")])
        desk.found = replace(desk.found, answerable=True)
        await pilot.press("alt+k", *"lost")
        await wait_until(pilot, lambda: "articles" in shown(pilot, "found"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert len(desk.asked("looked_up")) == 1


def test_a_made_draft_reads_as_an_article() -> None:
    """The trouble, then the steps."""
    assert DRAFTED.text.startswith("It is a present for a birthday.\n\n## What to do\n\n1. We wrap")


@pytest.mark.parametrize("size", SIZES)
async def test_a_lead_puts_a_gap_aside_and_brings_it_back(size: tuple[int, int]) -> None:
    """By key; it stays at the end of the list, and the screen says what brings it back."""
    desk = lacking_desk()
    async with at_work(desk, opened="", size=size) as pilot:
        await opened(pilot)
        assert "Put aside" in shown(pilot, "deeds")
        await pilot.press("a")
        await wait_until(pilot, lambda: "Put aside until a customer asks it again" in shown(pilot, "detail"))
        assert desk.asked("put_gap_aside") == [u.PutGapAside(WRAPPING.question, WRAPPING.last)]
        assert "drone" in rows(pilot)[0]
        assert "put aside" in rows(pilot)[1]
        assert "Gaps 1 " in shown(pilot, "parts")
        await pilot.press("down")
        await wait_until(pilot, lambda: "It comes back when a customer asks it again." in shown(pilot, "detail"))
        assert "Bring back" in shown(pilot, "deeds")
        await pilot.press("u")
        await wait_until(pilot, lambda: "Brought back" in shown(pilot, "detail"))
        assert "gift wrapping" in " ".join(rows(pilot)[0].split())
        assert desk.asked("bring_gap_back") == [u.BringGapBack(WRAPPING.question)]


async def test_the_last_gap_put_aside_is_brought_back_from_where_the_cursor_stands() -> None:
    """U undoes it at once."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press("a")
        await wait_until(pilot, lambda: "u brings it back" in shown(pilot, "detail"))
        await pilot.press("u")
        await wait_until(pilot, lambda: "Brought back" in shown(pilot, "detail"))
        assert "Gaps 2 " in shown(pilot, "parts")


async def test_a_gap_is_put_aside_by_mouse() -> None:
    """A click on what can be done with it."""
    desk = lacking_desk()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        place = shown(pilot, "deeds").index("Put aside")
        await pilot.click("#deeds", offset=(place + 2, 0))
        await wait_until(pilot, lambda: desk.asked("put_gap_aside"))
        await wait_until(pilot, lambda: "u brings it back" in shown(pilot, "detail"))
        assert len(desk.asked("put_gap_aside")) == 1


async def test_a_trainer_cannot_put_a_gap_aside() -> None:
    """They see what leads have put aside, and are told who may."""
    desk = lacking_desk(TEO)
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        assert "Put aside" not in shown(pilot, "deeds")
        await pilot.press("a")
        await wait_until(pilot, lambda: "Only a lead" in shown(pilot, "detail"))
        assert desk.asked("put_gap_aside") == []


async def test_a_gap_that_was_asked_again_says_so() -> None:
    """With who had put it aside."""
    desk = lacking_desk()
    back = replace(WRAPPING, aside=Aside("Marta Quill", WRAPPING.last, WRAPPING.last - timedelta(days=1)))
    desk.lacks = replace(desk.lacks, gaps=(back,))
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "asked again since" in shown(pilot, "detail"))
        assert "asked again" in rows(pilot)[0]


async def test_a_long_look_shows_how_far_it_is() -> None:
    """Until the gaps are there."""
    desk = lacking_desk()
    found, desk.lacks = desk.lacks, Gaps((), progress="640 of 10,000 questions looked at")
    async with at_work(desk, opened="") as pilot:
        await pilot.press("alt+l")
        await wait_until(pilot, lambda: on(pilot, UpkeepScreen))
        await wait_until(pilot, lambda: "640 of 10,000 questions" in " ".join(" ".join(rows(pilot)).split()))
        desk.lacks = found
        await wait_until(pilot, lambda: any("gift wrapping" in row for row in rows(pilot)))
