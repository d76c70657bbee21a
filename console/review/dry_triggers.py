"""What would have brought a past conversation from the bot to people, as far as its text can tell. Pure.

What the bot would have answered is not known, so a turn counts as failed where the customer wrote again, wanted more
than to say goodbye, and nothing was left to be asked of them.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from console.assist.acts import says_goodbye
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Message
from console.text import shorten

Fired = Callable[[Talk, Behaviour | None], Sequence[Trigger]]
"""What speaks for people at the newest message of a conversation, the weightiest first; none where nothing does."""

HIGH_VALUE: Final = 1_000.0
"""Value of a customer from which the rule ``high-value`` holds: as in the behaviour that comes with the product."""

_PERSON: Final = (
    r"(?:(?:real|actual|live|human) (?:person|human|agent|being|one)|person|human|agent|adviser|advisor|colleague|"
    r"manager|supervisor|representative|somebody|someone|member of staff|operator)"
)
ASKS: Final = re.compile(
    r"\b(?:speak|talk|chat|put me through|connect me|transfer me|pass me|get me|give me|want|need|like|prefer|where is)"
    rf"(?: (?:to|with|on|a|an|the|your|any|is|some|in charge)){{0,3}} {_PERSON}\b(?! (?:i|to visit|at the door))"
    r"|\b(?:real|actual|live) (?:person|human)\b|^\W{0,3}(?:agent|human|operator|representative)\W{0,3}$",
    re.IGNORECASE,
)
"""The customer asks for a person, in the commonest wordings."""


def fired(talk: Talk, behaviour: Behaviour | None) -> tuple[Trigger, ...]:
    """Return what speaks for people at the newest message, by the behaviour's rules; asking for one always does."""
    said = [message for message in talk.messages if message.role is Author.CUSTOMER]
    if not said or talk.messages[-1].role is not Author.CUSTOMER:
        return ()
    newest, found = said[-1], []
    asked = ASKS.search(newest.text)
    if asked:
        words = shorten(asked.group(), 60)
        found.append(Trigger(HandoverWhen.ASKED, f"asked for a person: “{words}”", newest.id))
    if behaviour is None:
        return tuple(found)
    rules = {rule.when: rule for rule in behaviour.handover}
    if HandoverWhen.HIGH_VALUE in rules and talk.customer.value >= HIGH_VALUE:
        found.append(Trigger(HandoverWhen.HIGH_VALUE, f"a customer worth {talk.customer.value:,.0f}"))
    rule = rules.get(HandoverWhen.UNRESOLVED)
    failed = _turns(talk.messages) - 1 - len(behaviour.collect)
    if rule and failed >= max(1, rule.after) and not says_goodbye(newest.text):
        found.append(Trigger(HandoverWhen.UNRESOLVED, f"wrote on after {failed} answers", newest.id))
    return tuple(found)


def _turns(messages: Sequence[Message]) -> int:
    """Return how many times the customer spoke; what they wrote one after the other is once."""
    spoken = [message.role for message in messages if message.role is not Author.SYSTEM]
    return sum(
        role is Author.CUSTOMER and (place == 0 or spoken[place - 1] is not Author.CUSTOMER)
        for place, role in enumerate(spoken)
    )
