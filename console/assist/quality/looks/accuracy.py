"""Do sources say what was stated? Statements with figures in them, held against articles, look-ups and citations.

What no source says is not wrong for that: it cannot be told. Wrong is what a source says otherwise: nearly the same
words, and other figures.
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, idle, met, partly, quote, untold
from console.assist.quality.tools import Tools
from console.assist.recognise.entities import canonical, entities
from console.assist.replies.support import is_social, support_of
from console.assist.sentences import texts
from console.assist.vectors import likeness
from console.content.rubrics import Criterion
from console.conversation.assistance import Citation, SourceType, Support
from console.conversation.message import Author, Message

MOST: Final = 6
"""Statements of a conversation that are looked at, the first."""

SAME: Final = 0.72
"""Cosine from which a source's sentence is about the same thing as a statement …"""

SAYS: Final = 0.6
"""… and from which, all figures being the same, it says it."""

_FIGURE: Final = re.compile(
    r"(?P<sign>[£$€]) ?(?P<sum>\d[\d,.]*)|(?P<number>\b\d+(?:[.,]\d+)?|\b(?:one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|fourteen|twenty|thirty|sixty|ninety)\b) ?(?:to |-|–)?(?P<unit>%|(?:working |business |calendar )?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?)|per ?cent|kg|cm|km)\b",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    word: str(number)
    for word, number in zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "twelve",
            "fourteen",
            "twenty",
            "thirty",
            "sixty",
            "ninety",
        ],
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 20, 30, 60, 90),
        strict=True,
    )
}


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at statements that have a figure in them: those can be checked."""
    del criterion
    stated = [(p, m, s) for p, m, s in case.sentences() if figures(s) and not s.endswith("?") and not is_social(s)]
    if not stated:
        return idle("nothing was stated that has a figure in it")
    verdicts = [(_held(case, tools, p, m, s), quote(m, s)) for p, m, s in stated[:MOST]]
    said, against, unknown = ([words for held, words in verdicts if held is kind] for kind in (True, False, None))
    if against:
        return failed("a source gives another figure", *against)
    if not said:
        return untold("no source says it, nor the contrary", *unknown)
    if unknown:
        return partly(f"sources say {len(said)} of {len(said) + len(unknown)} statements", *unknown)
    return met("sources say it", *said)


def figures(text: str) -> frozenset[tuple[str, str]]:
    """Return the sums and measures in a text, each as its unit and its number."""
    return frozenset(_figures(text))


def _figures(text: str) -> Iterator[tuple[str, str]]:
    for match in _FIGURE.finditer(text):
        if match["sum"]:
            yield "money", match["sum"].replace(",", "").rstrip(".").removesuffix(".00")
        else:
            unit = re.sub(r"^(?:working|business|calendar) ", "", match["unit"].lower()).rstrip("s")
            yield unit, _NUMBERS.get(match["number"].lower(), match["number"])


def _held(case: Case, tools: Tools, place: int, message: Message, sentence: str) -> bool | None:
    """Return whether a source says a sentence; ``False`` where one says another figure, ``None`` where none does."""
    cited = case.cited.get(message.id, ())
    earlier = [m for m in case.messages[:place] if m.role in {Author.CUSTOMER, Author.SYSTEM, Author.BOT}]
    known = " ".join(m.text for m in earlier if m.role is not Author.BOT)
    own = figures(sentence)
    if cited and support_of(sentence, cited, known) is Support.FULL:
        return True
    if own <= figures(known) and all(canonical(e) in _plain(known) for e in entities(sentence)):
        return True  # the customer's own figures, or a look-up's
    hits = tools.articles(case.messages[: place + 1] if not earlier else (*earlier[-3:],)) if earlier else ()
    sources = [*cited, *(Citation(SourceType.ARTICLE, hit.document, hit.passage) for hit in hits)]
    pieces = [piece for source in sources for piece in texts(source.passage) if figures(piece)]
    if not pieces:
        return None
    near = likeness(tools.encode([sentence]), tools.encode(pieces))[0]
    alike = [(float(near[n]), figures(pieces[n])) for n in np.argsort(-near)]
    if any(cosine >= SAYS and own <= theirs for cosine, theirs in alike):
        return True
    units = {unit for unit, _ in own}
    other = [theirs for cosine, theirs in alike if cosine >= SAME and units & {unit for unit, _ in theirs}]
    return False if other and not any(own & theirs for theirs in other) else None


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
