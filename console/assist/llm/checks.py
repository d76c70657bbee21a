"""What keeps a model's text from an agent's eyes, whatever it was asked for."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from console.assist.flags.rules import steers
from console.assist.guard import unfilled
from console.assist.llm.links import foreign_link
from console.assist.redaction import Redaction
from console.conversation.assistance import Flag, Severity
from console.text import clean

MOST_CHARACTERS: Final = 4_000
"""Characters of a model's text that are kept; a longer one is no reply."""

_LABEL: Final = re.compile(
    r"\A(?:here (?:is|'s) [^\n:]{0,60}|(?:suggested |draft |rewritten )?(?:reply|draft|text|answer)):\s+", re.I
)
_FENCE: Final = re.compile(r"\A```[a-z]{0,10}(?:\n|\Z)|\n?```\Z")
_THINKING: Final = re.compile(r"\A<think>(?>(?:[^<]|<(?!/think>))*)(?:</think>|\Z)", re.IGNORECASE)
"""What some models tell themselves before they answer, as far as it has come."""

_QUOTES: Final = {'"': '"', "“": "”"}

Check = Callable[[str], Sequence[Flag]]
"""Returns the flags of a text as if the agent were to send it."""


class Dropped(Exception):
    """The text is not shown; the message says why, in words for the agent, after “No draft: ”."""


def tidy(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return a model's text cleaned, cut at ``most``, and without the frame that models like to put around it."""
    result = clean(_THINKING.sub("", text.lstrip()), most)
    result = _LABEL.sub("", _FENCE.sub("", result).strip()).strip()
    if len(result) > 1 and _QUOTES.get(result[0]) == result[-1] and result.count(result[-1]) <= 2:  # noqa: PLR2004
        result = result[1:-1].strip()
    return result


def whole_words(text: str) -> str:
    """Return of a text that is being written what is whole: no half word, no half placeholder."""
    end = max(text.rfind(" "), text.rfind("\n"))
    cut = text[: max(0, end)]
    opened = cut.rfind("[")
    return cut[:opened] if opened > cut.rfind("]") else cut


def require_fit(text: str, redaction: Redaction, published: Iterable[str], check: Check) -> tuple[Flag, ...]:
    """Return the flags that the agent should see with a restored ``text``; raises :class:`Dropped` for what bars it."""
    if not text:
        raise Dropped("the model wrote nothing.")
    if redaction.unknown(text) or unfilled(text):
        raise Dropped("the model left something to fill in.")
    if steers(text):
        raise Dropped("what the model wrote tries to give instructions to the software.")
    if foreign_link(text, published):
        raise Dropped("the model wrote a link that stands in no article or macro.")
    flags = tuple(check(text))
    blocking = next((flag for flag in flags if flag.severity is Severity.BLOCK), None)
    if blocking is not None:
        raise Dropped(f"what the model wrote must not go out ({blocking.title or blocking.policy}).")
    return flags
