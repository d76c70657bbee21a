"""What a stranger writes, however odd, keeps nobody waiting."""

from dataclasses import replace
from itertools import count
from time import process_time

import pytest

from console.assist.engine import Engine
from console.assist.facts import MOST, facts_of
from console.assist.flags import personal
from console.assist.flags.policies import amounts
from console.assist.moments import moment_before
from console.assist.recognise.entities import entities
from console.assist.recognise.names import answered
from console.assist.recognise.patterns import Kind
from console.assist.summary.build import summarise
from console.assist.talk import READ, Talk
from console.assist.vectors import VectorCache
from console.conversation.assist_events import SummaryUpdated
from console.conversation.assistance import SummaryKind
from console.conversation.message import Message
from tests.assist.making import LIBRARY, BagOfWords, messages, talk


def test_one_long_word_is_read_at_once() -> None:
    """A wish behind it is found as well."""
    began = process_time()
    lines = summarise(talk(f"c: {'z' * 120} I want a refund please", f"c: {'z' * 120}, could you do that"))
    assert process_time() - began < 1
    assert [line.sources for line in lines if line.kind is SummaryKind.ISSUE] == [("m1",)]


def test_a_wish_that_hangs_on_the_sentence_before_is_no_wish_by_itself() -> None:
    """Up to five words and then “that” say nothing to whoever takes over."""
    for hanging in ("Could you do that?", "I want you to fix this!", " - please give me it"):
        lines = summarise(talk("c: My boots arrived with a broken eyelet yesterday.", f"c: {hanging}"))
        assert [line.text for line in lines if line.kind is SummaryKind.WANTS] == []
    lines = summarise(
        talk("c: My boots arrived with a broken eyelet yesterday.", "c: I want you to send me a box for that")
    )
    assert [line.sources for line in lines if line.kind is SummaryKind.WANTS] == [("m2",)]


def test_a_secret_is_looked_for_at_once_behind_any_number_of_blanks() -> None:
    """And found where it stands."""
    began = process_time()
    assert list(personal.check(f"my otp{' ' * 4000}x", "m1")) == []
    assert process_time() - began < 1
    assert [flag.span for flag in personal.check("the one-time passcode  says  481516", "m1")] == [
        "one-time passcode  says  481516"
    ]
    assert [flag.span for flag in personal.check("cvv: 123", "m1")] == ["cvv: 123"]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("1,200 pounds", (1200.0,)),
        ("£1,200.50, or 2k", (1200.5,)),
        ("2k pounds", (2000.0,)),
        ("well,500 quid", (500.0,)),
        ("x1,500 pounds", (500.0,)),
        ("EUR 1.5,20 euros", (1.5, 20.0)),
        ("1,2,3,4 pounds", (1234.0,)),
    ],
)
def test_sums_are_read_as_they_were(text: str, sums: tuple[float, ...]) -> None:
    """In both orders of number and currency."""
    assert amounts(text) == sums


@pytest.mark.parametrize("number", ["-LF-88213", "order-88213a", "é-LF123", "a-1-1-1", "#88-213"])
def test_a_number_is_found_beside_dashes(number: str) -> None:
    """Whatever a dash hangs on to."""
    assert [entity.kind for entity in entities(f"x {number} y")] == [Kind.IDENTIFIER]


def test_names_and_tails_are_read_as_they_were() -> None:
    """An answer of several names, with and without a full stop; courtesies at the end of an answer."""
    assert answered("it's jane van doe.") == "jane van doe"
    assert answered("a-b c'd e.f gh") == "a-b c'd e.f gh"
    for answer in ("43 please", "43, thanks!", "43  , please ...", "43."):
        facts = facts_of(messages("a: What size would you like?", f"c: {answer}"))
        assert [(fact.label, fact.value) for fact in facts] == [("Size", "43")]


def _endless(count: int) -> Talk:
    """Return a conversation of many long messages, no two sentences of them alike, none answered."""
    said = (" ".join(f"Word{n}x{k} my order {n * 100 + k + 10_000} is Aa." for k in range(60)) for n in range(count))
    return talk(*(f"c: {text}" for text in said))


def test_a_turn_of_a_long_conversation_reads_what_is_new() -> None:
    """What was read before is not embedded again, and the facts stay a list for people."""
    embed = BagOfWords()
    engine = Engine(LIBRARY, VectorCache(embed))
    long = _endless(41)
    list(engine.turn(replace(long, messages=long.messages[:-1])))
    embed.asked.clear()
    began = process_time()
    said = list(engine.turn(long))
    assert process_time() - began < 1
    assert all("Word40x" in text for text in embed.asked if len(text) < 100)
    summary = next(part for part in said if isinstance(part, SummaryUpdated))
    assert len([line for line in summary.lines if line.kind is SummaryKind.FACT]) <= MOST // 2


def test_a_newer_message_stops_the_reading_for_flags() -> None:
    """Between any two messages, not only at the end of hundreds."""
    embed, asked = BagOfWords(), count()
    engine = Engine(LIBRARY, VectorCache(embed))
    list(engine.turn(_endless(30), lambda: next(asked) >= 3))
    read = {text.split("x")[0] for text in embed.asked if text.startswith("Word") and "order" in text}
    assert next(asked) < 10
    assert "Word29" in read


def test_only_the_newest_of_a_long_burst_is_answered() -> None:
    """As much as is read of one message; a single message stays whole."""
    words = talk(*(f"c: {n} {'word ' * 300}" for n in range(9))).last_customer_text
    assert len(words) <= READ
    assert words.endswith(f"8 {'word ' * 300}".strip())
    assert talk("a: Hello", "c: one", "c: two").last_customer_text == "one\ntwo"


def test_a_moment_slots_no_more_than_it_keeps() -> None:
    """Of each part the newest; what is older would be cut off again."""
    seen: list[str] = []

    def slotted(message: Message) -> str:
        seen.append(message.id)
        return message.text

    long = messages("c: it began", *(f"c: {'x' * 300}" for _ in range(50)))
    moment = moment_before(long, slotted)
    assert len(moment.customer) == 400
    assert moment.opening == "it began"
    assert seen == ["m51", "m50", "m1"]
