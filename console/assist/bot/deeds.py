"""Whether the customer asks for something to be done, rather than how it is done or what holds."""

import re
from typing import Final

from console.assist.greetings import without_greeting

_ASKS_FOR: Final = re.compile(
    r"\b(?:please|pls|plz|(?:can|could|would|will) you|(?:can|could|may) (?:i|we)|i(?:['’]d| would) (?:like|love)|"
    r"(?:i|we) (?:need|want|have to|must)|(?:need|want) (?:a|an|my|the|to|it|another|new)|let me|send|"
    r"e-?mail me|resend|cancel|move|rebook|reschedule|change|postpone|forgot(?:ten)?|lost|copy)\b",
    re.IGNORECASE,
)
_ASKS_TO_KNOW: Final = re.compile(
    r"^\W*(?:so |and |also |but |ok(?:ay)? )?(?:how|what|what['’]?s|where|when|until when|why|which|who|is|are|do|"
    r"does|did|can i (?:use|still)|am i|steps?)\b",
    re.IGNORECASE,
)


def asks_for_deed(text: str) -> bool:
    """Return whether a message asks for a deed; one that begins as a question for how, what or whether does not."""
    said = without_greeting(text)
    return _ASKS_FOR.search(said) is not None and not _ASKS_TO_KNOW.match(said)
