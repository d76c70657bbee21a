"""Which of an agent's sentences settle the matter: those that stand in a draft as examples of the outcome.

An example that anybody may say in passing (a thank-you, a question for a fact, “I'll write to you”) would win the
session for whoever says it, so of two doubts a sentence is left out.
"""

import re
from typing import Final

from console.assist.questions import asked_in
from console.conversation.deeds import claims_a_deed
from console.practice.act_signs import courtesies
from console.practice.acts import Act, ActSaid

SURE: Final = 0.5
"""How sure it has to be that something was done, where only the head says so."""

_SETTLE: Final = frozenset({Act.OFFER, Act.PROMISE, Act.DONE})
_NOT_BESIDE: Final = frozenset(
    {Act.ASK, Act.CONFIRM, Act.ASK_MORE, Act.REFUSE, Act.GOODBYE, Act.NOT_UNDERSTOOD},
)
"""What a sentence does not do that settles something: it wants something from the customer, or says no."""

_FEWEST_WORDS: Final = 4
_FEWEST_TO_DENY: Final = 6
_ON_THE_WAY: Final = re.compile(
    r"\b(?:look(?:ing)? into|check(?:ing|ed)?|one moment|a moment|bear with|have a look|read(?:ing)? through|"
    r"pull(?:ing|ed)? up|search(?:ing)? for|look up|continue|retrieved?|"
    r"(?:have|['’]ve|i) (?:now )?(?:found|located|reviewed)|"
    r"get back to you|be right back|help (?:you|me)|assist you|this will help|details will help|will assist|let me see|"
    r"give me|come back (?:to you|with)|note (?:that|it|this)|write again|"
    r"(?:i|we)(?:['’]ll| will| do| just)? need|once (?:i|you|we)(?: have|['’]ve)? \w+|"
    r"please (?:provide|confirm|tell|send)|"
    r"anything else|(?:other|more|further) questions?|hesitate|feel free|further assistance|you would need|"
    r"(?:transfer|transferring) you to|the transfer|(?:i|we) (?:would )?recommend|"
    r"polic(?:y|ies) (?:says?|states?)|(?:i|we)(?:['’]ve| have)?(?: also)? ask(?:ed)? (?:why|whether|if)|"
    r"let me ask|(?:i|we) (?:won['’]t|will not|shan['’]t))\b",
    re.IGNORECASE,
)
"""What is said on the way to something: looking it up, waiting, wanting a fact, passing it on; or is not done."""
_KEEPS_IN_TOUCH: Final = re.compile(
    r"\b(?:let (?:me|you) know|(?:reply|write|tell me) here|you(?:['’]ll| will) hear|"
    r"(?:i|we)(?:['’]ll| will)(?: \w+){0,5}? (?:look|write|chase|check|update you|tell you|keep you|see)|"
    r"(?:and|,) (?:look|write to you|chase))\b",
    re.IGNORECASE,
)
"""That somebody will write or look again: true of every case, and the outcome of none."""
_HAPPENED: Final = re.compile(r"\b(?:\w{2,}ed|done|sent|put|set|taken|made|paid|gone|given|written|begun|told)\b", re.I)
_STANDS: Final = re.compile(r"^\W*you(?:['’]re| are)\b", re.IGNORECASE)
"""How somebody stands: “You are confirmed as a member.”"""
_SAYS_NOTHING: Final = re.compile(r"^(?:do|try|have) (?:that|this|it|so)$", re.IGNORECASE)
_GOES_AHEAD: Final = re.compile(
    r"\b(?:proceed|go ahead) with (?!(?:this|that|it|the following)\b)\w+|"
    r"^\W*(?:shall|should) (?:i|we) (?!do (?:that|this|it|so)\b)\w+ \w+",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(r"(?:^|[,;] )(?:and |so )?(?:what|which|whom?|where|when|how)\b", re.IGNORECASE)
"""How a question begins that yes or no is no answer to."""


_SUCCEEDED: Final = re.compile(r"\b(?:has|have|is|are) (?:now )?(?:been )?(?:now )?successfully \w+ed\b", re.IGNORECASE)


def settles(said: ActSaid) -> bool:
    """Return whether a sentence offers, promises or reports a deed that settles what the customer came for."""
    text = said.sentence.strip()
    if not _does_something(said) or len(text.split()) < _FEWEST_WORDS or text.startswith("- ") or text.endswith(":"):
        return False
    if _ON_THE_WAY.search(text) or _KEEPS_IN_TOUCH.search(text):
        return False
    return asks_leave(text) if text.endswith("?") else True


def _does_something(said: ActSaid) -> bool:
    """Return whether the main thing that a sentence does is an offer, a promise or a deed."""
    if said.acts & _NOT_BESIDE:
        return False
    if said.main not in _SETTLE:
        return said.main is Act.EXPLAIN and bool(_SUCCEEDED.search(said.sentence))
    if said.main is Act.DONE and not claims_a_deed(said.sentence):
        text = said.sentence
        other = courtesies(text) or _STANDS.search(text)  # “Thank you for providing …” has done nothing
        return said.certainty >= SURE and not other and bool(_HAPPENED.search(text))
    return True


def asks_leave(question: str) -> bool:
    """Return whether a question asks leave for something that the agent would do, and names it."""
    action = "" if _OPEN.search(question) else asked_in(question).action
    return bool(action and not _SAYS_NOTHING.match(action)) or bool(_GOES_AHEAD.search(question))


def denies(said: ActSaid) -> bool:
    """Return whether a sentence says that what the customer came for cannot be, and not that a fact is wanting."""
    text = said.sentence.strip()
    long = len(text.split()) >= _FEWEST_TO_DENY
    return said.main is Act.REFUSE and long and not text.endswith("?") and not _ON_THE_WAY.search(text)
