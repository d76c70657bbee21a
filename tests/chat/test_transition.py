"""What customers read when people take over."""

import pytest

from console.conversation.handover import HandoverWhen, Trigger
from console.desk.channels.transition import NEXT, transition

FEELINGS = ("angry", "furious", "upset", "value", "escalat", "error", "failed", "sorry")


@pytest.mark.parametrize("when", list(HandoverWhen))
def test_it_says_that_nothing_needs_repeating_and_nothing_of_what_is_thought_of_them(when: HandoverWhen) -> None:
    """Whatever made the bot hand over, the trigger's own words stay inside."""
    text = transition((Trigger(when, "furious (“useless”), a customer of high value", "m3"),))
    assert text.endswith(NEXT)
    assert not [word for word in FEELINGS if word in text.lower()]


def test_what_weighs_most_is_the_reason() -> None:
    """One who asked for a person reads that they get one."""
    asked, slow = Trigger(HandoverWhen.ASKED, "asked"), Trigger(HandoverWhen.UNRESOLVED, "2 turns")
    assert transition((asked, slow)).startswith("You asked for a person")
    assert transition((Trigger(HandoverWhen.HIGH_VALUE, "1,200 spent"), slow)).startswith("You have not had the answer")
    assert transition(()).startswith("You are through to our team.")
