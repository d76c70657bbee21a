"""Whether the first answer of a person greets, and shows that they know what it is about."""

import re
from typing import Final

from console.assist.asking import telling
from console.assist.greetings import without_greeting
from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, met, partly, quote, untold
from console.assist.quality.tools import Tools, nearest
from console.assist.recognise.entities import canonical, entities
from console.assist.sentences import texts
from console.content.rubrics import Criterion
from console.conversation.message import Author

ALIKE: Final = 0.5
"""Cosine of a sentence of the answer with one of the customer's from which it is about their matter."""

_PRESENTS: Final = re.compile(
    r"\b(?:[Mm]y name(?:['’]s| is)|[Tt]his is|I['’]?m|I am) [A-Z][a-z]+\b|"
    r"\b[Tt]hank(?:s| you) for (?:contacting|reaching|writing|getting in touch|waiting|your (?:message|patience))|"
    r"\b[Ww]elcome\b|^(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening|day))\b",
)
_PICKS_UP: Final = re.compile(
    r"\b(?:i(?:['’]ve| have)? (?:can see|see|read|looked|been through|gone through|got|taken over|picked up)\b"
    r"(?! what (?:i|we) can)|from (?:the|your) (?:chat|conversation|messages|notes)|what (?:you )?(?:told|wrote|went)|"
    r"you(?:['’]ve| have)? (?:told|wrote|written|asked|mentioned|said|already)|my colleague|the (?:bot|assistant) "
    r"(?:passed|told|said|has))",
    re.IGNORECASE,
)
"""How somebody says that they have read what came before."""
FEWEST: Final = 3
"""Words below which a message is a sign of life, and no answer."""

_STEM: Final = 5
"""Characters by which two words are taken for the same: parcel and parcels."""


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at the first message of a person."""
    first, place = case.agents[0], case.places[0]
    greets = without_greeting(first.text) != first.text.strip() or _PRESENTS.search(first.text) is not None
    greets = greets or nearest(tools, texts(first.text), criterion.examples)[1] >= criterion.threshold
    told = [message.text for message in case.said(Author.CUSTOMER, place)]
    if not any(telling(text) or entities(text) for text in told):
        said = "the customer had said nothing yet of what it is about"
        return met(f"it greets; {said}", quote(first)) if greets else failed(f"no greeting; {said}", quote(first))
    knows = _knows(first.text, told, case, tools)
    if len(first.text.split()) < FEWEST and not (greets or knows):
        return untold("the first message is too short to tell", quote(first))
    match (greets, knows):
        case (True, ""):
            return partly("it greets, and says nothing of what the customer had written", quote(first))
        case (True, _):
            return met(f"it greets, and {knows}", quote(first))
        case (_, ""):
            return failed("no greeting, and nothing of what the customer had written", quote(first))
        case _:
            return partly(f"no greeting, but {knows}", quote(first))


def _knows(text: str, told: list[str], case: Case, tools: Tools) -> str:
    """Return how a text shows that its writer knows the matter, in words; empty where it does not."""
    rest = without_greeting(text)
    known = {canonical(entity) for one in told for entity in entities(one)}
    known |= {canonical(entity) for order in case.talk.customer.orders for entity in entities(order.number)}
    if any(canonical(entity) in known for entity in entities(rest)):
        return "names what the customer had named"
    words = {word[:_STEM] for one in told for word in telling(one)}
    if any(word[:_STEM] in words for word in telling(rest)):
        return "takes up the customer's words"
    if _PICKS_UP.search(rest):
        return "says that what came before was read"
    asked = [sentence for one in told for sentence in texts(one)]
    return "is about the same" if nearest(tools, texts(rest), asked)[1] >= ALIKE else ""
