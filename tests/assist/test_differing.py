"""Replies that look alike are one suggestion only where they say the same."""

import pytest

from console.assist.replies.differing import differ


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("For what time should the reservation be made?", "For how many people should the reservation be made?"),
        ("When are you arriving?", "Where are you arriving?"),
        ("Turn left at the park.", "Turn right at the park."),
        ("Tuesday works.", "Tuesday does not work."),
        ("That is 20 minutes.", "That is 30 minutes."),
    ],
)
def test_one_telling_word_makes_another_reply(left: str, right: str) -> None:
    assert differ(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("May I have your name, please?", "Could I get your full name, please?"),
        ("What day would you like to book?", "What day would you like to reserve?"),
    ],
)
def test_other_words_for_the_same_do_not(left: str, right: str) -> None:
    assert not differ(left, right)
