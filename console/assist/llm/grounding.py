"""Which sentences of a model's text a source says, though in other words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from console.assist.llm.figures import known_figures, unknown_figure
from console.assist.recognise.words import words_of
from console.assist.replies.support import SAID, is_social
from console.assist.sentences import sentences, texts

CITED: Final = 0.5
"""Share of a sentence's telling words that the source it cites must hold."""

UNCITED: Final = 0.7
"""The same for a source that it does not cite."""

OF_THE_SAME: Final = 0.5
"""Share of a sentence's telling words from which another sentence is about the same."""

MARK: Final = re.compile(r"\s{0,3}\[(S\d{1,2}(?:, ?S?\d{1,2}){0,5})\]", re.IGNORECASE)
"""How a model cites a source: [S1], or [S1, S2]."""

_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_STEM: Final = 5
"""Letters of a word that are compared: delivered and delivery are one."""

_EMPTY: Final = words_of(
    """
    about after also been before could does from have here into just like more most much once only other over please
    shall should some such sure than that their them then there these they this those very well were what when where
    which while will with would your yours
    """
)
_FEELING: Final = re.compile(
    r"\A(?:(?:I|we)(?:['’]m| am|['’]re| are)? )?(?:so |very |really |truly |do |completely )?"
    r"(?:sorry|apologi[sz]e|understand|appreciate|thank you|thanks)\b"
    r"(?![^\n]*\b(?:will|can|shall|have|has|had|refund|replace|credit|free|owe|entitled|compensat)\w*)",
    re.IGNORECASE,
)
"""The beginning of an acknowledgement that goes on to claim or promise nothing."""

_NOT: Final = re.compile(r"\b(?:not|no|never|cannot|without|unable|nor)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grounded:
    """A text without its marks, the places of the passages that say something in it, the sentences that none says."""

    text: str
    used: tuple[int, ...]
    unsupported: tuple[str, ...]


def grounded(marked: str, passages: Sequence[str], known: Sequence[str]) -> Grounded:
    """Return a marked text as the passages, which its marks count from 1, bear it out.

    ``known`` are other texts whose figures may be used, such as the conversation's. A courtesy or a question claims
    nothing, and needs no source, but its figures must be known too. A sentence that denies what its source affirms, or
    the other way round, is not said by it.
    """
    text, marks = _without_marks(marked)
    figures = known_figures((*known, *passages))
    used: dict[int, None] = {}
    unsupported: list[str] = []
    for sentence in sentences(text):
        cited = {number for place, number in marks if sentence.start < place <= sentence.end}
        if unknown_figure(sentence.text, figures):
            unsupported.append(sentence.text)
            continue
        order = sorted(range(len(passages)), key=lambda number: number not in cited)
        saying = next((n for n in order if says(passages[n], sentence.text, cited=n in cited)), None)
        if saying is not None:
            used[saying] = None
        elif not claims_nothing(sentence.text):
            unsupported.append(sentence.text)
    return Grounded(text, tuple(used), tuple(unsupported))


def says(passage: str, sentence: str, *, cited: bool = False) -> bool:
    """Return whether a passage says a sentence: in its words, or in enough of them, and with the same yes or no."""
    if sentence in passage:
        return True
    if any(_denies(piece, sentence) for piece in texts(passage)):
        return False
    if _telling(sentence) and share_of_words(sentence, passage) >= (CITED if cited else UNCITED):
        return True
    return fuzz.partial_ratio(sentence.lower(), passage.lower()) >= SAID


def claims_nothing(sentence: str) -> bool:
    """Return whether a sentence is a courtesy, an acknowledgement or a question."""
    return is_social(sentence) or _FEELING.match(sentence) is not None or sentence.rstrip("\"'”)").endswith("?")


def share_of_words(sentence: str, passage: str) -> float:
    """Return the share of a sentence's telling words that stand in a passage; 1 where it has none."""
    telling = _telling(sentence)
    return len(telling & _telling(passage)) / len(telling) if telling else 1.0


def without_marks(text: str) -> str:
    """Return a text without its marks."""
    return MARK.sub("", text)


def _denies(piece: str, sentence: str) -> bool:
    """Return whether a sentence of a source says no where ``sentence`` says yes of the same, or the other way round."""
    return bool(_NOT.search(piece)) != bool(_NOT.search(sentence)) and share_of_words(sentence, piece) >= OF_THE_SAME


def _telling(text: str) -> frozenset[str]:
    words = (match.group().lower() for match in _WORD.finditer(text))
    return frozenset(word[:_STEM] for word in words if word not in _EMPTY)


def _without_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without marks, and for each the place in it where it stood with the number of the source."""
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    before, length = 0, 0
    for match in MARK.finditer(marked):
        pieces.append(marked[before : match.start()])
        length += match.start() - before
        before = match.end()
        marks += [(length, int(number) - 1) for number in _NUMBER.findall(match.group())]
    return "".join([*pieces, marked[before:]]), marks
