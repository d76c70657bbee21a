"""What the agent's first words may be completed to, and from which letter on."""

from hypothesis import given
from hypothesis import strategies as st

from console.assist.completions import LIKELY, Completion, completions_of
from console.assist.ports import PastSentence
from console.conversation.assistance import Suggestion, Support
from console.terminal.completion import completion

OFTEN_SAID = PastSentence("May I have your order number, please?", 0.6, 40)
ALSO_SAID = PastSentence("May I have your name, please?", 0.1, 30)


def ghost(typed: str, found: tuple[Completion, ...]) -> str:
    """Return the grey text that the console shows."""
    return completion(typed, [one.text for one in found], [one.after for one in found])


def suggestion(text: str, score: float = 0.8) -> Suggestion:
    """Return a suggestion that stands on the screen."""
    return Suggestion("s1", text, "macro", score, Support.FULL, ())


def test_the_likeliest_sentence_is_shown_as_soon_as_it_is_likely() -> None:
    """And the other one from the letter that tells them apart."""
    found = completions_of((), (), (OFTEN_SAID, ALSO_SAID))
    assert ghost("May", found) == " I have your order number, please?"
    assert ghost("May I have your n", found) == "ame, please?"


def test_what_is_one_of_many_is_not_shown() -> None:
    """Three that are alike likely are a guess; the next letter is none."""
    found = completions_of((), (), [PastSentence(f"Your {word} is here.", 0.1, 9) for word in ("tent", "stove", "bag")])
    assert ghost("Your ", found) == ""
    assert ghost("Your s", found) == "tove is here."


def test_what_was_written_once_is_never_shown_and_counts_all_the_same() -> None:
    """It may be one customer's matter; and what begins like it is less likely for it."""
    rare = [PastSentence(f"May I suggest number {n}?", 0.2, 1) for n in range(3)]
    found = completions_of((), (), (OFTEN_SAID, *rare))
    assert ghost("May I suggest num", found) == ""
    assert ghost("May", found) == ""
    assert ghost("May I h", found) == "ave your order number, please?"


def test_a_slot_is_filled_or_the_sentence_stays_away() -> None:
    """No braces reach the composer."""
    past = (PastSentence("I have {order.number} open.", 0.3, 5), PastSentence("Dear {name}, welcome.", 0.3, 5))
    found = completions_of((), (), past, {"order.number": "LF-88213"})
    assert [one.text for one in found] == ["I have LF-88213 open."]


def test_a_suggestion_on_the_screen_is_completed_whole() -> None:
    """From where it is told apart from what is usual; and its later sentences by themselves."""
    found = completions_of((suggestion("May I send another? It is free."),), ("May I help with that?",), (OFTEN_SAID,))
    assert ghost("May I s", found) == "end another? It is free."
    assert ghost("Fine. It is", found) == " free."


def test_macros_complete_where_nothing_else_does() -> None:
    """A new desk has no past."""
    assert ghost("Is the", completions_of((), ("Is there anything else?",))) == "re anything else?"


@given(st.lists(st.tuples(st.text("abc ", min_size=9, max_size=14), st.floats(0.01, 1.0)), min_size=1, max_size=12))
def test_what_is_shown_has_its_share_from_its_first_letter_on(said: list[tuple[str, float]]) -> None:
    """And not one letter earlier."""
    weights = dict(said)
    found = completions_of((), (), [PastSentence(text, weight, 5) for text, weight in weights.items()])
    for one in found:
        for letters, shown in ((one.after, True), (one.after - 1, False)):
            alike = sum(weight for text, weight in weights.items() if text.startswith(one.text[:letters]))
            if letters >= 3:
                assert (weights[one.text] * (1 + 2e-9) >= LIKELY * alike) is shown
