"""Sentences that the agent's first words may be completed to, and from which letter on each is worth showing.

A completion is shown where it is likelier than all else that begins like it: what stands among the suggestions, what
agents wrote in moments like this one, what they write at all, and the macros. What agents wrote seldom is shown to
nobody and still counts among all else.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from console.assist.ports import PastSentence
from console.assist.sentences import texts
from console.assist.slots import filled
from console.conversation.assistance import Suggestion

MOST: Final = 400
FEWEST_CHARACTERS: Final = 8
SHORTEST: Final = 3
"""Letters of a sentence before any completion."""

LIKELY: Final = 0.8
"""Share of all that begins alike from which a sentence is shown. What is known is never all that may
be written, so that a share of a half is right in less than half where agents write freely (bench/typeahead.py)."""

PREPARED: Final = 0.5
"""The same for macros: one of two sentences that the desk has prepared is worth showing."""

OFTEN: Final = 3
"""Conversations in which a sentence was written to be offered: what makes a past reply common usage."""

SUGGESTED: Final = 0.1
"""Weight of a suggestion that stands on the screen, for each point of its score, where all that agents write weighs 1:
whoever wants the suggestion takes it with one key, and whoever types writes their own."""

MACRO: Final = 0.01
"""Weight of all macros' sentences together: most of what agents write is no macro."""

_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Completion:
    """A sentence, and how many letters of it must stand there before it is shown."""

    text: str
    after: int


def completions_of(
    suggestions: Iterable[Suggestion],
    macro_sentences: Iterable[str],
    past: Iterable[PastSentence] = (),
    values: Mapping[str, str] | None = None,
) -> tuple[Completion, ...]:
    """Return up to :data:`MOST` sentences without doubles, the suggestions' first, then the likeliest.

    ``values`` fill the slots of ``past``. A suggestion is offered whole, and each later sentence of it by itself.
    """
    weights: dict[str, float] = defaultdict(float)
    offered: dict[str, float] = {}
    for suggestion in suggestions:
        for sentence in dict.fromkeys((suggestion.text, *texts(suggestion.text)[1:])):
            weights[sentence] += SUGGESTED * suggestion.score
            offered[sentence] = LIKELY
    on_screen = len(offered)
    macros = list(macro_sentences)
    for sentence in macros:
        weights[sentence] += MACRO / len(macros)
        offered.setdefault(sentence, PREPARED)
    for written in past:
        text = filled(written.template, values or {})
        weights[text or written.template] += written.weight
        if text and written.conversations >= OFTEN:
            offered.setdefault(text, LIKELY)
    shown_after = _Beginnings(weights).shown_after
    ordered = [*offered][:on_screen] + sorted([*offered][on_screen:], key=lambda s: -weights[s])
    usable = (s for s in ordered if len(s) >= FEWEST_CHARACTERS)
    found = (Completion(s, after) for s in usable if (after := shown_after(s, offered[s])) is not None)
    return tuple(found)[:MOST]


class _Beginnings:
    """How much of the weight of all sentences is on those that begin alike."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        plain: dict[str, float] = defaultdict(float)
        for sentence, weight in weights.items():
            plain[_plain(sentence)] += weight
        self._weights = plain
        self._sorted = sorted(plain)
        self._sums = [0.0, *accumulate(plain[sentence] for sentence in self._sorted)]

    def shown_after(self, sentence: str, share: float) -> int | None:
        """Return the letters from which ``sentence`` has that share; ``None`` where it never has."""
        plain = _plain(sentence)
        least = self._weights[plain] * (1.0 + _ROUNDING)
        # the longer the beginning, the fewer begin like it
        after = bisect_left(range(len(plain)), True, lo=SHORTEST, key=lambda n: least >= share * self._of(plain[:n]))
        return after if after < len(plain) else None

    def _of(self, beginning: str) -> float:
        start = bisect_left(self._sorted, beginning)
        end = bisect_left(self._sorted, f"{beginning}\U0010ffff")
        return self._sums[end] - self._sums[start]


def _plain(text: str) -> str:
    """Return the text as the console compares it: without case, its apostrophes alike."""
    return text.casefold().replace("’", "'")
