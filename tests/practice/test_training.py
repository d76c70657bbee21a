"""Around practice sessions: assignments, scores that trainers give, skills, and what to play next."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from console.conversation.commands import Close
from console.conversation.events import Event, NewEvent
from console.conversation.people import Agent, Role
from console.conversation.practice import BeginPractice
from console.conversation.practice_assignments import AssignPractice, due_words
from console.conversation.practice_events import PointOverruled, PracticeBegan, PracticeScored, ScoredPoint
from console.conversation.practice_training import OverrulePoint
from console.desk.desk import Desk
from console.desk.errors import Forbidden, NotFound, Refused
from console.desk.practice_training import PracticeTraining
from console.practice.next_up import next_up, won_often
from console.practice.parts import Part
from console.practice.record import KINDS, Played, Record
from console.practice.scenario import Difficulty
from console.review.practised import agreements, by_skill, compared, of_point, of_point_in_group
from console.server.practice_scoring import PracticeScoring
from console.server.practice_training import WATCHING, TrainingLook
from console.store import SqlEventLog
from tests.desks import ROBIN, until
from tests.practice.test_sessions import LATE, practising

TEO = Agent("teo", "Teo Brandt", Role.TRAINER)
TEAMS = frozenset({"boots"})
SCENARIOS = {"late": replace(LATE, skills=("delivery",))}
POINTS = (ScoredPoint("resolution", "Settled", 0.0, 4, "nothing"), ScoredPoint("facts", "Facts", 1.0, 1, "all"))


def training_of(desk: Desk) -> PracticeTraining:
    """What trainers do on this desk."""
    return PracticeTraining(desk, lambda: SCENARIOS, desk.now)


async def scored(desk: Desk, session: str, points: tuple[ScoredPoint, ...] = POINTS, total: float = 20.0) -> None:
    """Close a session, and score it as the engine would."""
    await desk.casework.close(ROBIN, session, Close("practice", resolved=False))
    data = PracticeScored(points, total, won=False)
    await desk.live.record([NewEvent(session, "assist", data, desk.now(), "practice", f"{session}:scored")])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-2, "2 days late"),
        (-1, "1 day late"),
        (0, "due today"),
        (1, "due tomorrow"),
        (4, "due Friday"),
        (9, "due 11 Mar"),
    ],
)
def test_the_day_is_told_as_people_say_it(days: int, said: str) -> None:
    """From a week on by its date."""
    monday = date(2026, 3, 2)
    due = datetime(2026, 3, 2, 12).astimezone() + timedelta(days=days)
    assert due_words(due, monday) == said


async def test_an_assignment_is_open_until_it_is_played_or_withdrawn(real_log: SqlEventLog) -> None:
    """For people and for teams; a session that was begun for another reason does not do it."""
    async with practising(real_log) as (desk, sessions):
        training = training_of(desk)
        known = frozenset({ROBIN.id})
        one = await training.assign(TEO, AssignPractice("late", (ROBIN.id,), note="\x1bMind the day."), known, TEAMS)
        two = await training.assign(TEO, AssignPractice("late", teams=("boots",)), known, TEAMS)
        record = training.record
        assert record.given[one].data.note == "Mind the day."
        assert [given.data.assignment for given in record.to_play(ROBIN.id, frozenset({"boots"}))] == [one, two]
        await scored(desk, await sessions.begin(ROBIN, BeginPractice("late", seed=1)))
        assert len(record.to_play(ROBIN.id, frozenset())) == 1
        await scored(desk, await sessions.begin(ROBIN, BeginPractice("late", seed=1, assignment=one)))
        assert record.to_play(ROBIN.id, frozenset()) == []
        await training.withdraw(TEO, two)
        assert record.to_play(ROBIN.id, frozenset({"boots"})) == []
        with pytest.raises(NotFound):
            await training.withdraw(TEO, two)


async def test_what_cannot_be_assigned_is_refused(real_log: SqlEventLog) -> None:
    """No such scenario, nobody, a stranger, a day that is past."""
    async with practising(real_log) as (desk, _):
        training, known = training_of(desk), frozenset({ROBIN.id})
        past = datetime.now(UTC) - timedelta(days=400)
        for command, error in (
            (AssignPractice("none", (ROBIN.id,)), NotFound),
            (AssignPractice("late"), Refused),
            (AssignPractice("late", ("stranger",)), NotFound),
            (AssignPractice("late", teams=("\x1b[31mnone",)), NotFound),
            (AssignPractice("late", (ROBIN.id,), due=past), Refused),
        ):
            with pytest.raises(error):
                await training.assign(TEO, command, known, TEAMS)


async def test_a_session_for_an_assignment_is_the_one_that_was_asked_for(real_log: SqlEventLog) -> None:
    """Another scenario, other assistance, or an assignment that was taken back does not do it."""
    async with practising(real_log) as (desk, _):
        training = training_of(desk)
        asked = AssignPractice("late", (ROBIN.id,), assistance="off")
        given = await training.assign(TEO, asked, frozenset({ROBIN.id}), TEAMS)
        wanted = BeginPractice("late", "off", assignment=given)
        training.require_given(wanted)
        training.require_given(BeginPractice("late"))
        for other in (
            replace(wanted, scenario="easier"),
            replace(wanted, assistance="on"),
            replace(wanted, assignment="a-none"),
        ):
            with pytest.raises(NotFound, match="another session"):
                training.require_given(other)
        await training.withdraw(TEO, given)
        with pytest.raises(NotFound, match="taken back"):
            training.require_given(wanted)


async def test_a_trainers_score_holds_with_its_reason_and_can_be_taken_back(real_log: SqlEventLog) -> None:
    """It makes the session won, and lost again."""
    async with practising(real_log) as (desk, sessions):
        training = training_of(desk)
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await scored(desk, session)
        with pytest.raises(Refused, match="say why"):
            await training.overrule(TEO, session, OverrulePoint("resolution", 1.0))
        await training.overrule(TEO, session, OverrulePoint("resolution", 1.0, "It was settled by phone."))
        told = training.record.sessions[session].told
        assert (told.total, told.won, told.overruled) == (100.0, True, 1)
        await training.overrule(TEO, session, OverrulePoint("facts", 1.0))  # the same as the engine needs no reason
        await training.overrule(TEO, session, OverrulePoint("resolution", None))
        told = training.record.sessions[session].told
        assert (told.total, told.won, told.overruled) == (20.0, False, 1)


async def test_the_log_read_anew_says_the_same(real_log: SqlEventLog) -> None:
    """As a server does that starts."""
    async with practising(real_log) as (desk, sessions):
        training = training_of(desk)
        await training.assign(TEO, AssignPractice("late", (ROBIN.id,)), frozenset({ROBIN.id}), TEAMS)
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await scored(desk, session)
        await training.overrule(TEO, session, OverrulePoint("resolution", 0.5, "Half of it."))
        fresh = training_of(desk)
        fresh.read(real_log)
        assert fresh.record.sessions == training.record.sessions
        assert fresh.record.given == training.record.given


async def test_a_closed_session_is_scored_though_nobody_asks(real_log: SqlEventLog) -> None:
    """Once, and not while it goes on."""
    async with practising(real_log) as (desk, sessions):
        training, judged = training_of(desk), list[str]()

        async def score(session: str) -> None:
            judged.append(session)
            data = PracticeScored(POINTS, 20.0, won=False)
            await desk.live.record([NewEvent(session, "assist", data, desk.now(), "practice", f"{session}:scored")])

        scoring = PracticeScoring(desk.live, training.record, score, lambda: True)
        running = asyncio.create_task(scoring.run())
        one, two = [await sessions.begin(ROBIN, BeginPractice("late", seed=1)) for _ in range(2)]
        await desk.casework.close(ROBIN, one, Close("practice", resolved=False))
        await until(lambda: _is_scored(training.record, one))
        await desk.casework.close(ROBIN, two, Close("practice", resolved=False))
        await until(lambda: _is_scored(training.record, two))
        assert judged == [one, two]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _is_scored(record: Record, session: str) -> bool:
    return record.sessions[session].scored is not None


async def test_agents_see_their_own_sessions_and_trainers_all(real_log: SqlEventLog) -> None:
    """The newest first."""
    async with practising(real_log) as (desk, sessions):
        training = training_of(desk)
        look = TrainingLook(training, lambda: SCENARIOS, list, "/practice")
        first, second = [await sessions.begin(ROBIN, BeginPractice("late", seed=1)) for _ in range(2)]
        assert [one.conversation for one in look.sessions(TEO, own=False).sessions] == [second, first]
        assert look.sessions(TEO, own=True).sessions == ()
        assert look.sessions(Agent("sam", "Sam Oldfield"), own=False).sessions == ()
        assert [one.name for one in (await look.training()).people] == [ROBIN.name]
        assert (await look.own(ROBIN)).sessions == 2


async def test_a_trainer_watches_and_whispers_where_people_practise_alone(real_log: SqlEventLog) -> None:
    """On the desk that is for leads."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        with pytest.raises(Forbidden):
            await desk.teamwork.watch(TEO, session, on=True)
        desk.teamwork.watching = WATCHING
        await desk.teamwork.watch(TEO, session, on=True)
        assert (await desk.live.state(session)).team.watchers == ((TEO.id, TEO.name),)


async def history(log: SqlEventLog) -> list[Event]:
    """Everything that the record is made of."""
    return await asyncio.to_thread(log.of_kinds, KINDS)


async def played(desk: Desk, log: SqlEventLog, session: str, totals: list[float]) -> list[Played]:
    """The same session as often as there are totals, each scored so."""
    record = Record()
    for event in await history(log):
        record.take(event)
    one = record.sessions[session]
    point = [(ScoredPoint("resolution", "Settled", total / 100, 4, "so"),) for total in totals]
    return [replace(one, scored=PracticeScored(p, t, t == 100)) for p, t in zip(point, totals, strict=True)]


async def test_a_skill_has_a_mean_from_five_sessions_on_and_the_weakest_is_next(real_log: SqlEventLog) -> None:
    """Before that what is new comes first; what was won twice is not recommended."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await scored(desk, session)
        few = await played(desk, real_log, session, [40.0] * 4)
        (level,) = by_skill(few, SCENARIOS)
        assert (level.skill, level.level.mean, level.level.of) == ("delivery", None, 4)
        many = await played(desk, real_log, session, [40.0, 50.0, 60.0, 50.0, 50.0])
        skills = by_skill(many, SCENARIOS)
        assert skills[0].level.mean == pytest.approx(0.5)
        assert skills[0].level.low < 0.5 < skills[0].level.high
        hard = replace(LATE, id="hard", title="Hard", skills=("delivery",), difficulty=Difficulty.HARD)
        new = replace(LATE, id="new", title="New", skills=("refunds",), difficulty=Difficulty.HARD)
        both = {**SCENARIOS, "hard": hard}
        assert _next(both | {"new": new}, many) == ("new", "never practised: refunds")
        assert _next(both, many) == ("late", "delivery, 50% so far")
        won = await played(desk, real_log, session, [100.0, 100.0, 40.0, 40.0, 40.0])
        assert _next(both, won)[0] == "hard"
        assert next_up(SCENARIOS, won, by_skill(won, SCENARIOS), won_often(won)) is None


def _next(scenarios: dict[str, object], sessions: list[Played]) -> tuple[str, str]:
    found = next_up(scenarios, sessions, by_skill(sessions, scenarios), won_often(sessions))  # type: ignore[arg-type]
    assert found is not None
    return found.scenario, found.why


async def test_agreement_counts_what_trainers_scored_and_needs_thirty(real_log: SqlEventLog) -> None:
    """What was confirmed is the same, what was put on another level is not."""
    async with practising(real_log) as (desk, sessions):
        training = training_of(desk)
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await scored(desk, session)
        await training.overrule(TEO, session, OverrulePoint("resolution", 1.0, "It was."))
        await training.overrule(TEO, session, OverrulePoint("facts", 1.0))
        one = training.record.sessions[session]
        first, second = agreements([one])
        assert (first.scored, first.overruled, first.agreement.words) == (
            1, 1, "not enough data (1 of 30 marked by both)",
        )  # fmt: skip
        assert (second.overruled, second.agreement.same) == (0, 1)
        assert agreements([one] * 30)[0].agreement.pairs == 30


def test_practice_and_real_work_are_compared_from_ten_agents_on() -> None:
    """Pearson's correlation with Fisher's interval; where nobody differs there is none."""
    assert compared([(0.5, 0.5)] * 9).correlation is None
    assert compared([(0.5, 0.5)] * 12).correlation is None
    pairs = [(n / 20, n / 20 + (0.1 if n % 2 else -0.1)) for n in range(12)]
    found = compared(pairs)
    assert found.correlation is not None
    assert found.low < found.correlation < found.high
    assert found.agents == 12


def test_trust_is_the_mean_of_the_sessions_in_which_it_shows() -> None:
    """From five on; a trainer's value holds, and a group's is of its agents' own means."""

    def with_plants(*values: float | None) -> list[Played]:
        began = PracticeBegan("late", "1", "Late", 1, ROBIN.id, ROBIN.name, "planted")
        at = datetime(2026, 3, 2, tzinfo=UTC)
        points = [ScoredPoint(Part.PLANTS, "Plants", value, 3, "") for value in values]
        return [Played(str(n), began, at, at, "", PracticeScored((p,), 0, won=False)) for n, p in enumerate(points)]

    assert of_point(with_plants(1.0, 0.5, None, 0.0, 1.0), Part.PLANTS).mean is None
    sessions = with_plants(1.0, 0.5, None, 0.0, 1.0, 0.5)
    assert of_point(sessions, Part.PLANTS).mean == 0.6
    held = replace(sessions[3], overruled={Part.PLANTS: PointOverruled(Part.PLANTS, 1.0, "Seen.", "Teo Brandt")})
    assert of_point([*sessions[:3], held, *sessions[4:]], Part.PLANTS).mean == 0.8
    group = of_point_in_group([*(with_plants(1.0, 1.0) for _ in range(4)), with_plants(0.0), []], Part.PLANTS)
    assert (group.of, group.mean) == (5, 0.8)
