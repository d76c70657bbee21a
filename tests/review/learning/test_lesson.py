"""A lesson: trained on earlier decisions, judged on later ones, and better only where it is."""

from datetime import timedelta

import numpy as np
import pytest

from bench.ranker_clicks import clicks
from console.conversation import events as e
from console.conversation.ranker_events import RankerPublished, RankerTrained
from console.conversation.ranking import BUILT_IN, version_of
from console.review.learning.judging import firsts, judged
from console.review.learning.lesson import LEAST_JUDGED, LEAST_TRAINED, TooLittle, lesson
from tests.review.learning.choosing import BEGAN, Agents


def test_it_finds_what_agents_want_and_is_better() -> None:
    """They want what is near, the engine orders by its score: the later third of the log shows it."""
    trained = lesson(Agents().history(800))
    assert trained.champion == BUILT_IN
    assert trained.better
    assert trained.first > trained.champion_first + 0.1
    assert trained.weights.features["near"] > 3 * abs(trained.weights.features["score"])
    assert trained.version == version_of(trained.weights)


def test_agents_who_take_what_the_engine_puts_first_leave_it_in_force() -> None:
    """Where nothing is to be won a challenger is not better beyond chance."""
    trained = lesson(Agents(near=8.0, orders={"near": 1.0}).history(600))
    assert trained.weights.features["near"] > 0
    same = [lesson(Agents(near=0.0, seed=seed).history(400)).better for seed in range(100, 115)]
    assert sum(same) <= 2


def test_it_is_judged_on_later_conversations_alone() -> None:
    """The newest decision it was trained on is older than all it was judged on, and it saw none of those."""
    history = Agents().history(600)
    trained = lesson(history)
    later = {event.conversation for event in history if event.at > trained.until}
    earlier = {event.conversation for event in history if event.at <= trained.until}
    assert not later & earlier
    assert trained.judged < len(later)
    assert trained.turns > trained.judged


def test_what_comes_later_changes_nothing_of_what_was_learned() -> None:
    """The weights are those of the earlier part: the same, with the later decisions turned round."""
    history = Agents().history(600)
    trained = lesson(history)
    turned = Agents(near=-8.0, seed=7).history(600)
    mixed = [one for one in history if one.at <= trained.until] + [one for one in turned if one.at > trained.until]
    assert not lesson(mixed).better


@pytest.mark.parametrize("turns", [0, 40, 150])
def test_too_little_is_said_in_a_line(turns: int) -> None:
    """With what there is and what is needed."""
    with pytest.raises(TooLittle, match=f"{LEAST_TRAINED + LEAST_JUDGED} are needed") as caught:
        lesson(Agents().history(turns))
    assert "\n" not in str(caught.value)


def test_one_long_conversation_is_too_little_to_judge_by() -> None:
    """Its later turns are not others' turns."""
    history = [e.Event(one.seq, "c1", one.actor, one.data, one.at) for one in Agents().history(500)]
    with pytest.raises(TooLittle, match="0 later ones of other conversations"):
        lesson(history)


def test_a_learned_champion_is_judged_on_what_it_has_not_seen() -> None:
    """And a challenger that learns the same is not better than it."""
    history = Agents().history(1_500)
    first = lesson(history[: len(history) // 2])
    in_force: list[e.EventData] = [first, RankerPublished(first.version, BUILT_IN)]
    begun = [e.Event(0, "", "desk", data, BEGAN - timedelta(minutes=1)) for data in in_force]
    second = lesson([*begun, *history])
    assert second.champion == first.version
    assert not second.better
    assert abs(second.first - second.champion_first) < 0.05


def test_the_same_log_teaches_the_same() -> None:
    """To the last digit of the version."""
    assert lesson(Agents().history(300)) == lesson(Agents().history(300))


def test_rankers_that_order_alike_do_not_differ() -> None:
    """The interval is nought, whatever scale their scores have; several firsts share a pick."""
    table = clicks(1, 300).table
    scores = table.features[:, 1]
    result = judged(table, 3 * scores, scores, np.ones(len(scores)), table.turn)
    assert (result.low, result.high, result.first) == (0.0, 0.0, result.champion_first)
    assert firsts(np.zeros(len(scores)), table).tolist() == pytest.approx([1 / 3] * len(scores))


def test_an_interval_holds_no_difference_that_is_chance() -> None:
    """Two rankers that know nothing: in 95 of 100 cases nought is within."""
    outside = 0
    for seed in range(100):
        table, random = clicks(seed, 150).table, np.random.default_rng(seed + 1_000)
        one, other = random.random((2, len(table.gain)))
        result = judged(table, one, other, np.ones(len(one)), table.turn)
        outside += not result.low <= 0 <= result.high
    assert outside <= 10


def test_figures_of_a_lesson_are_an_event() -> None:
    """Which the log keeps and reads back."""
    trained = lesson(Agents().history(300))
    event = e.Event(1, "", "desk", trained, BEGAN)
    read = e.event_from_json(e.event_to_json(event))
    assert read is not None
    assert isinstance(read.data, RankerTrained)
    assert read.data == trained
