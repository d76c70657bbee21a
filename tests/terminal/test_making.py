"""Making practice scenarios in the console: from a closed chat, read beside what is marked, decided on by a trainer."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.widgets import Input, SelectionList

from console.conversation import commands as c
from console.conversation.drafts import DraftStatus
from console.conversation.practice_assignments import AssignPractice
from console.conversation.scenario_drafts import MakeScenario, ResolutionTried, ScenarioCheck
from console.terminal.merging import merged
from console.terminal.screens.assigning import AssignDialog
from console.terminal.screens.deciding import RejectionDialog, UnsavedDialog
from console.terminal.screens.scenario_draft import MarkList, ScenarioDraftScreen
from console.terminal.screens.sure import SureDialog
from console.terminal.screens.training import TrainingScreen
from console.terminal.widgets.marked_area import DOUBTFUL, MarkedArea
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_making import TEXT
from tests.terminal.harness import LARGE, SMALL, Console, app_of, at_work, notices, wait_until
from tests.terminal.review_pictures import named
from tests.terminal.scenes import full_desk
from tests.terminal.test_training import TEO, lines, listed, opened, told, training_desk


async def drafting_desk(*, approved: bool = False) -> FakeDesk:
    """A desk with a draft of a scenario, made by somebody else."""
    desk = training_desk()
    made = await desk.make_scenario(MakeScenario("c-iris"))
    if approved:
        desk.changed(made.id, made.seq, status=DraftStatus.APPROVED, decided_by="Tilda Marrow", file="c-iris.toml")
    return desk


async def to_draft(pilot: Console) -> MarkedArea:
    """Open the draft on the practice page; return its text."""
    await opened(pilot, "shift+tab")
    await wait_until(pilot, lambda: any("hen weekend" in line for line in lines(pilot)))
    await pilot.press("enter")
    return await shown(pilot)


async def shown(pilot: Console) -> MarkedArea:
    """Wait for the draft; return its text."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScenarioDraftScreen), "the draft")
    await wait_until(pilot, lambda: pilot.app.screen.query_one(MarkList).rows, "its marks")
    return pilot.app.screen.query_one(MarkedArea)


def marks(pilot: Console) -> str:
    """What is listed as marked."""
    return "\n".join(row.face.plain for row in pilot.app.screen.query_one(MarkList).rows)


async def test_a_trainer_makes_a_scenario_from_the_closed_chat_on_the_screen() -> None:
    """One key; it is played through at once, and kept."""
    desk = full_desk()
    await desk.close_conversation("c-dana", c.Close("resolved", resolved=True))
    desk.agent = TEO
    async with at_work(desk) as pilot:
        await pilot.press("alt+equals_sign")
        await shown(pilot)
        assert desk.asked("make_scenario") == [MakeScenario("c-dana")]
        await wait_until(pilot, lambda: "it can be won, and lost" in told(pilot))
        await pilot.press("escape")
        await wait_until(pilot, lambda: any("The draft is kept" in line for line in notices(pilot)))


async def test_no_scenario_is_made_of_a_chat_that_goes_on_nor_by_an_agent() -> None:
    """Both are told why."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+equals_sign")
        await wait_until(pilot, lambda: any("train others" in line for line in notices(pilot)))
    desk = training_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+equals_sign")
        await wait_until(pilot, lambda: any("from a closed chat" in line for line in notices(pilot)))
    assert not desk.asked("make_scenario")


async def test_marked_words_stand_out_in_the_text_without_colour_and_are_gone_to_by_key() -> None:
    """Words that may be somebody's own are reversed, invented ones underlined; Alt+M goes from one to the next."""
    async with at_work(await drafting_desk(), opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        line = area.get_line(1)
        styles = {line.plain[span.start : span.end]: str(span.style) for span in line.spans}
        assert styles["Ambleford"] == DOUBTFUL
        assert {str(span.style) for span in area.get_line(7).spans} == {"underline"}
        assert "? May be somebody's own" in marks(pilot)
        assert "Ambleford  2 times" in marks(pilot)
        await pilot.press("alt+m")
        assert area.selected_text == "Ambleford"
        await pilot.press("alt+m")
        assert area.selected_text == "Umbel"
        area.text = area.text.replace("Ambleford", "Newmere")
        await wait_until(pilot, lambda: "Ambleford" not in marks(pilot))


async def test_a_check_says_how_long_it_takes_and_what_blocks_a_resolution() -> None:
    """Enter on a resolution goes to it in the text."""
    desk = await drafting_desk()
    desk.playing = asyncio.Event()
    blocked = ResolutionTried("as-it-was", "second pair by express", False, "its own examples are not heard")
    desk.scenario_check = ScenarioCheck("", False, True, blocked.blocks, (blocked,))
    async with at_work(desk, opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        await wait_until(pilot, lambda: "Playing it through" in told(pilot))
        desk.playing.set()
        await wait_until(pilot, lambda: "it cannot be won: its own examples" in told(pilot))
        assert "✗ second pair by express: its own examples are not heard" in marks(pilot)
        await pilot.press("f6", "home", "enter")
        assert area.document.get_line(area.cursor_location[0]) == "[[resolution]]"
        await pilot.press("alt+p")
        await wait_until(pilot, lambda: "⚠ It cannot be approved before" in told(pilot))
        area.insert("# mine\n", (0, 0))  # what was played through is another text now: the desk says
        await pilot.press("alt+p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "⚠ it cannot be won" in told(pilot))


async def test_the_chat_that_it_was_made_from_is_one_key_away() -> None:
    """In place of the marks, and back; what was written in the text stays."""
    async with at_work(await drafting_desk(), opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        area.insert("# mine\n", (0, 0))
        await pilot.press("f7")
        await wait_until(pilot, lambda: "customer Can I still change my address?" in marks(pilot))
        assert "May be somebody's own" not in marks(pilot)
        await pilot.press("enter", "f7")
        await wait_until(pilot, lambda: "May be somebody's own" in marks(pilot))
        assert area.has_focus
        assert area.text.startswith("# mine\n")


async def test_what_is_wrong_with_the_file_is_listed_and_gone_to() -> None:
    """Each with its line and what to do; no name of a file, which a trainer does not know."""
    desk = await drafting_desk()
    one = "late-1a.toml:3: 'difficulty' has to be one of easy, medium, hard, and is “simple”"
    desk.scenario_check = ScenarioCheck(f"{one}\nlate-1a.toml: the key 'notes' is missing: what the debrief teaches")
    async with at_work(desk, opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        await wait_until(pilot, lambda: "2 things are wrong with the file" in told(pilot))
        assert "✗ line 3: 'difficulty' has to be one of easy, medium, hard" in marks(pilot)
        assert "✗ the key 'notes' is missing: what the debrief teaches" in marks(pilot)
        await pilot.press("f6", "home", "enter")
        assert area.cursor_location[0] == 2
        desk.scenario_check = ScenarioCheck(one)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "✗ It cannot be played: line 3: 'difficulty' has" in told(pilot))


async def test_a_draft_is_not_approved_before_somebody_has_written_what_it_teaches() -> None:
    """The list leads to the place; one line says what is left."""
    desk = await drafting_desk()
    left = "write what it teaches, in place of “Say here what it teaches.”"
    desk.scenario_check = replace(desk.scenario_check, unwritten=left)
    async with at_work(desk, opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        await wait_until(pilot, lambda: "Before you approve it, write what it teaches" in " ".join(told(pilot).split()))
        await pilot.press("f6", "home", "enter")
        assert area.document.get_line(area.cursor_location[0]).startswith("notes =")
        await pilot.press("alt+p")
        await wait_until(pilot, lambda: "⚠ It cannot be approved yet: write what it teaches" in told(pilot))
        assert not desk.asked("approve_scenario")


async def test_a_changed_draft_is_saved_checked_approved_and_assigned() -> None:
    """What may be somebody's own and still stands in it is named before it is approved."""
    desk = await drafting_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        area = await to_draft(pilot)
        await wait_until(pilot, lambda: "it can be won, and lost" in told(pilot))
        area.insert("# mine\n", (0, 0))
        await wait_until(pilot, lambda: "Before your changes" in told(pilot))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: len(desk.asked("check_scenario")) == 2)
        assert desk.scenarios[0].text == f"# mine\n{TEXT}"
        await pilot.press("alt+p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        assert "still in it: Ambleford" in told(pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.scenarios[0].status is DraftStatus.APPROVED)
        await wait_until(pilot, lambda: "Approved by Teo Brandt" in told(pilot))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen) and listed(pilot))
        await wait_until(pilot, lambda: "● approved" in lines(pilot)[0])
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, AssignDialog))
        pilot.app.screen.query_one("#who", SelectionList).select("person robin")
        pilot.app.screen.query_one("#day", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("assign_practice") == [AssignPractice("c-iris", ("robin",))])


async def test_what_was_approved_is_assigned_from_where_it_was_read() -> None:
    """One need not look for it in the list; a draft that is open cannot be assigned."""
    desk = await drafting_desk(approved=True)
    async with at_work(desk, opened="", size=SMALL) as pilot:
        await to_draft(pilot)
        await pilot.press("alt+n")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, AssignDialog))
        pilot.app.screen.query_one("#who", SelectionList).select("person robin")
        pilot.app.screen.query_one("#day", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("assign_practice") == [AssignPractice("c-iris", ("robin",))])
        await wait_until(pilot, lambda: "It stands first in their list" in told(pilot))
    desk = await drafting_desk()
    async with at_work(desk, opened="", size=SMALL) as pilot:
        await to_draft(pilot)
        await pilot.press("alt+n")
        assert not pilot.app.screen.query_one("#assign").display
        assert not isinstance(pilot.app.screen, AssignDialog)


async def test_the_second_of_two_who_edit_one_draft_is_told_and_loses_nothing() -> None:
    """Theirs and one's own stand in the text together; it is saved once that was read."""
    desk = await drafting_desk()
    async with at_work(desk, opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        await wait_until(pilot, lambda: "it can be won, and lost" in told(pilot))
        area.text = area.text.replace('difficulty = "medium"', 'difficulty = "hard"')
        theirs = TEXT.replace("hen weekend", "wedding").replace('difficulty = "medium"', 'difficulty = "easy"')
        desk.changed("sc-c-iris", 1, text=theirs, changed_by="Tilda Marrow")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Tilda Marrow changed it meanwhile" in told(pilot))
        assert '\ntitle = "Boots for the wedding in Ambleford"\n' in area.text
        assert 'difficulty = "hard"\n# Tilda Marrow: difficulty = "easy"\n' in area.text
        assert desk.scenarios[0].text == theirs
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.scenarios[0].text == area.text)
        assert desk.scenarios[0].changed_by == "Teo Brandt"


async def test_what_was_written_in_a_draft_that_another_decided_on_stays_until_one_leaves_it() -> None:
    """Saving says why it cannot be saved."""
    desk = await drafting_desk()
    async with at_work(desk, opened="", size=SMALL) as pilot:
        area = await to_draft(pilot)
        area.insert("# mine\n", (0, 0))
        desk.changed("sc-c-iris", 1, status=DraftStatus.REJECTED, decided_by="Tilda Marrow", reason="too easy")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Rejected by Tilda Marrow: too easy" in told(pilot))
        assert "⚠ this draft is rejected already" in told(pilot)
        assert area.text.startswith("# mine\n")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, UnsavedDialog))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen))


async def test_a_draft_is_rejected_with_a_reason_and_made_anew() -> None:
    """Nobody plays it meanwhile."""
    desk = await drafting_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await to_draft(pilot)
        await pilot.press("alt+x")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RejectionDialog))
        pilot.app.screen.query_one("#reason", Input).value = "nothing to learn"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Rejected by Teo Brandt: nothing to learn" in told(pilot))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen) and listed(pilot))
        await wait_until(pilot, lambda: "✖ rejected" in lines(pilot)[0])
        await pilot.press("a")
        await shown(pilot)
        assert desk.scenarios[0].status is DraftStatus.OPEN


async def test_the_list_says_what_is_to_be_looked_at_and_what_was_erased_since() -> None:
    """Also that there is none."""
    desk = await drafting_desk(approved=True)
    await desk.make_scenario(MakeScenario("c-dana"))
    desk.again = ("late-1a2b",)
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await opened(pilot, "shift+tab")
        await wait_until(pilot, lambda: len(lines(pilot)) == 4)
        assert "1 to look at" in lines(pilot)[0]
        assert "1 to decide on, of 2 · 1 to look at again" in told(pilot)
        await pilot.press("end")
        await wait_until(pilot, lambda: "was erased since" in " ".join(told(pilot).split()))
    async with at_work(training_desk(), opened="", size=SMALL) as pilot:
        app_of(pilot).main.action_training()
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen) and listed(pilot))
        await pilot.press("shift+tab")
        await wait_until(pilot, lambda: any("No drafts." in line for line in lines(pilot)))


async def test_hostile_words_of_a_draft_are_shown_as_they_are() -> None:
    """No markup of theirs does anything."""
    desk = await drafting_desk()
    bad = desk.scenarios[0].text.replace("hen weekend", "[/x][@click=app.quit]weekend[/]")
    desk.scenarios = (replace(desk.scenarios[0], text=bad, changed_by="[b]Tilda[/x]"),)
    async with at_work(desk, opened="", size=SMALL) as pilot:
        await opened(pilot, "shift+tab")
        await wait_until(pilot, lambda: any("[@click=app.quit]weekend" in line for line in lines(pilot)))
        await pilot.press("enter")
        await shown(pilot)
        assert "[b]Tilda[/x]" in told(pilot)


@pytest.mark.parametrize("picture", [("draft", SMALL), ("draft", LARGE), ("drafts", SMALL)], ids=named)
def test_it_looks_as_it_did(picture: tuple[str, tuple[int, int]], looks: Callable[..., bool]) -> None:
    """A draft beside what is marked in it, played through; and the list."""
    name, size = picture

    async def way(pilot: Console) -> None:
        await opened(pilot, "shift+tab")
        await wait_until(pilot, lambda: any("hen weekend" in line for line in lines(pilot)))
        if name == "draft":
            await pilot.press("enter")
            await shown(pilot)
            await wait_until(pilot, lambda: "it can be won, and lost" in told(pilot))
            await pilot.press("alt+m")

    assert looks(asyncio.run(drafting_desk()), size, way)


def test_two_changes_of_a_text_are_put_together_line_by_line() -> None:
    """Both changes of different lines, one where both are the same, both where they differ."""
    assert merged("a\nb\nc", "a\nB\nc", "a\nb\nc\nd", "# ").text == "a\nB\nc\nd"
    assert merged("a\nb", "a\nB", "a\nB", "# ").text == "a\nB"
    both = merged("a\nb\nc", "a\nmine\nc", "a\ntheirs\nc", "# T: ")
    assert (both.text, both.apart) == ("a\nmine\n# T: theirs\nc", 1)
    assert merged("a\nb", "a\nb", "", "# ").text == ""
