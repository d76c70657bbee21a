"""What customers read when people take over."""

import pytest

from console.conversation.bot_events import BotDecided, Decided
from console.conversation.events import Event, EventData, HandedOver, MessageAdded
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author
from console.desk.channels.projection import Projection
from console.desk.channels.transition import NEXT, transition
from console.desk.desk import utc_now

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


def told(*data: EventData) -> list[str]:
    """Return what a customer reads of these events."""
    projection = Projection("c", "webchat")
    items = [projection.take(Event(n, "c", "bot", one, utc_now())) for n, one in enumerate(data, 1)]
    return [item.text for item in items if item]


def test_what_the_bot_has_just_said_is_not_said_twice() -> None:
    """One reason, then what comes next; where nobody has given a reason, the notice does."""
    asked = Trigger(HandoverWhen.ASKED, "asked")
    said = MessageAdded(Author.BOT, "Of course. I'm bringing in a colleague.")
    decided, handed = BotDecided("m1", Decided.HAND_OVER, "asked"), HandedOver("asked", 1, (asked,))
    assert told(said, decided, handed) == [said.text, NEXT]
    assert told(said, handed) == [said.text, transition((asked,))]
    assert told(said, decided, MessageAdded(Author.CUSTOMER, "hm"), handed)[-1] == transition((asked,))
