"""What the head for acts learns from, and how it is judged."""

import pytest
from rapidfuzz import fuzz

from console.practice.acts import Act
from tools.heads.acts import own_examples
from tools.heads.judging_acts import Tally, by_hand
from tools.heads.material import own
from tools.heads.star_acts import acts_of, sentence_acts

ALIKE = 90
"""Likeness (0 to 100) from which two sentences are the same but for a word."""


@pytest.mark.parametrize(
    ("action", "acts"),
    [
        ("hello", (Act.GREET, Act.ASK)),
        ("bank_ask_pin", (Act.ASK,)),
        ("ask_name", (Act.ASK,)),
        ("hotel_ask_confirm_booking", (Act.OFFER, Act.EXPLAIN)),
        ("doctor_inform_booking_available", (Act.OFFER, Act.EXPLAIN)),
        ("doctor_inform_booking_unavailable", (Act.REFUSE,)),
        ("plane_inform_nothing_found", (Act.REFUSE, Act.OFFER)),
        ("party_booking_successful", (Act.DONE,)),
        ("weather_inform_forecast", (Act.EXPLAIN,)),
        ("anything_else", (Act.ASK_MORE,)),
        ("ride_bye", (Act.GOODBYE,)),
        ("out_of_scope", (Act.NOT_UNDERSTOOD,)),
        ("custom", ()),
        ("trivia_ask_question", ()),
        ("spaceship_inform_outcome", ()),
    ],
)
def test_labels_are_grouped_into_acts(action: str, acts: tuple[Act, ...]) -> None:
    """The main act first; what is no act of a conversation is left out."""
    assert acts_of(action) == acts


def test_of_a_template_with_two_acts_each_sentence_does_one() -> None:
    """What leaves it to the customer offers, the other one tells."""
    text = "Dr. Morgan is available at 6 pm. Can I book the appointment for you?"
    assert [act for _, act in sentence_acts(text, (Act.OFFER, Act.EXPLAIN))] == [Act.EXPLAIN, Act.OFFER]


def test_nothing_is_learned_from_the_sentences_that_are_judged_by() -> None:
    """Nor from one that is the same but for a word."""
    learned = [line.partition(": ")[2].lower() for line in own("acts")]
    same = [
        (text, other)
        for text, _ in by_hand()
        for other in learned
        if fuzz.ratio(text.lower(), other, score_cutoff=ALIKE)
    ]
    assert same == []


def test_every_act_has_sentences_to_learn_from_and_to_be_judged_by() -> None:
    """At least five of each, none twice."""
    learned = list(own_examples())
    marked = list(by_hand())
    assert len(marked) >= 120
    assert len({text for text, _ in marked}) == len(marked)
    for act in Act:
        assert sum(a is act for _, a, _ in learned) >= 5
        assert sum(act in acts for _, acts in marked) >= 5


def test_f1_counts_misses_and_false_alarms() -> None:
    """What is allowed beside costs nothing."""
    tally = Tally()
    tally.add({Act.ASK, Act.GREET}, {Act.ASK}, {Act.GREET})
    tally.add({Act.OFFER}, {Act.ASK})
    assert tally.f1(Act.ASK) == pytest.approx(2 / 3)
    assert tally.f1(Act.OFFER) == 0.0
    assert tally.micro() == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
