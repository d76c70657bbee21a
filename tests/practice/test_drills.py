"""Escalation drills on a real desk: what the agent does is watched, ends the session, and is scored by its moment."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from console.content.customers import load_customers
from console.content.practice import load_practice
from console.conversation.commands import SetAssistance
from console.conversation.message import Author, Status
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import PracticeEnded, ScoredPoint
from console.conversation.queue_commands import CallLead, Transfer
from console.desk.desk import Desk
from console.practice.contradictions import problems
from console.practice.drills import by_deed, with_drill
from console.practice.keeping import played_of
from console.practice.play import cut_off
from console.practice.scenario import Deed, Does, Drill, Line, Scenario
from console.practice.scoring import Score, scored
from console.store import SqlEventLog
from tests.desks import ROBIN, events_of, state_when
from tests.practice.scripted import TODAY
from tests.practice.test_sessions import LATE, hears, practising, says

BEFORE = (
    Line(Author.CUSTOMER, "where is it?", 0.0),
    Line(Author.BOT, "Please try the tracking link.", 5.0),
    Line(Author.CUSTOMER, "I did. I want a person", 5.0),
    Line(Author.BOT, "Have you tried the tracking link?", 4_000.0),
    Line(Author.CUSTOMER, "goodbye", 5.0),
)
WATCHED = replace(LATE, drill=Drill.TAKE_OVER, before=BEFORE, right_from=3, right_until=4)
CARE = Deed(
    "Passed on to the care team", to=("care", "tier 3"), hands_on={"the order": ("88213",), "the job": ("job",)}
)
PASSED = replace(LATE, drill=Drill.PASS_ON, deed=CARE, resolutions=(), right_until=1)
DARK = replace(LATE, drill=Drill.HUMAN_ONLY, right_until=0)


async def worth(desk: Desk, session: str, scenario: Scenario) -> Score:
    """What a session was worth, without the rubric."""
    history = await desk.live.history(session)
    played = by_deed(cut_off(played_of(history, scenario, 1)), history)
    return with_drill(scored(played, ()), history, scenario)


def point(score: Score, name: str) -> ScoredPoint:
    """One point of it."""
    return next(one for one in score.points if one.id == name)


async def ended(desk: Desk, session: str) -> str:
    """Wait until it has ended by itself; how it ended for the customer."""
    await state_when(desk, lambda s: s.status is Status.CLOSED, session)
    found = [event.data for event in await events_of(desk, PracticeEnded)]
    assert isinstance(found[-1], PracticeEnded)
    return found[-1].ending


async def test_the_bot_talks_until_the_agent_takes_over(real_log: SqlEventLog) -> None:
    """Then it falls silent, and the customer turns to the agent."""
    async with practising(real_log, WATCHED) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        assert (await desk.live.state(session)).status is Status.BOT
        await hears(desk, session, "I want a person")
        await desk.casework.claim(ROBIN, session)
        await hears(desk, session, "where is my parcel?")
        assert len((await desk.live.state(session)).messages) == 4
        taken = point(await worth(desk, session, WATCHED), "drill")
        assert (taken.value, taken.evidence[0].message) == (1.0, "m3")
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")
        assert re.match(r"\d s to an answer", point(await worth(desk, session, WATCHED), "time").reason)


async def test_who_takes_over_too_early_is_told_by_how_much(real_log: SqlEventLog) -> None:
    """After two messages, where three were right."""
    slow = replace(WATCHED, before=(*BEFORE[:2], replace(BEFORE[2], after=4_000.0), *BEFORE[3:]))
    async with practising(real_log, slow) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await state_when(desk, lambda s: len(s.messages) == 2, session)
        await desk.casework.claim(ROBIN, session)
        taken = point(await worth(desk, session, slow), "drill")
        assert taken.value == pytest.approx(0.67)
        assert taken.reason == "too early: after 2; right: after 3 to 4 messages of the conversation"


async def test_what_nobody_takes_over_the_bot_gives_to_people_in_the_end(real_log: SqlEventLog) -> None:
    """Too late: nothing is left of that point, and the session can still be played."""
    quick = replace(WATCHED, before=tuple(replace(line, after=1.0) for line in BEFORE), persona=LATE.persona)
    quick = replace(quick, persona=replace(quick.persona, waits=20.0))
    async with practising(real_log, quick) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await state_when(desk, lambda s: s.status is Status.WAITING, session)
        await desk.casework.claim(ROBIN, session)
        await hears(desk, session, "where is my parcel?")
        assert point(await worth(desk, session, quick), "drill").value == 0.0


async def test_passing_on_to_the_right_place_settles_the_case(real_log: SqlEventLog) -> None:
    """With all that the next one has to know; the session ends, for nobody else is there to play it."""
    async with practising(real_log, PASSED) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        note = "LF-88213. He lost his job, the second instalment is missed."
        await desk.queue.transfer(ROBIN, session, Transfer(skill="care", note=note))
        assert await ended(desk, session) == "settled"
        score = await worth(desk, session, PASSED)
        assert score.won
        assert [point(score, name).value for name in ("drill", "handed-on", "resolution")] == [1.0, 1.0, 1.0]
        assert point(score, "handed-on").evidence[0].words == note


async def test_passing_on_elsewhere_settles_nothing(real_log: SqlEventLog) -> None:
    """It is said where it went, where it belongs, and what the note left out."""
    async with practising(real_log, PASSED) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.queue.transfer(ROBIN, session, Transfer(tier=2, note="order LF-88213"))
        assert await ended(desk, session) == "cut off"
        score = await worth(desk, session, PASSED)
        assert not score.won
        assert point(score, "drill").reason == "it went to tier 2; right was: Passed on to the care team"
        assert point(score, "handed-on").reason == "not in the note: the job"
        assert point(score, "resolution").value == 0.0


async def test_passing_on_after_much_talk_is_too_late(real_log: SqlEventLog) -> None:
    """Two messages where one was right."""
    async with practising(real_log, PASSED) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        for text in ("Hello.", "Let me see."):
            await says(desk, session, text)
        await desk.queue.transfer(ROBIN, session, Transfer(tier=3, note="LF-88213, lost his job"))
        await ended(desk, session)
        assert point(await worth(desk, session, PASSED), "drill").reason.startswith("too late: after 2; right: ")


async def test_calling_a_lead_settles_what_is_a_leads_and_nothing_else(real_log: SqlEventLog) -> None:
    """Elsewhere the session goes on meanwhile."""
    complaint = replace(PASSED, deed=Deed("A lead is called", Does.LEAD), right_until=None)
    async with practising(real_log, complaint) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.teamwork.call_lead(ROBIN, session, CallLead())
        assert await ended(desk, session) == "settled"
        assert (await worth(desk, session, complaint)).won
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.teamwork.call_lead(ROBIN, session, CallLead())
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")


async def test_assistance_is_to_be_hidden_before_the_answer(real_log: SqlEventLog) -> None:
    """Before any is right; after one it is late; never is worth nothing."""
    async with practising(real_log, DARK) as (desk, sessions):
        early, late, never = [await sessions.begin(ROBIN, BeginPractice("late", seed=1)) for _ in range(3)]
        await desk.feedback.set_assistance(ROBIN, early, SetAssistance(hidden=True))
        for session in (early, late, never):
            await says(desk, session, "I am so sorry.")
        await desk.feedback.set_assistance(ROBIN, late, SetAssistance(hidden=True))
        points = [point(await worth(desk, session, DARK), "drill") for session in (early, late, never)]
        assert [one.value for one in points] == [1.0, 0.67, 0.0]
        assert points[0].reason == "in time: before any message of yours"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"drill": Drill.PASS_ON}, "needs a [deed]"),
        ({"deed": CARE}, "needs a [deed], and no other"),
        ({"drill": Drill.PASS_ON, "deed": Deed("x", needs=("job",), to=("care",))}, "'job', which is no [[fact]]"),
        ({"drill": Drill.PASS_ON, "deed": Deed("x")}, "needs 'to'"),
        ({"drill": Drill.PASS_ON, "deed": replace(CARE, does=Does.LEAD)}, "without a note"),
        ({"drill": Drill.TAKE_OVER}, "needs 'right_from'"),
        ({"drill": Drill.HUMAN_ONLY, "right_from": 2, "right_until": 1}, "lies before"),
    ],
)
def test_a_drill_that_contradicts_itself_is_told(fields: dict[str, object], problem: str) -> None:
    """In words for whoever writes it."""
    assert problem in " ".join(one.words for one in problems(replace(LATE, **fields)))  # type: ignore[arg-type]


def test_the_demo_has_drills_of_each_kind_that_agree_with_its_behaviours() -> None:
    """Each belongs to a behaviour, at its tier or below, and passes on to a tier or skill that it names."""
    content = Path("console/demo/content")
    found = load_practice(content / "practice", load_customers(content / "customers.jsonl", TODAY), TODAY)
    drills = [scenario for scenario in found if scenario.drill]
    assert {scenario.drill for scenario in drills} == set(Drill)
    for scenario in drills:
        behaviour = tomllib.loads((content / "behaviours" / f"{scenario.intent}.toml").read_text(encoding="utf-8"))
        assert scenario.tier <= behaviour["tier"]
        places = {*behaviour["skills"], f"tier {behaviour['tier']}"}
        assert scenario.deed is None or places.issuperset(scenario.deed.to)
