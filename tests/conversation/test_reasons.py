"""A reason that says nothing is told from one that does."""

import pytest

from console.conversation.reasons import says_why


@pytest.mark.parametrize("reason", ["fine", "ok", "because", "asdf qwrt", "it is needed", "x", "all good thanks", ""])
def test_these_say_nothing(reason: str) -> None:
    """Whatever was typed to get past the warning."""
    assert not says_why(reason)


@pytest.mark.parametrize(
    "reason", ["the courier confirmed it", "she is a good customer", "lead agreed", "Kulanz, schon zweimal verspätet"]
)
def test_these_could_be_one(reason: str) -> None:
    """Whether it is a good one is for people to judge."""
    assert says_why(reason)
