"""What a mood must not be read from, and what speaks for a warning and what does not."""

import pytest

from console.assist.mood.course import mood_of
from console.assist.mood.reading import MoodReader
from console.assist.mood.risk import ASKS_FOR_PERSON
from console.assist.vectors import VectorCache
from tests.assist.making import talk


@pytest.fixture(scope="module")
def reader(embed: VectorCache) -> MoodReader:
    """The reader on the real model."""
    return MoodReader(embed)


@pytest.mark.parametrize(
    "text",
    [
        "She was always on at me to get out more.",
        "sorry, I've made a mess of this. it's the sleeping bag that I mean",
        "My mistake, it was the other order",
        "Whatever they say, thank you for asking it",
    ],
)
def test_words_that_turn_on_nobody_here_are_not_angry(reader: MoodReader, text: str) -> None:
    """Who blames themselves, or tells of somebody else, is not cross with us."""
    assert reader.read(text).score > -0.4


@pytest.mark.parametrize("text", ["get out", "Just go away!", "Whatever.", "oh get lost"])
def test_the_same_words_as_a_command_are(reader: MoodReader, text: str) -> None:
    """They are meant for whoever reads them."""
    assert reader.read(text).score < -0.4


@pytest.mark.parametrize(
    "text",
    [
        "I shall ask my son to deal with this. Good afternoon.",
        "I would love to stay at the inn instead of the hotel",
        "Is there a good parking space?",
        "when will the weather be nice again?",
    ],
)
def test_a_farewell_a_wish_and_a_question_are_no_praise(reader: MoodReader, text: str) -> None:
    """Their good words are about something else."""
    assert reader.read(text).score < 0.25


@pytest.mark.parametrize(
    "text", ["you're a star. I'll send you a picture", "what a lifesaver", "great, so when does it come?"]
)
def test_praise_is(reader: MoodReader, text: str) -> None:
    """Also without a word that always is."""
    assert reader.read(text).score > 0.1


@pytest.mark.parametrize(
    "text", ["they press under the arch, like a stone", "the complaint is under review", "I pressed the button"]
)
def test_a_word_of_the_matter_does_not_ask_for_anybody(text: str) -> None:
    """Boots press, and what is looked at is under review."""
    assert not ASKS_FOR_PERSON.search(text)


@pytest.mark.parametrize(
    "text", ["I will go to the press", "you will get a bad review", "I'm leaving a review", "I want your manager"]
)
def test_who_turns_to_somebody_else_does(text: str) -> None:
    """It has escalated already."""
    assert ASKS_FOR_PERSON.search(text)


def test_who_is_pleased_now_is_no_high_risk(reader: MoodReader) -> None:
    """A risk beside a smile would be believed by nobody."""
    lines = [
        "c: this is ridiculous, I told you already",
        "b: I'm sorry, I cannot do that.",
        "c: are you even listening? just do it",
        "b: I'm sorry, that is not possible.",
        "c: useless, you are wasting my time",
        "a: I have sent it by express, and the fee is back on your card.",
        "c: brilliant, thank you so much, you've been very helpful",
    ]
    before, after = mood_of(talk(*lines[:5]), reader), mood_of(talk(*lines), reader)
    assert before
    assert after
    assert before.escalation_risk > 0.6
    assert after.score > 0.25
    assert after.escalation_risk < 0.33
