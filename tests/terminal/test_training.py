"""What trainers do around practice, in the console: assign, score points otherwise, look at people, open sessions."""

import re

from textual.widgets import Input, SelectionList, Static

from console.conversation.people import Agent, Role
from console.conversation.practice import BeginPractice, ReplayFrom, UnderWay
from console.conversation.practice_assignments import AssignPractice
from console.conversation.practice_training import OverrulePoint, OwnPractice, PastSessions
from console.terminal import painting
from console.terminal.port import PracticeSeen
from console.terminal.screens.assigning import AssignDialog, OverruleDialog
from console.terminal.screens.debrief import DebriefRows, DebriefScreen
from console.terminal.screens.practice import PracticeScreen, ScenarioRows, WhichScenario
from console.terminal.screens.training import OwnSessionsScreen, TrainingScreen
from console.terminal.screens.training_steps import SessionsStep
from console.terminal.widgets.choice import Several
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.practice_faces import session_detail, session_line
from console.terminal.widgets.review_list import ReviewList
from console.terminal.widgets.top_bar import TopBar
from console.terminal.widgets.transcript import Transcript
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_practice import NEXT, SESSIONS, TO_PLAY
from tests.terminal.harness import SMALL, Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk

TEO = Agent("teo", "Teo Brandt", Role.TRAINER)


def training_desk() -> FakeDesk:
    """A desk on which a trainer is at work."""
    desk = full_desk()
    desk.agent = TEO
    return desk


async def opened(pilot: Console, *keys: str) -> None:
    """Open the practice page, and press keys once it has its rows."""
    app = app_of(pilot)
    app.main.action_training()
    await wait_until(pilot, lambda: isinstance(app.screen, TrainingScreen) and listed(pilot))
    for key in keys:
        await pilot.press(key)
        await wait_until(pilot, lambda: listed(pilot))


def listed(pilot: Console) -> bool:
    """Whether the rows are there that were asked for."""
    rows = pilot.app.screen.query(ReviewList)
    return bool(rows) and bool(rows.first().rows) and rows.first().rows[0].key != "remark"


def told(pilot: Console) -> str:
    """All that the screen says beside its rows."""
    return "\n".join(str(part.render()) for part in pilot.app.screen.query(Static))


def lines(pilot: Console) -> list[str]:
    """The rows."""
    return [row.face.plain for row in pilot.app.screen.query_one(ReviewList).rows]


async def test_an_assignment_shows_who_has_played_it_and_how_late_it_is() -> None:
    """With the score of who has."""
    async with at_work(training_desk(), opened="", size=(120, 40)) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "not played yet" in told(pilot))
        assert "late" in lines(pilot)[0]
        assert "1 of 2 played" in lines(pilot)[0]
        assert re.search(r"Due +\d+ days late", told(pilot))
        assert "71 of 100" in told(pilot)


async def test_a_trainer_assigns_a_scenario_and_withdraws_it() -> None:
    """Which, to whom, by when; nobody chosen and a wrong day are complained of."""
    desk = training_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, WhichScenario))
        await wait_until(pilot, lambda: len(pilot.app.screen.query_one(ScenarioRows).rows) == 3)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, AssignDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Choose who" in told(pilot))
        who = pilot.app.screen.query_one(Several)
        assert "X" not in who.render_line(0).text
        await pilot.press("space")
        assert "X" in who.render_line(0).text
        await pilot.press("space")
        pilot.app.screen.query_one("#who", SelectionList).select("team boots").select("person robin")
        pilot.app.screen.query_one("#day", Input).value = "Friday"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "year-month-day" in told(pilot))
        pilot.app.screen.query_one("#day", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("assign_practice"))
        assert desk.asked("assign_practice") == [AssignPractice("boots", ("robin",), ("boots",))]
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen) and listed(pilot))
        await wait_until(pilot, lambda: "Given by   Teo Brandt" in told(pilot) and "any time" in told(pilot))
        await pilot.press("x")
        await wait_until(pilot, lambda: desk.asked("withdraw_assignment") == ["b1"], "the new one under the cursor")


async def test_a_point_is_scored_otherwise_with_a_reason() -> None:
    """Without one it is not; the debrief is a key away."""
    desk = training_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot, "tab")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: any("Facts found out" in line for line in lines(pilot)))
        await pilot.press("down", "1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, OverruleDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Say why" in told(pilot))
        pilot.app.screen.query_one("#reason", Input).value = "They had asked in the first part."
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("overrule_point"))
        body = OverrulePoint("found-out", 1.0, "They had asked in the first part.")
        assert desk.asked("overrule_point") == [("p-2", body)]
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen) and listed(pilot))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))


async def test_people_are_shown_by_skill_with_what_to_play_next() -> None:
    """A skill with too few sessions has no mean; nor has the comparison with real work."""
    async with at_work(training_desk(), opened="", size=(160, 40)) as pilot:
        await opened(pilot, "tab", "tab")
        await wait_until(pilot, lambda: any("Robin Ashdale" in line for line in lines(pilot)))
        said = "\n".join([told(pilot), *lines(pilot)])
        for part in ("54% (31–77)", "not enough data", "The letters to Alan", "1 of 10 agents with both"):
            assert part in said
        await pilot.press("down")
        words = "60% (32–88) of what was planted, in 5 sessions Used not enough data of good suggestions"
        await wait_until(pilot, lambda: words in " ".join(told(pilot).split()))


async def test_of_few_sessions_the_scores_and_the_counts_are_told_as_they_are() -> None:
    """A mean needs more; what was taken up again is told apart."""
    async with at_work(training_desk(), opened="", size=(160, 40)) as pilot:
        await opened(pilot, "tab", "tab")
        await wait_until(pilot, lambda: any("Robin Ashdale" in line for line in lines(pilot)))
        await pilot.press("down", "down")
        await wait_until(pilot, lambda: "71 of 100" in told(pilot))
        said = " ".join(told(pilot).split())
        for part in (
            "Score not enough data, 0 of 1 won",
            "Newest 71 of 100",
            "Again 1 session taken up again; none of this counts them",
            "Caught 0 of 1; not enough data of what was planted, in 1 session",
        ):
            assert part in said
        assert "Used" not in said


async def test_a_session_under_way_opens_on_the_practice_desk() -> None:
    """Where a trainer may watch it, though no lead."""
    desk = training_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot, "tab")
        await pilot.press("t")
        app = app_of(pilot)
        await wait_until(pilot, lambda: app.controller.practising and app.controller.connection.live)
        await wait_until(pilot, lambda: app.controller.state.current == "c-dana")
        assert painting.watches(app.controller)
        assert not app.controller.leads
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: desk.asked("watch") == [True])
        await wait_until(pilot, lambda: "You watch. Alt+5 tells the agent something." in notices(pilot))


async def test_agents_see_their_own_sessions_alone() -> None:
    """And cannot score them."""
    desk = full_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot)
        assert isinstance(pilot.app.screen, OwnSessionsScreen)
        assert desk.asked("practice_sessions") == [True]
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: any("Facts found out" in line for line in lines(pilot)))
        assert "Not met" not in told(pilot)


async def test_what_was_assigned_stands_first_and_a_quiet_line_counts_it() -> None:
    """It begins with the assignment's id; what is next comes after it."""
    desk = full_desk()
    desk.own = OwnPractice((TO_PLAY,), NEXT)
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: "1 to practise, 1 due" in app.main.query_one(TopBar).render().plain)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
        first = app.screen.query_one(ScenarioRows).rows[0].face.plain
        for part in ("The letters to Alan", "assigned", "late", "without assistance", "Teo Brandt: Take your time."):
            assert part in first
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.asked("begin_practice"))
        assert desk.asked("begin_practice") == [BeginPractice("letters", "off", assignment="a1")]


async def test_the_count_follows_what_was_assigned_as_soon_as_the_desk_says_so() -> None:
    """Nothing is asked while nobody assigns anything."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        bar = app_of(pilot).main.query_one(TopBar)
        await wait_until(pilot, lambda: len(desk.asked("own_practice")) == 1)
        assert "to practise" not in bar.render().plain
        desk.own = OwnPractice((TO_PLAY,), NEXT)
        desk.typing_seen(PracticeSeen())
        await wait_until(pilot, lambda: "1 to practise" in bar.render().plain)
        desk.own = OwnPractice()
        desk.typing_seen(PracticeSeen())
        await wait_until(pilot, lambda: "to practise" not in bar.render().plain)
        assert len(desk.asked("own_practice")) == 3


async def test_what_was_assigned_and_goes_on_is_listed_once() -> None:
    """As what goes on: it need not be begun a second time."""
    desk = full_desk()
    desk.own = OwnPractice((TO_PLAY,), NEXT)
    desk.under_way = (UnderWay("c-dana", "The letters to Alan", "off", "a1"),)
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
        faces = [row.face.plain for row in app.screen.query_one(ScenarioRows).rows]
        assert "goes on  ◇ assigned" in faces[0]
        assert not any("assigned" in face for face in faces[1:])


async def test_a_trainer_takes_up_the_session_of_an_agent_from_its_debrief() -> None:
    """As a session of theirs; in the conversation the agent has their name."""
    desk = training_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot, "tab", "down")
        await pilot.press("d")
        app = app_of(pilot)
        await wait_until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        await pilot.press("tab", "end", "up")
        said = [row.face.plain for row in app.screen.query_one(DebriefRows).rows]
        assert any("Robin They will be there by Friday." in line for line in said)
        await pilot.press("r")
        await wait_until(pilot, lambda: desk.asked("replay_practice") == [ReplayFrom("m9")])
        await wait_until(pilot, lambda: app.controller.practising)


async def test_one_session_is_a_session() -> None:
    """Its number is not told as one of many."""
    assert SessionsStep().standing(PastSessions(SESSIONS.sessions[1:2], "/practice")) == "1 session, 0 under way"
    assert SessionsStep().standing(SESSIONS) == "3 sessions, 1 under way"


async def test_a_list_that_could_not_be_read_says_so_and_is_read_again_by_key() -> None:
    """It does not seem to be on its way for ever."""
    desk = training_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot)
        desk.down = True
        await pilot.press("tab")
        await wait_until(pilot, lambda: lines(pilot) == ["It could not be read: r tries again."])
        desk.down = False
        await pilot.press("r")
        await wait_until(pilot, lambda: listed(pilot))


def test_a_session_that_takes_up_another_one_is_marked_in_the_list() -> None:
    """By a sign and a word, also where the title is cut."""
    first_try, again = SESSIONS.sessions[1:]
    assert "↻ again" in session_line(again, 60, named=True).plain
    assert "↻ again" not in session_line(first_try, 60, named=True).plain
    assert "takes up an earlier session" in " ".join(session_detail(again, 60).plain.split())


async def test_a_trainers_first_screen_says_where_practice_is() -> None:
    """In place of the keys of those who take chats; to an agent it says those."""
    for desk, words in ((training_desk(), "Practice sessions: assign, follow"), (FakeDesk(), "take who is next")):
        async with at_work(desk, opened="", size=SMALL) as pilot:
            shown = pilot.app.screen.query_one(Transcript).query_one(Lines)
            await wait_until(pilot, lambda shown=shown, words=words: words in shown.hint.plain)  # type: ignore[misc]
