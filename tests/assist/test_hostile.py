"""What a stranger writes, however odd, keeps nobody waiting."""

from time import process_time

import pytest

from console.assist.facts import facts_of
from console.assist.flags import personal
from console.assist.flags.policies import amounts
from console.assist.recognise.entities import entities
from console.assist.recognise.names import answered
from console.assist.recognise.patterns import Kind
from console.assist.summary.build import summarise
from console.conversation.assistance import SummaryKind
from tests.assist.making import messages, talk


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
