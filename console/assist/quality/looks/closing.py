"""Whether it ends well: nothing left open, asked whether there is anything else, a kind goodbye."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.courtesy import hears
from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, idle, met, partly, quote, untold
from console.assist.quality.tools import Tools, nearest
from console.assist.sentences import texts
from console.content.rubrics import Criterion
from console.conversation.message import Author, Message

OFFERS: Final = re.compile(
    r"\b(?:(?:any|some)thing (?:else|more|further|(?:i|we)(?:['’]ve| have)? (?:left|missed|forg[eo]t))|"
    r"any (?:other|more|further) (?:questions?|help|problems?|issues?)|"
    r"else (?:i|we) can|(?:just|do) (?:write|message|reply|shout|ask|call|let (?:me|us) know)|get (?:back )?in touch|"
    r"(?:here|around) (?:for you|if you|whenever)|write (?:again|back|to us|here)|come back to (?:me|us)|"
    r"if you (?:have|need) (?:any|more|anything|help)|(?:further|more) (?:questions|help|assistance))\b",
    re.IGNORECASE,
)
LEAVES: Final = re.compile(
    r"\b(?:thank(?:s| you)(?: (?:so|very|again|and)\b|"
    r" for (?:contacting|writing|getting|your (?:patience|time|custom)|shopping|choosing|bearing|waiting|letting)|"
    r"[ ,]*\w*[.!]|$)|have a (?:\w+ )?(?:good|nice|lovely|great|"
    r"wonderful|pleasant|safe|fine|day|one|evening|weekend)|take care|(?:good)?bye|enjoy (?:your|the|it)|"
    r"all the best|safe (?:travels|journey)|you(?:['’]re| are) (?:very |most )?welcome|glad (?:i|we|to|that)|"
    r"my pleasure|(?:best|kind) (?:wishes|regards)|happy (?:to (?:have )?help|hiking|travels)|cheers|see you)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"^\W*(?:(?:and|but|so|ok|also)\W+)*(?:what|when|how|where|why|which|who|can|could|do|does|did|will|would|is|are)\b|"
    r"\b(?:please|i (?:still )?(?:need|want)|still (?:not|no|waiting|have))\b",
    re.IGNORECASE,
)
_ENDS: Final = 2
"""Messages of the desk at the end that are looked at, and sentences of one that can take leave."""


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at the end of it."""
    if case.passed_on:
        return idle("it was passed on; the next one takes leave")
    last = case.agents[-1]
    after = [m for m in case.messages[case.places[-1] + 1 :] if m.role is Author.CUSTOMER]
    open_ = next((m for m in after if not hears(m.text) and ("?" in m.text or _ASKS.search(m.text))), None)
    if open_ is not None:
        return failed("the customer's last words were left without an answer", quote(open_))
    ends = [m for m in case.agents[-_ENDS:] if m is last or _leaves(m) or OFFERS.search(m.text)]
    if nearest(tools, texts(last.text), criterion.examples)[1] >= criterion.threshold:
        return met("much as in an example of the rubric", quote(last))
    if not after and not case.resolved and last.text.rstrip().endswith("?") and not OFFERS.search(last.text):
        return untold("the customer did not come back", quote(last))
    return _worded(case, ends)


def _worded(case: Case, ends: Sequence[Message]) -> Found:
    """Tell by the words of the last messages."""
    offers = next((m for m in reversed(ends) if OFFERS.search(m.text)), None)
    leaves = next((m for m in reversed(ends) if _leaves(m)), None)
    if offers is not None and leaves is not None:
        return met("it asks whether there is anything else, and says goodbye", quote(offers), quote(leaves))
    if leaves is not None and any(hears(m.text) for m in case.said(Author.CUSTOMER)[-1:]):
        return met("the customer had all they needed, and it says goodbye", quote(leaves))
    if offers is not None:
        return partly("it asks whether there is anything else, without a goodbye", quote(offers))
    if leaves is not None:
        return partly("it says goodbye, and does not ask whether there is anything else", quote(leaves))
    return failed("it ends without a word of closing", quote(case.agents[-1]))


def _leaves(message: Message) -> bool:
    """Return whether a message ends by taking leave: thanks for what was sent, at its beginning, do not."""
    return any(LEAVES.search(sentence) for sentence in texts(message.text)[-_ENDS:])
