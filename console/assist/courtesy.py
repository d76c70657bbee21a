"""What customers say to whom they write, and at the end: whether that is a machine, and that they have heard. Read.

None of it is a matter, and no answer to it is a failed one.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from console.assist.greetings import without_greeting
from console.assist.sentences import texts
from console.conversation.goodbyes import says_goodbye
from console.conversation.message import Author, Message

LONGEST: Final = 160
"""Characters of a sentence that only asks who is writing."""

_MACHINE: Final = (
    r"(?:chat ?)?(?:ro)?bots?|chat ?gpt|machine|computer|program(?:me)?|algorithm|ai|a\.i\.|assistant|"
    r"automat\w+(?: (?:reply|response|answer|message|service|system|chat))?"
)
_PERSON: Final = r"human(?: being)?|person|people|real|alive|man|woman|someone|somebody|agent"
_KIND: Final = rf"(?:\w+ ){{0,3}}?(?:{_MACHINE}|{_PERSON})\b"
_TAIL: Final = (
    r"(?:,? (?:or (?:(?:a|an|just|some|real|actual) ){0,3}\w+|here|there|now|right|then|btw|by the way|lol|please|"
    r"pls|at all|actually|really|today|(?:are|is|am|aren['’]?t|isn['’]?t) (?:you|it|this|i)))*\W*$"
)
_WHO_WRITES: Final = re.compile(
    rf"\b(?:are|r) (?:you|u|we|this) (?:all )?(?:just |really |even |actually |only |still |not )?{_KIND}{_TAIL}|"
    rf"\bam i (?:\w+ ){{0,2}}?(?:talking|speaking|chatting|writing|texting|typing|connected|dealing)(?: here| now)? "
    rf"(?:to|with) {_KIND}{_TAIL}|"
    rf"\b(?:is|was) (?:this|that|it) (?:just |really |even |actually |only |all )?(?:a |an |the )?"
    rf"(?:\w+ )?(?:{_MACHINE}|human|real person|person){_TAIL}|"
    rf"\b(?:you|this)(?:['’]re| are|['’]s| is) (?:just |only |not )?(?:a |an )?(?:\w+ )?"
    rf"(?:{_MACHINE}|human|real person|person)(?=[^.!]{{0,20}}\?){_TAIL}|"
    r"\bwho am i (?:\w+ )?(?:talking|speaking|chatting|writing) (?:to|with)\W*$|\bwho (?:are|r) (?:you|u)\W*$|"
    r"^\W*what are you\W*$|^\W*(?:bot|robot|machine|ai) or (?:a )?(?:human|person|real)\b\W*$|"
    r"^\W*(?:human|person|real) or (?:a )?(?:bot|robot|machine|ai)\b\W*$",
    re.IGNORECASE,
)
_WANTS_MORE: Final = re.compile(
    r"\b(?:want|need|get me|give me|let me|put me|instead|can i (?:have|speak|talk)|my (?:order|parcel|refund|money|"
    r"account))\b",
    re.IGNORECASE,
)
"""What is asked for beside it; then the sentence is no mere question of who writes."""

_HEARD: Final = re.compile(
    r"^\W*(?:(?:ok(?:ay|ie|ey)?|k{1,2}|alright|all right|right|great|cool|fine|good|perfect|lovely|brilliant|"
    r"excellent|super|"
    r"nice|got it|gotcha|understood|i see|noted|no (?:problem|worries)|fair enough|will do|sure|yes|yeah|yep|no|"
    r"nope|nah|"
    r"nothing(?: else| more)?|that['’]?s (?:all|it|fine|ok(?:ay)?|great|good|everything)|(?:many )?thanks?|"
    r"thank you|thx|ty|ta|"
    r"cheers|bye(?: bye)?|goodbye|see you|then|now|so much|very much|a lot|for now|you too)\b[\s,.!:)🙂👍🙏😊❤️]*)+$",
    re.IGNORECASE,
)
_ONLY_SIGNS: Final = re.compile(r"^[\s👍👌🙏🙂😊😀😃😄❤️💚💙✅☑✔🎉!.:;)-]+$")
_LETTER: Final = re.compile(r"\w|[👍👌🙏🙂😊😀😃😄❤💚💙✅☑✔🎉]")


def asks_who_writes(text: str) -> bool:
    """Return whether a text asks, anywhere, whether a person or a machine is writing."""
    return any(_asks(sentence) for sentence in texts(text))


def without_who_writes(text: str) -> str:
    """Return ``text`` without the sentences that ask whether a machine is writing; empty where it says no more."""
    kept = [sentence for sentence in texts(text) if not _asks(sentence)]
    return "" if all(hears(sentence) or _greets(sentence) for sentence in kept) else " ".join(kept)


def hears(text: str) -> bool:
    """Return whether a text says no more than that its writer has heard, thanks or takes their leave."""
    if says_goodbye(text):
        return True
    return bool(_LETTER.search(text)) and bool(_HEARD.match(text) or _ONLY_SIGNS.match(text))


def is_courtesy(text: str) -> bool:
    """Return whether a text is of no matter: who writes, that it was heard, thanks, a goodbye."""
    return hears(text) or (asks_who_writes(text) and not without_who_writes(text))


def said_before(messages: Sequence[Message], place: int) -> list[str]:
    """Return what the customer wrote right before a message, since anybody else did, the newest first."""
    spoken = (m for m in reversed(messages[:place]) if m.role is not Author.SYSTEM)
    return [message.text for message in takewhile(lambda m: m.role is Author.CUSTOMER, spoken)]


def answers_courtesy(messages: Sequence[Message], place: int) -> bool:
    """Return whether the message at ``place`` answers nothing but courtesies."""
    said = said_before(messages, place)
    return bool(said) and all(map(is_courtesy, said))


def _asks(sentence: str) -> bool:
    return len(sentence) <= LONGEST and _WHO_WRITES.search(sentence) is not None and not _WANTS_MORE.search(sentence)


def _greets(sentence: str) -> bool:
    return not without_greeting(sentence)
