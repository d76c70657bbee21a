"""What the report says of assistance, read from whole logs in which an effect was planted, or none."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author
from console.review.impact.lines import NOT_MEASURED, lines_of
from console.review.impact.report import impact_of
from console.review.impact.trials import Trials
from console.review.page import page_of
from console.review.report import report_of
from console.review.table import table_of
from tests.desks import DANA

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def log(
    conversations: int,
    *,
    ratio: float = 1.0,
    share: float = 0.4,
    closes: tuple[float, float] = (1.0, 1.0),
    version: str = "1",
    slower: float = 1.0,
    seed: int = 1,
) -> list[e.Event]:
    """Return a log: 20 conversations a day, four agents, one of ten reopened.

    With assistance handling takes ``ratio`` times as long; all of it takes ``slower`` times as long. ``closes`` are the
    shares that are ever closed, held out and assisted.
    """
    chance = Random(seed)
    found: list[tuple[datetime, str, str, e.EventData]] = []
    for number in range(conversations):
        name, agent = f"c{number}", f"agent:a{number % 4}"
        at = START + timedelta(minutes=72 * number)
        held_out = chance.random() < share
        took = chance.lognormvariate(6 + 0.2 * (number % 4), 0.8) * slower * (1 if held_out else ratio)
        steps: list[tuple[float, str, e.EventData]] = [
            (0, "customer:u", e.ConversationOpened("web", DANA)),
            (1, "customer:u", e.MessageAdded(Author.CUSTOMER, "hello")),
            (2, "desk", e.HandedOver("asked")),
            (2, "assist", HoldOutAssigned(held_out, share, version)),
            (9, agent, e.ConversationClaimed(agent[6:], agent[6:])),
            (9 + took / 4, agent, e.MessageAdded(Author.AGENT, "x" * chance.randint(80, 300))),
        ]
        if chance.random() < closes[not held_out]:
            steps.append((9 + took, agent, e.ConversationClosed("solved", resolved=True)))
            if chance.random() < 0.1:
                steps.append((30_000 + took, "customer:u", e.ConversationReopened("again")))
        found += [(at + timedelta(seconds=after), name, who, data) for after, who, data in steps]
    found.sort(key=lambda row: row[0])
    end = START + timedelta(minutes=72 * conversations, days=30)
    found.append((end, "", "desk", ContentPublished({})))
    return [e.Event(seq, name, who, data, at) for seq, (at, name, who, data) in enumerate(found, 1)]


def outcomes(history: list[e.Event]) -> Mapping[str, Any]:
    """Return what the report says of each outcome."""
    found: Mapping[str, Any] = report_of(history)["impact"]["outcomes"]
    return found


def said(impact: Mapping[str, Any]) -> str:
    """Return the lines as one text."""
    return "\n".join(lines_of(impact))


def test_a_planted_effect_is_found_and_told_in_words() -> None:
    """Two fifths less time; what was not touched is not reported, and no number is given as its effect."""
    report = report_of(log(700, ratio=0.6))
    found = report["impact"]["outcomes"]
    assert found["handling"]["verdict"] == "effect"
    assert found["handling"]["effect"] == pytest.approx(-0.4, abs=0.1)
    assert found["handling"]["interval"][0] < -0.4 < found["handling"]["interval"][1]
    assert (found["edits"]["effect"], found["reopened"]["effect"]) == (None, None)
    assert found["reopened"]["needed"] > 0
    assert "% shorter (95 %: " in said(report["impact"])
    assert "no effect shown yet; about" in said(report["impact"])
    assert json.loads(json.dumps(report["impact"])) == report["impact"]
    assert "Handling time" in page_of(report)
    assert all(len(line) <= 80 for line in table_of(report, 80))


@pytest.mark.parametrize("seed", range(6))
def test_where_there_is_no_effect_none_is_reported(seed: int) -> None:
    """Of no outcome; the interval says how large it could be at most."""
    found = outcomes(log(400, seed=seed))
    assert {one["effect"] for one in found.values()} == {None}
    low, high = found["handling"]["interval"]
    assert low < 0 < high


def test_of_a_few_conversations_there_is_never_a_percentage() -> None:
    """What is there is counted, and how many more it takes."""
    impact = report_of(log(12))["impact"]
    assert {one["verdict"] for one in impact["outcomes"].values()} == {"not enough data"}
    assert all(one["interval"] is None and one["effect"] is None for one in impact["outcomes"].values())
    assert "%" not in said(impact)
    assert "each needs 30" in said(impact)


def test_without_a_hold_out_the_report_says_that_nothing_is_measured() -> None:
    """In one line, with the setting that would."""
    assert said(report_of([])["impact"]) == NOT_MEASURED
    assert "[assist] hold_out" in NOT_MEASURED


def test_ends_that_are_missing_more_often_in_one_arm_make_it_incomparable() -> None:
    """Those that are left are no random ones; what everybody has is compared on."""
    found = outcomes(log(400, closes=(0.6, 0.95)))
    assert (found["handling"]["verdict"], found["handling"]["effect"]) == ("not comparable", None)
    assert "unknown in" in found["handling"]["why"]
    assert found["first_response"]["verdict"] != "not comparable"
    even = outcomes(log(400, closes=(0.8, 0.8)))
    assert (even["handling"]["verdict"], even["handling"]["unknown"] > 40) == ("no effect shown yet", True)


def test_a_log_from_which_held_out_conversations_are_gone_is_not_believed() -> None:
    """Fewer than were drawn by more than chance does once in a thousand."""
    whole = log(400, ratio=0.5)
    gone = {event.conversation for event in whole if isinstance(event.data, HoldOutAssigned) and event.data.held_out}
    some = set(sorted(gone)[::2])
    impact = report_of([event for event in whole if event.conversation not in some])["impact"]
    assert impact["refused"]
    assert {one["effect"] for one in impact["outcomes"].values()} == {None}


def test_a_busier_season_with_a_larger_share_is_no_effect() -> None:
    """Each share and version is compared within itself: means over all would call assistance a quarter faster."""
    early, busy = log(300, share=0.1), log(300, share=0.5, version="2", slower=3.0, seed=2)
    later = [
        e.Event(number, f"b{one.conversation}", one.actor, one.data, one.at + timedelta(days=60))
        for number, one in enumerate(busy[:-1], len(early))
    ]
    impact = report_of([*early[:-1], *later, replace(busy[-1], seq=9_999, at=busy[-1].at + timedelta(days=60))])[
        "impact"
    ]
    assert (impact["shares"], impact["versions"]) == ([0.1, 0.5], ["1", "2"])
    assert {one["effect"] for one in impact["outcomes"].values()} == {None}
    assert "compared each within itself: 1, 2" in said(impact)


def test_ratings_are_compared_where_customers_gave_some() -> None:
    """And satisfaction is left out where they were not asked."""
    trials, chance = Trials(), Random(4)
    for event in log(600):
        trials.take(event)
    means = {name: 3.4 if one.assigned and one.assigned.held_out else 4.1 for name, one in trials.assigned.items()}
    higher = {name: chance.gauss(mean, 0.8) for name, mean in means.items()}
    found = impact_of(trials, higher)["outcomes"]["csat"]
    assert (found["verdict"], found["effect"]) == ("effect", pytest.approx(0.7, abs=0.2))
    assert "csat" not in impact_of(trials)["outcomes"]
