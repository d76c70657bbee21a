"""What in an agent's words answers nothing, told from what answers, be it with a no."""

import pytest

from console.assist.non_answers import answering, is_no_answer


@pytest.mark.parametrize(
    "said",
    [
        "Our help pages don't mention it, sorry.",
        "I don't know, to be honest.",
        "Honestly, we're not sure about that.",
        "I can't find it written down anywhere.",
        "That isn't mentioned in our guide.",
        "Let me find out from the shop, because our pages don't say.",
        "I'll get back to you about the price.",
        "Yes, let me check that with the workshop.",
        "I had to ask in the shop for this one.",
        "Good question!",
        "I can't help you with that, I'm afraid.",
        "We are not able to comment on that.",
        "That is not my department.",
        "I'm passing you to a colleague who can help.",
        "Hello there!",
        "Could you tell me your order number?",
        "Of course.",
    ],
)
def test_who_does_not_know_puts_off_refuses_asks_or_greets_has_not_answered(said: str) -> None:
    """Nothing of it can stand in an article."""
    assert is_no_answer(said)
    assert answering(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "Yes, both shops rent gear out by the weekend.",
        "No, we don't sell kites.",
        "Sorry, we can't ship to Antarctica.",
        "Of course, every order can be wrapped.",
        "You can find the size chart below each picture.",
        "We don't ask for a deposit.",
        "A gift bag costs £4; choose it at the checkout.",
        "Check the label: it says which wash it needs.",
    ],
)
def test_an_answer_is_kept_whole_also_one_that_says_no(said: str) -> None:
    """A company may not do a thing; that answers who asks for it."""
    assert answering(said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I had to ask in the shop, Bryony: yes, both shops rent it out.", "Yes, both shops rent it out."),
        ("I can't find it anywhere, so I've asked: the shops rent it out.", "The shops rent it out."),
        ("The shop has tents for rent; I've put your number on their list.", "The shop has tents for rent."),
    ],
)
def test_the_clause_that_answers_is_kept_beside_one_that_does_not(said: str, kept: str) -> None:
    """As a sentence of its own."""
    assert answering(said) == kept
