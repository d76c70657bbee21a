"""The alarm when a rate moves: soon where it does, seldom where it does not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
import pytest

from console.conversation import events as e
from console.demo.history import Shape, events_of, material
from console.review.drift import FIRST, Alarm, alarms_in, figures_of, lines_of
from console.review.learning.choices import choices_of
from console.review.page import page_of
from console.review.report import report_of
from console.review.table import table_of
from console.review.turns import Turns
from tests.review.learning.choosing import BEGAN, Agents


def turns(happened: Sequence[bool]) -> list[tuple[datetime, bool]]:
    """Return these turns, one a minute."""
    return [(BEGAN + timedelta(minutes=number), bool(one)) for number, one in enumerate(happened)]


def drawn(seed: int, *parts: tuple[float, int]) -> list[tuple[datetime, bool]]:
    """Return turns in which something happens with these chances, each for so many turns."""
    random = np.random.default_rng(seed)
    return turns([one for chance, many in parts for one in random.random(many) < chance])


@pytest.mark.parametrize("chance", [0.1, 0.3, 0.5, 0.9])
def test_a_rate_that_does_not_move_gives_an_alarm_once_in_twenty_times(chance: float) -> None:
    """Within 2,000 turns, the rate itself taken from the first 400 of the same kind."""
    false = sum(bool(list(alarms_in("taken", drawn(seed, (chance, FIRST + 2_000))))) for seed in range(120))
    assert false <= 0.1 * 120


@pytest.mark.parametrize(("before", "after", "within"), [(0.6, 0.4, 150), (0.3, 0.5, 170), (0.1, 0.2, 300)])
def test_a_rate_that_moves_is_noticed_soon(before: float, after: float, within: int) -> None:
    """It says about when it moved, from what to what."""
    delays, began = [], []
    for seed in range(60):
        alarm = next(alarms_in("taken", drawn(seed, (before, FIRST), (after, 800))), None)
        assert alarm is not None
        delays.append((alarm.at - BEGAN) / timedelta(minutes=1) - FIRST)
        began.append((alarm.since - BEGAN) / timedelta(minutes=1) - FIRST)
        assert (alarm.after > alarm.before) == (after > before)
    assert median(delays) < within
    assert median(began) < 20


def test_after_an_alarm_the_new_rate_is_what_is_usual() -> None:
    """It is not said again, and the next move is."""
    seen = drawn(1, (0.6, FIRST), (0.3, 1_500), (0.7, 800))
    found = list(alarms_in("taken", seen))
    assert [alarm.after < alarm.before for alarm in found] == [True, False]


def test_too_few_turns_give_no_alarm() -> None:
    """What is usual is not known yet."""
    assert not list(alarms_in("taken", drawn(1, (0.9, 200), (0.1, 200))))


def test_the_report_says_which_rate_moved_and_when() -> None:
    """Agents who no longer take what they took; by kind, too."""
    before = Agents(near=8.0, orders={"near": 1.0}).history(500)
    after = Agents(near=-30.0, orders={"near": 1.0}, seed=3).history(400, first=len(before) + 1)
    report = report_of([*before, *after])
    assert {alarm["rate"] for alarm in report["drift"]} == {"replies taken", "macro replies taken"}
    (line, _) = lines_of(report["drift"])
    assert line.startswith("Alarm: ")
    assert " fell from " in line
    assert line in " ".join(table_of(report, 200))
    assert line in page_of(report)
    assert report_of(before)["drift"] == []


def test_alarms_come_newest_first() -> None:
    """With figures as JSON."""
    alarm = Alarm("replies taken", BEGAN, BEGAN, 0.6, 0.7, 12)
    assert figures_of([alarm])[0]["turns"] == 12
    assert "rose from 60% to 70%" in next(lines_of(figures_of([alarm])))


def test_turns_tell_of_a_history_what_the_choices_tell() -> None:
    """The fold that is kept has no replies in it, and comes to the same."""
    began = datetime(2026, 3, 2, tzinfo=UTC)
    made = events_of(Shape(began, days=12), material())
    history = [e.Event(seq, n.conversation, n.actor, n.data, n.at) for seq, n in enumerate(made, 1)]
    fold = Turns(began)
    for event in history:
        fold.take(event)
    choices = choices_of(history)
    taken = [(choice.at, any(offer.gain for offer in choice.offers)) for choice in choices]
    changed = [
        (choice.at, any(0 < offer.gain < 1 for offer in choice.offers))
        for choice in choices
        if any(offer.gain for offer in choice.offers)
    ]
    rates = fold.rates()
    assert len(taken) > 100
    assert (rates["replies taken"], rates["taken replies changed"]) == (taken, changed)
