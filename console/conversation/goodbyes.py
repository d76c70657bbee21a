"""Whether a customer takes their leave: what was said is answered then. Read, not compared."""

import re
from collections.abc import Sequence
from typing import Final

from console.conversation.message import Author, Message

LONGEST_GOODBYE: Final = 40
"""Words up to which thanks can be all that a message says."""

_THANKS: Final = re.compile(
    r"\b(?:thanks?|thank you|thx|cheers|ta|much obliged|bye|goodbye|take care|appreciate[ds]?|grateful|"
    r"that(?:['’]?s| is) (?:all|everything|it)|all (?:good|sorted|done|set)|(?:very|really|so) (?:kind|helpful)|"
    r"(?:a|my) (?:star|hero|legend|lifesaver)|brilliant|perfect|lovely|wonderful|great stuff|fair enough|"
    r"(?:been|were|was|are) (?:a |of )?(?:great|good|helpful|lovely|kind|brilliant|alright|all right|more help)|"
    r"have a (?:good|nice|great|lovely))\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\?|\b(?:can|could|would|will) (?:you|i|we)\b|\bplease (?!and thank)|\bi (?:still )?(?:need|want)\b|"
    r"\b(?:what|when|how|where|why|which|who) (?:about|do|does|did|is|are|will|can|should|if|happens|much|long)\b|"
    r"\bbut\b(?!.*\b(?:thank|better)).*\b(?:not|still|never|n['’]t)\b",
    re.IGNORECASE,
)


_TURNS_DOWN: Final = re.compile(
    r"^no,? (?:thanks|thank you|ta)\b[\s,.!;–-]{1,3}(?=(?:i|we|it|that|there|this|they|not|the|my)\b)"
    r"(?!(?:i['’]?m|i am|we['’]?re|we are) (?:good|fine|ok|okay|all|done|set)\b|that['’]?s (?:all|it|everything)\b|"
    r"that (?:is|was|will be) (?:all|it|everything)\b|i (?:think|guess)\b|i have (?:all|everything)\b)",
    re.IGNORECASE,
)
"""How somebody turns an offer down and says why."""

_GIVES_UP: Final = re.compile(
    r"\b(?:thank(?:s| you) for nothing|i give up|giving up|(?<!n['’]t )(?<!never )forget it|waste of (?:my )?time|"
    r"i['’]ve had enough|no point|take (?:this|it|my (?:business|custom)) elsewhere|done with (?:this|you)|"
    r"isn['’]?t going anywhere|never (?:again|(?:order|buy|shop)\w*)|last time i|"
    r"(?:this|that|you|you lot)(?:['’]s|['’]re| is| are) (?:all )?(?:useless|hopeless))\b",
    re.IGNORECASE,
)
"""How somebody goes for whom nothing was settled."""


def says_goodbye(text: str) -> bool:
    """Return whether the customer thanks or takes their leave, and asks for nothing more."""
    if len(text.split()) > LONGEST_GOODBYE or _ASKS.search(text):
        return False
    return bool(_THANKS.search(_TURNS_DOWN.sub("", text)))


def gives_up(text: str) -> bool:
    """Return whether the customer leaves because nothing came of it; they may say “bye” or “thanks for nothing” too."""
    return _GIVES_UP.search(text) is not None


def owed(messages: Sequence[Message]) -> Message | None:
    """Return the customer's newest message that waits for a person's answer; ``None`` where none does.

    Who takes their leave waits for nothing but what they asked right before.
    """
    since: list[Message] = []
    for message in reversed(messages):
        if message.role is Author.AGENT:
            break
        if message.role is Author.CUSTOMER:
            since.append(message)
    if since and says_goodbye(since[0].text):
        return next((message for message in since[1:] if message.text.rstrip().endswith("?")), None)
    return since[0] if since else None
