"""The least that speaks for people in any conversation: that one is asked for, and that the matter is theirs."""

import re
from typing import Final

from console.assist.talk import Talk
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.text import shorten

_PERSON: Final = re.compile(
    r"\b(?:(?:speak|talk|chat|write|connect me|put me through|pass me|transfer me|get me) ?(?:to|with|on to)? ?"
    r"(?:a |an |some ?|the |your )?(?:\w+ )?(?:person|human(?: being)?|agent|somebody|someone|manager|supervisor|"
    r"adviser|advisor|colleague|representative|operator|team)|"
    r"(?:a |any )?(?:real|actual|live|human) (?:person|human|agent|being|adviser|advisor|operator)|"
    r"(?:want|need|like|get|give me) (?:an? )?(?:person|human|agent|manager|supervisor|adviser|advisor)|"
    r"(?:not|no|stop|hate) (?:an? |this |the |your )?(?:\w+ )?(?:bots?|robots?|machines?)\b)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"^\W*(?:an? |the )?(?:human|person|agent|operator|manager|representative)(?: please)?\W*$", re.I
)


def first_triggers(talk: Talk) -> tuple[Trigger, ...]:
    """Return what speaks for people as of the newest message, the weightiest first."""
    found: list[Trigger] = []
    if talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY:
        found.append(Trigger(HandoverWhen.TOPIC, f"reserved for people: {', '.join(talk.routing.reasons)}", talk.turn))
    for message in reversed(talk.messages):
        if message.role in {Author.BOT, Author.AGENT}:
            break
        if message.role is Author.CUSTOMER and (_PERSON.search(message.text) or _ALONE.match(message.text)):
            reason = f"asked for a person: “{shorten(message.text, 80)}”"
            found.append(Trigger(HandoverWhen.ASKED, reason, message.id))
            break
    return tuple(found)
