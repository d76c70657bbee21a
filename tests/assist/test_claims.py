"""Replies that claim a deed stand behind those that offer it."""

import pytest

from console.assist.replies.claims import claims_a_deed


@pytest.mark.parametrize(
    "text",
    [
        "I've released the refund for LF-85530 to the way you paid.",
        "It's ordered: Fellwalker boots with Swiftfoot.",
        "I have just cancelled it and nothing leaves the warehouse.",
        "I’m sending the difference back to the way you paid.",
    ],
)
def test_a_reply_that_says_something_was_done_is_recognised(text: str) -> None:
    """The agent may not have done it yet."""
    assert claims_a_deed(text)


@pytest.mark.parametrize(
    "text",
    [
        "I can send another pair by express today, or start your refund instead.",
        "I've read the whole conversation, so you needn't explain it again.",
        "I've looked at the dates: LF-85530 is outside the 30 days.",
        "Could you send me the order number?",
    ],
)
def test_offers_questions_and_reading_claim_nothing(text: str) -> None:
    """They are true as they stand."""
    assert not claims_a_deed(text)
