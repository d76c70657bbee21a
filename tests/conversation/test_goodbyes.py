"""When a customer takes their leave."""

import pytest

from console.conversation.goodbyes import says_goodbye


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "ok thank you. you've been more help than the bot",
        "Splendid. I shall order this evening. Thank you for the plain answers.",
        "you're a star. I'll send you a picture from the top",
        "right. well. sorry for the mouth. you've been alright",
        "That's all, bye",
        "cheers mate",
    ],
)
def test_thanks_and_leave_are_a_goodbye(text: str) -> None:
    """In many wordings."""
    assert says_goodbye(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my parcel",
        "thanks. when does it come?",
        "Thank you. One more: can you give me a firm delivery",
        "thank you but it still has not arrived",
        "thanks for nothing, I want my money back",
        "I need it by Friday, thanks",
        "please send it, thank you",
        "thank you " * 40,
    ],
)
def test_thanks_beside_a_request_are_none(text: str) -> None:
    """Who asks for something stays."""
    assert not says_goodbye(text)
