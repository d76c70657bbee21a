"""Mood and the risk of escalation."""

from dataclasses import replace

import pytest

from console.assist.engine import Engine
from console.assist.mood.course import label, mood_of
from console.assist.mood.reading import MoodReader, word_valence
from console.assist.mood.risk import WARNS
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.conversation.assist_events import FlagsRaised
from console.conversation.assistance import ESCALATION_RISK, Flag, Mood, Routing, Severity
from console.conversation.message import Layer
from tests.assist.making import BagOfWords, talk


@pytest.fixture(scope="module")
def reader(embed: VectorCache) -> MoodReader:
    """A reader over the real model."""
    return MoodReader(embed)


def mood(reader: MoodReader, *lines: str) -> Mood:
    """Return the mood at the end of a conversation."""
    found = mood_of(talk(*lines), reader)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "this is ridiculous, I want a person",
        "You have wasted my whole day!!",
        "I AM SICK OF THIS, WHERE IS MY MONEY",
        "that is the third time I have explained this to you",
        "not good enough",
    ],
)
def test_anger_is_below_calm(reader: MoodReader, text: str) -> None:
    """With words or without."""
    found = mood(reader, f"c: {text}")
    assert found.score < -0.3
    assert found.label in {"furious", "angry", "frustrated"}


@pytest.mark.parametrize(
    "text", ["thank you so much, you've been brilliant", "perfect, that solves it", "Great, thanks a lot!"]
)
def test_thanks_are_above_calm(reader: MoodReader, text: str) -> None:
    """Pleased, or more."""
    assert mood(reader, f"c: {text}").score > 0.3


@pytest.mark.parametrize(
    "text", ["my order number is LF-88213", "what time do you open on Sunday?", "hello", "Tuesday at three"]
)
def test_plain_words_are_calm(reader: MoodReader, text: str) -> None:
    """Nothing is read into them."""
    assert mood(reader, f"c: {text}").label == "neutral"


def test_a_negation_turns_a_word_round_but_not_over_a_full_stop() -> None:
    """“Not bad” is no complaint; “No. Bad.” is."""
    assert word_valence("not bad")[0] > 0
    assert word_valence("No. This is bad.")[0] < 0


def test_the_words_behind_it_are_the_customers(reader: MoodReader) -> None:
    """As they stand in the message."""
    text = "This is ridiculous and I am fed up"
    found = mood(reader, f"c: {text}")
    assert found.words
    assert all(word in text for word in found.words)


def test_a_mood_that_falls_is_falling(reader: MoodReader) -> None:
    """And rises again."""
    down = ("c: hello, where is my order?", "a: On its way.", "c: this is ridiculous, you are useless")
    assert mood(reader, *down).trend == "falling"
    assert mood(reader, *down, "a: It is here.", "c: oh wonderful, thank you so much").trend == "rising"


def test_escalation_is_seen_before_the_customer_asks_for_a_manager(reader: MoodReader) -> None:
    """Repeated questions, repeated bot answers and shouting raise the risk."""
    calm = mood(reader, "c: where is my order LF-88213?")
    tense = mood(
        reader,
        "c: where is my order LF-88213?",
        "b: Please use the tracking link.",
        "c: where is my order LF-88213??",
        "b: Please use the tracking link.",
        "c: WHERE IS MY ORDER LF-88213??",
    )
    asked = mood(reader, "c: get me your manager, this is a disgrace")
    assert calm.escalation_risk < 0.2
    assert tense.escalation_risk > 0.4
    assert asked.escalation_risk > 0.6


def test_earlier_turns_are_not_read_again() -> None:
    """Their mood is known already."""
    embed = BagOfWords()
    reader = MoodReader(embed)
    embed.asked.clear()
    conversation = replace(talk("c: first thing", "a: yes", "c: second thing"), moods={"m1": -0.9})
    found = mood_of(conversation, reader)
    assert found is not None
    assert found.trend == "rising"


def test_there_is_no_mood_before_the_customer_writes(reader: MoodReader) -> None:
    """Nobody has felt anything yet."""
    assert mood_of(talk("b: Hello!"), reader) is None


def test_labels_are_in_order() -> None:
    """From furious to delighted."""
    assert [label(score) for score in (-1.0, -0.7, -0.5, -0.3, 0.0, 0.5, 0.9)] == [
        "furious", "angry", "frustrated", "uneasy", "neutral", "pleased", "delighted",
    ]  # fmt: skip


def test_anger_does_not_end_by_itself(reader: MoodReader) -> None:
    """A cross customer who then writes a neutral line is still cross; a friendly one would be another matter."""
    found = mood_of(
        talk("c: this is ridiculous, I am furious, your service is a disgrace", "b: Sorry.", "c: order LF-88213"),
        reader,
    )
    assert found is not None
    assert found.label in {"frustrated", "angry", "furious"}


def test_a_greeting_is_no_praise(reader: MoodReader) -> None:
    """Who says good morning and then that nothing came is not pleased."""
    assert mood(reader, "c: Good morning. It has not been.").score <= 0.1


def test_who_always_writes_in_capitals_does_not_shout(reader: MoodReader) -> None:
    """It is their habit; among other messages it is meant."""
    calm = ("c: CAN YOU TELL ME THE OPENING HOURS", "c: AND ON SUNDAY AT THE SHOP")
    shouted = ("c: can you tell me the opening hours", "c: AND ON SUNDAY AT THE SHOP")
    assert mood(reader, *calm).score > mood(reader, *shouted).score


# The warning before it escalates

UNHAPPY = (
    "c: where is my order?",
    "b: Please use the tracking link.",
    "c: that does not help. I already told you the link shows nothing",
    "b: Please use the tracking link.",
    "c: you are not listening, this is ridiculous",
)


def warnings(engine: Engine, conversation: Talk) -> list[Flag]:
    """Return the warnings of a turn."""
    raised = [flag for e in engine.turn(conversation) if isinstance(e, FlagsRaised) for flag in e.flags]
    return [flag for flag in raised if flag.policy == ESCALATION_RISK]


def test_the_agent_is_warned_before_the_customer_asks_for_a_manager(engine: Engine) -> None:
    """As a note, with the reasons in words and one piece of advice."""
    (warning,) = warnings(engine, talk(*UNHAPPY))
    assert (warning.severity, warning.title) == (Severity.INFO, "This may escalate")
    assert warning.advice.startswith("The bot said the same again; impatient with us; ")
    assert warning.advice.endswith("ask nothing twice.")


def test_the_warning_is_given_once(engine: Engine) -> None:
    """Not again at the next message, nor after it was dismissed."""
    (warning,) = warnings(engine, talk(*UNHAPPY))
    later = talk(*UNHAPPY, "a: Sorry.", "c: stop wasting my time, you are useless")
    assert warnings(engine, replace(later, raised=frozenset({warning.id}))) == []
    assert warnings(engine, replace(later, dismissed=frozenset({warning.id}))) == []
    assert len(warnings(engine, later)) == 1


def test_there_is_nothing_to_warn_of_where_it_has_escalated_or_all_is_calm(engine: Engine) -> None:
    """Who asks for the manager now has said so; trouble of one's own is not aimed at the service."""
    assert warnings(engine, talk(*UNHAPPY[:-1], "c: you are not listening, get me your manager")) == []
    assert warnings(engine, talk("c: I lost my card and somebody stole 300 pounds, I am so upset")) == []
    assert warnings(engine, talk("c: hello, my boots are late", "a: Sorry!", "c: ok, thank you")) == []


def test_messages_without_an_answer_are_the_first_reason(reader: MoodReader) -> None:
    """It is the one that can be mended at once."""
    found = mood(reader, "c: my boots are late", "c: hello?? are you even there?", "c: answer me, this is ridiculous")
    assert found.escalation_risk >= WARNS
    assert found.reasons[0] == "third message without an answer"


def test_in_human_only_and_where_it_is_hidden_nobody_is_warned(engine: Engine) -> None:
    """There is no mood to read it from."""
    dark = replace(talk(*UNHAPPY), routing=Routing("injury", Layer.HUMAN_ONLY, 3))
    assert warnings(engine, dark) == []
    assert warnings(engine, replace(talk(*UNHAPPY), hidden=True)) == []
