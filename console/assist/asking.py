"""What a customer asks for that an article could answer, in their own words without what is theirs alone.

Thanks, greetings, a number, a name given when asked for it, anger alone, the wish for a person and attempts to steer
the assistant ask for no article.
"""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.flags.rules import steers
from console.assist.greetings import without_greeting
from console.assist.recognise.entities import entities
from console.assist.recognise.names import addressed
from console.assist.recognise.patterns import Kind
from console.assist.recognise.words import FIRST_NAMES, words_of
from console.assist.sentences import texts
from console.assist.slotting import PERSONAL, Known, personal_spans, slot_text
from console.assist.talk import Talk
from console.conversation.goodbyes import says_goodbye
from console.conversation.message import Author

LONGEST: Final = 300
"""Characters of a question that are kept."""

FEWEST_WORDS: Final = 2
"""Words with a meaning of their own below which a text says nothing that an article could be about."""

SELF_CONTAINED: Final = 3
"""Such words from which a question can be understood by itself."""

_ADDRESSES: Final = frozenset({Kind.EMAIL, Kind.URL})
_ASKS: Final = re.compile(
    r"\?\s*$|^(?:and |but |so |or |also |please )?(?:what|when|how|where|why|which|who|whose|can|could|do|does|did|is|"
    r"are|will|would|should|may|am i|have you|has)\b|\b(?:how (?:do|can|long|much|many|to)|is (?:it|there)|"
    r"(?:want|like|need) to know|tell me|wondering)\b",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(r"^(?:(?:and|but|so|also|well|ok|okay|just)\b[\s,]+)+", re.IGNORECASE)
_REFERS: Final = re.compile(
    r"\b(?:it|that|this|them|they|those|these|one|ones|there|same|both|either)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_SLOT: Final = re.compile(r"\{[a-z0-9_.]+\}")
_EMPTY: Final = words_of(
    """
    a about absolutely actually after again ago all already also always am an and another any anybody anyone anything
    are as asap ask asked asking at awful back bad be because been before being best better but by bye call can can't
    cannot cheers come could couldn't day days did didn't do does doesn't doing don't done else enough even ever every
    everything few fine first for from get gets getting give given go goes going gone good got great had has hasn't
    have haven't having he hello help her here hey hi him his hope hour hours how i i'd i'll i'm i've if in into is
    isn't it it's its just keep know last late later least let like long look looking lot made make makes many may
    maybe me mean might mine minute minutes month months more morning most much must my name need needed needs never
    new next no nobody none nope not nothing now number of off oh ok okay old on once one only or other our out over
    own people person please pls point problem put question rather re really right said same say says see seems she
    should shouldn't since so some somebody someone something soon sorry still stop sure take taken talk tell than
    thank thanks that that's the their them then there there's these they thing things think this those though time
    times to today told tomorrow too tried try trying twice until up us use used very wait waited waiting want wanted
    wants was wasn't way we we're week weeks well went were what what's when where which while who why will with won't
    without wondering word work working would wouldn't year years yep yes yesterday yet you you're your yours
    absurd agent angry annoyed annoying appalling bot customer disgraceful disgusting fed furious human joke kidding
    manager mad nonsense pathetic rant ridiculous robot rubbish rude shocking speak supervisor support terrible tired
    unacceptable unbelievable upset useless wtf
    """
)
"""Words that say nothing of the matter, and those of anger and of wanting a person."""


def question_of(talk: Talk, known: Known) -> str:
    """Return what the customer's newest message asks, personal details as slots; empty where it asks for no article.

    ``known`` is what is known of this customer (:func:`console.assist.slotting.known_in`). What they come with counts
    as a question, also where it is the statement of a trouble; after that, only what is asked.
    """
    if not talk.messages or talk.messages[-1].role is not Author.CUSTOMER:
        return ""
    said = talk.last_customer_text
    pieces = [without_greeting(piece) for piece in texts(said) if not says_goodbye(piece)]
    telling = [piece for piece in pieces if is_question(piece) and not steers(piece)]
    asking = [piece for piece in telling if _ASKS.search(piece)]
    if not asking and (_answered(talk) or _was_asked(talk) or _said_before(talk)):
        return ""
    return masked(" ".join((asking or telling)[:2])[:LONGEST], known)


def is_question(text: str) -> bool:
    """Return whether a text is about something that an article could be about."""
    return not says_goodbye(text) and len(telling(text)) >= FEWEST_WORDS


def self_contained(question: str) -> bool:
    """Return whether a question can be understood without what was said before it."""
    return not _REFERS.search(question) and len(telling(question)) >= SELF_CONTAINED


def without_head(text: str) -> str:
    """Return ``text`` without the greeting, “and” or “but” it begins with."""
    return _HEAD.sub("", without_greeting(text))


def masked(text: str, known: Known) -> str:
    """Return ``text`` with names, what is in the customer's record, and identifiers as slots.

    Addresses go first: once the name in one is a slot, nobody knows the rest of it for an address.
    """
    text = slot_text(text, (), _ADDRESSES)
    text = slot_text(text, personal_spans(known), PERSONAL)
    for name in addressed(text):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "{name}", text)
    return text


def telling(text: str) -> Sequence[str]:
    """Return the words of a text that have a meaning of their own."""
    plain = _SLOT.sub(" ", text.replace("’", "'"))
    for entity in reversed(entities(plain)):
        plain = f"{plain[: entity.start]} {plain[entity.end :]}"
    words = [word.lower().strip("'-") for word in _WORD.findall(plain)]
    return [word for word in words if len(word) > 1 and word not in _EMPTY and word not in FIRST_NAMES]


def _said_before(talk: Talk) -> bool:
    """Return whether the customer has said before what they come with: what they add is no question of its own."""
    earlier = (message.text for message in talk.messages[:-1] if message.role is Author.CUSTOMER)
    return any(is_question(piece) for text in earlier for piece in texts(text))


def _answered(talk: Talk) -> bool:
    """Return whether an agent has written: what the customer says from then on is mostly of the moment."""
    return any(message.role is Author.AGENT for message in talk.messages)


def _was_asked(talk: Talk) -> bool:
    """Return whether the agent or the bot had asked the customer something before they wrote."""
    for message in reversed(talk.messages):
        if message.role in {Author.AGENT, Author.BOT}:
            return message.text.rstrip().endswith("?")
    return False
