"""Ghost text: how the sentence being written may go on. Pure, and fast enough for every key."""

import re
from collections.abc import Iterable
from itertools import chain, repeat
from typing import Final

SHORTEST: Final = 3
"""Characters of a sentence before a completion is offered."""


def started(text: str) -> str:
    """Return the sentence that ``text`` ends in, without leading blanks."""
    line = text.rsplit("\n", 1)[-1]
    return re.split(r"(?<=[.!?…])\s+", line)[-1].lstrip()


def completion(text: str, sentences: Iterable[str], after: Iterable[int] = (), shortest: int = SHORTEST) -> str:
    """Return what to append to ``text``: the rest of the best sentence that begins like its last one, or nothing.

    Case is ignored; a sentence already complete gives nothing. ``sentences`` come best first; nothing is offered before
    ``shortest`` characters stand, and ``after`` says for each how many it takes until it is likely enough to be shown.
    """
    beginning = _plain(started(text))
    if len(beginning) < shortest:
        return ""
    for sentence, least in zip(sentences, chain(after, repeat(shortest)), strict=False):
        if least <= len(beginning) < len(sentence) and _plain(sentence[: len(beginning)]) == beginning:
            return sentence[len(beginning) :]
    return ""


def _plain(text: str) -> str:
    """Return the text without case, its apostrophes alike."""
    return text.casefold().replace("’", "'")
