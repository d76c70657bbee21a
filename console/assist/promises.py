"""What a customer was led to expect, all of it: by the bot, by colleagues, and by what they say they were told."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import without_steering
from console.assist.sentences import texts
from console.assist.summary.cards import without_cards
from console.assist.summary.promises import is_no_commitment, promised, reported, tells_of
from console.conversation.corrections import Correction, corrected
from console.conversation.message import Author, Message
from console.conversation.packet import Promise
from console.text import shorten

MOST: Final = 40
"""Promises of a conversation, the newest; nobody keeps more."""

LONGEST: Final = 160
"""Characters of one."""

CUSTOMER: Final = "customer"
"""Who is named where only the customer says so."""

_ALIKE: Final = 85
"""Likeness (0 to 100) from which two say the same."""

_OURS: Final = (
    r"(?:a|an|the|my|our|your|another|one of our) (?:[\w’'-]+ ){0,3}?(?:colleagues?|team|workshop|warehouse|desk|lead|"
    r"manager|person|people|specialist|fitter|carrier|bank)"
)
_SPAN: Final = (
    r"(?:(?:about|around|up to|the next|another|a further|only)\W{1,3}){0,2}(?:\d+|an?\b|one|two|three|four|five|"
    r"six|seven|"
    r"eight|nine|ten|twelve|several|some|(?:a )?few)"
)
_EXPECTED: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        # an offer, and what somebody of ours will do
        r"\b(?:i|we)(?: can|['’]d| would| could) (?!be\b|see\b|help\b|assist\b|understand\b|imagine\b|confirm\b|"
        r"hear\b|tell\b|rather\b|have to\b|need\b|like\b|love\b|only\b|find\b|not\b|"
        r"suggest\b|recommend\b|say\b)\w+",
        rf"\b{_OURS}(?: [\w’'-]+){{0,6}} (?:will|is joining|are joining)\b|\bthey(?:['’]ll| will) \w+",
        r"\bcolleague\b.{0,40}\bwho (?:can|looks?|will)\b|"
        r"\bask(?:ing)? (?:a|my|our|the) (?:\w+ )?(?:colleagues?|lead|team)\b",
        # a deed of ours that is done or under way, whose effect is still to come
        r"\b(?:i|we)(?:['’]ve| have) (?:now |just |already |also |all )?(?!read\b|seen\b|looked\b|checked\b|"
        r"found\b|got\b|had\b|been\b|to\b|no\b|a\b|the\b|your\b|it\b|all\b|found\b|received\b|tried\b|everything\b|"
        r"told you\b)\w+",
        r"\b(?:i|we)(?:['’]m| am|['’]re| are) (?:now |just |also )?(?!looking\b|checking\b|seeing\b|wondering\b|"
        r"thinking\b|getting\b|trying\b|using\b|being\b|going through\b|bringing\b)\w{2,}ing\b",
        r"\b(?:it|that|this|both|you|your (?:\w+ ){0,3}\w+|the (?:\w+ ){0,3}\w+|one \w+)"
        r"(?:['’]s| is|['’]re| are| has been| "
        r"have been) (?:now |all |both )?(?:cancell?ed|ordered|booked|approved|yours|refunded|reserved|released|"
        r"credited|replaced|on (?:its|their) way|changed|updated|extended|waived|escalated|covered|sent|"
        r"passed on|arranged)\b",
        r"^\W*(?:(?:it|that|both|all|one|done|noted)\W+){0,2}(?:\w+ )?(?:passed on|reserved|booked|ordered|"
        r"released|refunded|cancell?ed|arranged|sent)\b|^\W*done\b.{2,}",
        r"\bi(?:['’]m| am) having (?:it|them|this|that|the \w+) \w+",
        # when
        r"\b(?:estimated|expected|scheduled|(?<!you )(?<!was )due)\b(?! as\b| at once\b| immediately\b)"
        r"(?: (?:for|on|by|in|at|within|to)\b)?",
        rf"\b(?:within|up to|takes?|in)\W{{1,3}}(?:{_SPAN})(?:\W{{1,3}}\w+){{0,3}}?\W{{1,3}}(?:hours?|days?|weeks?|"
        rf"minutes?)\b",
        r"\b(?:go(?:es)?|leaves?|ships?) (?:out |off )?(?:today|tonight|tomorrow|now|this|by|on|to you|express)\b",
        r"\bis yours\b|\bby express\b|\bmoney back\b|\b(?:no charge|free of charge|at no cost|"
        r"without charge|on us)\b|"
        r"\bwon['’]t be (?:charged|billed)\b|\bwon['’]t (?:renew|charge|cost)\b|\byou won['’]t\b",
    )
)
"""What a customer counts on as on a promise, in what we write to them: rather one too many than one less."""

_CLAUSES: Final = re.compile(r"; ")

_OWED: Final = re.compile(
    r"\b(?:invoices?|bills?|payments?|fees?|balances?|instal?lments?)\b[^.;,]{0,20}\b(?:is|are|was|were|falls?|fell) "
    r"(?:\w+ )?(?:due|payable)\b",
    re.IGNORECASE,
)
"""What the customer owes is nothing that was promised to them."""

_CANNOT: Final = re.compile(
    r"\b(?:(?:i|we) (?:can(?:no|['’]?)t|am not able|are not able|am unable|don['’]t|do not|couldn['’]t)|"
    r"can(?:no|['’])t be)\b",
    re.IGNORECASE,
)
"""What is said not to be done is nothing to count on."""

_TOLD: Final = re.compile(
    r"\b(?:(?:i|we)(?: was| were|['’]ve been| have been| had been| am| got) (?:told|promised|assured|offered|quoted)|"
    r"(?:was|were) (?:told|promised|assured)\b|"
    r"(?:you|they|he|she|your (?:\w+ ){0,2}\w+|the (?:\w+ )?\w+|bot|somebody|someone) "
    r"(?:said|told (?:me|us)|promised|assured (?:me|us)|guaranteed))\b",
    re.IGNORECASE,
)
"""How customers pass on what they were told."""


def promises_of(
    messages: Sequence[Message], corrections: Sequence[Correction] = (), informed: Collection[str] = ()
) -> tuple[Promise, ...]:
    """Return the promises in the order of their messages; what was repeated is there once, where it was said first.

    What people put right in the summary stands as they left it. Messages of ``informed`` tell what a look-up or an
    article says: the times in them are nobody's word.
    """
    found: list[Promise] = []
    for line in corrected(promised(messages, MOST, informed), [c for c in corrections if c.kind == "promised"]):
        by, _, text = line.text.partition(": ")
        _add(found, Promise(by, text, line.sources[0]))
    for promise in _further(messages, informed):
        _add(found, promise)
    places = {message.id: place for place, message in enumerate(messages)}
    return tuple(sorted(found, key=lambda p: places.get(p.message, 0))[-MOST:])


def _further(messages: Sequence[Message], informed: Collection[str]) -> Iterator[Promise]:
    looked_up = reported(messages)
    for message in messages:
        if message.role in {Author.BOT, Author.AGENT}:
            for text in (clause for sentence in texts(message.text) for clause in _CLAUSES.split(sentence)):
                informs = message.id in informed or tells_of(text, looked_up)
                if _counted_on(text) and not is_no_commitment(text, informs):
                    yield Promise(message.author or message.role.value, _line(text), message.id)
        elif message.role is Author.CUSTOMER:
            for text in texts(without_steering(message.text)):
                if _TOLD.search(text):
                    yield Promise(CUSTOMER, _line(text), message.id)


def _counted_on(text: str) -> bool:
    if text.endswith("?") or _CANNOT.search(text) or _OWED.search(text):
        return False
    return any(rule.search(text) for rule in _EXPECTED)


def _line(text: str) -> str:
    return without_cards(shorten(text, LONGEST))


def _add(found: list[Promise], new: Promise) -> None:
    if not any(p.by == new.by and fuzz.partial_ratio(p.text.lower(), new.text.lower()) >= _ALIKE for p in found):
        found.append(new)
