"""The planted faults can be found by plain counting, nothing else looks like one, and mending them ends them."""

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from statistics import mean

import pytest

from console.assist.engine import Engine
from console.content.conversations import Transcript
from console.content.library import Library
from console.conversation.escalation_commands import Threshold
from console.conversation.escalations import Part, Timing
from console.conversation.events import Event, HandedOver, NewEvent
from console.conversation.handover import HandoverWhen
from console.conversation.reviews import By, Measure
from console.conversation.state import fold
from console.demo.history import Material, Plant, Shape, events_of
from console.demo.history.generator import Told
from console.demo.history.material import read_material
from console.demo.history.plants import BAD_MACRO, LATE_INTENT, MISSING
from console.desk.drafts import transcript_of
from console.past.gathering import AskedOnce
from console.review.book import Book
from console.review.dry_run import Rules
from console.review.escalating.handovers import TIMINGS, Handovers
from console.review.escalating.patterns import escalations_of
from console.review.escalating.replay import replayed
from console.review.escalating.timing import timed
from console.review.escalating.trying import judged_of, trials_of
from console.review.reviewing.review import reviewed
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.sources.look import sources_of
from console.server.index import open_index
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder
from tests.history.conftest import UNTIL, numbered
from tests.history.figures import figures_of, surely_above, surely_late


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_macro_and_one_behaviour_stand_out_and_no_other(made: Material, seed: int) -> None:
    """By intervals that allow for all that are compared, whatever the seed."""
    figures = figures_of(events_of(Shape(UNTIL, seed), made))
    assert surely_above(figures.macros) == [BAD_MACRO]
    assert surely_late(figures.sour) == [LATE_INTENT]
    others = [stars for name, given in figures.stars.items() for stars in given if name != BAD_MACRO]
    assert mean(figures.stars[BAD_MACRO]) < mean(others) - 1.5


def test_the_bad_macro_is_taken_because_it_comes_first(events: tuple[NewEvent, ...]) -> None:
    """No more often than what stands first elsewhere."""
    figures = figures_of(events)
    assert figures.macros[BAD_MACRO].of >= 30


def test_the_leads_review_shows_the_bad_macro_and_no_other_source(events: tuple[NewEvent, ...]) -> None:
    """Of the sources that were rated often enough to say, it alone is surely rated worse than all together."""
    review = reviewed(numbered(events), UNTIL, 9)
    every = next(group for group in review.groups if group.by is By.ALL).of(Measure.RATED_WELL)
    rated = {group.name: group.of(Measure.RATED_WELL) for group in review.groups if group.by is By.SOURCE}
    worse = [name for name, figure in rated.items() if figure.high is not None and figure.high < (every.low or 0)]
    assert worse == [f"macro:{BAD_MACRO}"]


def test_a_behaviour_that_gives_away_sooner_ends_the_late_ones(made: Material) -> None:
    """The fault lies in the content's own rule: with two failed turns nothing stands out."""
    figures = figures_of(events_of(Shape(UNTIL), _mended(made)))
    assert surely_late(figures.sour) == []


def test_a_dry_run_says_by_how_many_messages_people_would_come_sooner(
    made: Material, told: tuple[Told, ...], embedder: Embedder
) -> None:
    """With the real rules and the real model: as the log says before, and half as late after."""
    planted = [one for one in told if any(truth.plant is Plant.LATE_TRIGGER for truth in one.truth)][:15]
    before, after = _rules(made.library, embedder), _rules(_mended(made).library, embedder)
    was, found, sooner = [], [], []
    for one in planted:
        state = fold(one.events[0].conversation, numbered(one.events))
        transcript = Transcript(state.id, state.customer, tuple(state.messages))
        handed = next(e.data for e in one.events if isinstance(e.data, HandedOver))
        if handed.triggers[0].message:
            was.append(_place(handed.triggers[0].message))
            found.append(_place(before.course(transcript).message))
            sooner.append(_place(after.course(transcript).message))
    assert abs(mean(found) - mean(was)) < 2
    assert mean(sooner) < mean(found) - 4


def test_the_missing_article_is_the_weightiest_gap_by_far(
    events: tuple[NewEvent, ...], embedder: Embedder, tmp_path: Path
) -> None:
    """By the desk's own look at what its articles do not answer."""
    workspace = Workspace(tmp_path)
    articles = Path(str(files("console.demo"))) / "content" / "articles"
    open_index(workspace, Settings(), embedder).update_from(articles)
    upkeep = Upkeep(workspace, Settings(), embedder)
    gaps = upkeep.gaps(numbered(events), UNTIL).gaps
    planted = [gap for gap in gaps if any(word in gap.question.lower() for word in MISSING)]
    others = [gap for gap in gaps if gap not in planted]
    assert gaps[0] in planted
    assert gaps[0].customers >= 10
    assert gaps[0].weight > 2 * max(gap.weight for gap in others)


def test_the_article_drafted_for_the_missing_one_says_what_agents_answered_and_nothing_else(
    told: tuple[Told, ...], embedder: Embedder, tmp_path: Path
) -> None:
    """Not that the pages say nothing, nor what the suggestions that missed the point said; several agents said so."""
    workspace = Workspace(tmp_path)
    articles = Path(str(files("console.demo"))) / "content" / "articles"
    open_index(workspace, Settings(), embedder).update_from(articles)
    upkeep = Upkeep(workspace, Settings(), embedder)
    planted = [one for one in told if any(truth.plant is Plant.MISSING_ARTICLE for truth in one.truth)]
    states = [fold(one.events[0].conversation, numbered(one.events)) for one in planted]
    asked = [AskedOnce(transcript_of(state), "m1") for state in states[-20:]]
    drafted = upkeep.gather(asked, "can I rent gear from you?", len(planted))
    steps = [line for line in drafted.lines if line.part == "step"]
    assert steps
    assert all("rent" in line.text for line in steps)
    assert steps[0].agents > 1
    silent = [one for one in asked if not any("rent" in m.text for m in one.transcript.messages[1:])]
    blank = upkeep.gather(silent[:3], "can I rent gear from you?", 3)
    assert {line.part for line in blank.lines} == {"missing"}


def test_nothing_in_the_log_tells_of_the_plants(events: tuple[NewEvent, ...]) -> None:
    """Neither their names nor that there are any."""
    words = tuple(plant.value for plant in Plant)
    told = [str(event.data) for event in events[:5_000]]
    assert not [text for text in told if any(word in text for word in words)]


def _place(message: str) -> int:
    return int(message.removeprefix("m") or 0)


def _rules(library: Library, embedder: Embedder) -> Rules:
    engine = Engine(library, embedder)
    return Rules(library, engine.router, engine.triggers)


def _mended(made: Material) -> Material:
    """Return the material with the late behaviour's rule as it should be."""
    late = made.library.behaviour(LATE_INTENT)
    assert late is not None
    rules = tuple(replace(r, after=2) if r.when is HandoverWhen.UNRESOLVED else r for r in late.handover)
    behaviours = tuple(replace(b, handover=rules) if b is late else b for b in made.library.behaviours)
    demo = Path(str(files("console.demo")))
    return read_material(demo / "content", demo / "history", replace(made.library, behaviours=behaviours))


def test_the_leads_review_of_escalations_shows_the_late_behaviour_first_and_judges_its_talks_too_late(
    events: tuple[NewEvent, ...], told: tuple[Told, ...]
) -> None:
    """By the screen alone; the truth only checks it: all of the planted, and no other."""
    book = Book(beginning(UNTIL, 9) - LEAD_IN)
    for event in numbered(events):
        book.take(event)
    found = escalations_of(book, UNTIL, 9)
    behaviours = [one for one in found.patterns if one.part is Part.BEHAVIOUR]
    others = max(one.late.high for one in behaviours[1:] if one.late.high is not None)
    assert behaviours[0].name == LATE_INTENT
    assert (behaviours[0].late.low or 0) > others
    held = book.of(Handovers)
    late = timed(held, found.since or UNTIL, UNTIL)
    rows = late.rows[late.timing == TIMINGS.index(Timing.LATE)]
    judged = {held.conversations[held.rows.get(int(row), "conversation")] for row in rows}
    planted = {truth.conversation for one in told for truth in one.truth if truth.plant is Plant.LATE_TRIGGER}
    assert len(judged & planted) >= 0.95 * len(planted)
    assert len(judged - planted) <= 0.05 * len(judged)


def test_the_threshold_that_is_proposed_mends_it_and_no_other_is_proposed(
    made: Material, events: tuple[NewEvent, ...]
) -> None:
    """Replayed by the rule in force, every talk is handed over where it was; by the proposed one none too late."""
    book = Book(beginning(UNTIL, 9) - LEAD_IN)
    by_talk: dict[str, list[Event]] = {}
    for event in numbered(events):
        book.take(event)
        by_talk.setdefault(event.conversation, []).append(event)
    for intent, now in ((LATE_INTENT, Threshold(5, mood=False)), ("password-reset", Threshold(2, mood=False))):
        behaviour = made.library.behaviour(intent)
        assert behaviour is not None
        judged, left_out = judged_of(book.of(Handovers), intent, UNTIL, 9)
        past = [one for each in judged if (one := replayed(each, behaviour, by_talk[each.conversation]))]
        found = trials_of(past, intent, behaviour.title, now, left_out)
        in_force = next(one for one in found.trials if one.threshold == now)
        assert in_force.same == found.tried > 20
        if intent == LATE_INTENT:
            assert found.proposed == Threshold(2, mood=False)
            assert (found.trials[0].late_after, found.trials[0].early_after, found.trials[0].later) == (0, 0, 0)
        else:
            assert found.proposed is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bad_macro_stands_first_among_the_sources_and_no_other_source_is_suspect(made: Material, seed: int) -> None:
    """On the screen where it can be retired."""
    book = Book(UNTIL - timedelta(weeks=12))
    for event in numbered(tuple(events_of(Shape(UNTIL, seed), made))):
        book.take(event)
    found = sources_of(book, UNTIL, 9, {}).sources
    assert found[0].source == f"macro:{BAD_MACRO}"
    assert [(one.source, one.doubt) for one in found if one.suspect] == [
        (found[0].source, "followed by trouble more than other macros")
    ]
