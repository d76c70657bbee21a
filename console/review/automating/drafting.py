"""A behaviour drafted for a matter: what customers wrote as its examples, the bot's layer, and when people take over.

Only words stand in it that several customers used or that are published; a question with a personal detail is no
example. Nothing is published of it before a person has read it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.ports import Vectors
from console.assist.recognise.words import words_of
from console.conversation.automation import Matter
from console.past.anonymity import CommonWords
from console.text import clean_line

EXAMPLES: Final = 20
FEWEST: Final = 3
LONGEST: Final = 160
"""Characters of an example: longer ones tell a story."""

ALIKE: Final = 0.95
"""Cosine from which a question says nothing that another example does not."""

_WORD: Final = re.compile(r"[a-z0-9]+")
_SMALL: Final = words_of(
    """
    a an and are at be but by can could do does for from had has have how i if in is it me my of on or so that the there
    this to was what when where which why will with would you your please hi hello
    """
)
_NAMED: Final = 4
_BLOCK: Final = 1024

THRESHOLDS: Final = tuple(round(0.5 + 0.02 * step, 2) for step in range(21))
"""Cosines that a draft's threshold is taken from."""

RIGHT: Final = 0.9
"""Share of the questions that come under a draft's examples that are to be of its matter."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """A draft, and the places of the questions that stand in it."""

    intent: str
    text: str
    places: tuple[int, ...]


def draft_of(
    matter: Matter,
    places: Sequence[int],
    texts: Sequence[str],
    vectors: Vectors,
    common: CommonWords,
    taken: Iterable[str],
    members: Sequence[int] | None = None,
) -> Drafting | None:
    """Return a draft; ``None`` where too few of the questions can stand in it. ``taken`` are intents that there are.

    ``places`` are those of the matter's routine conversations among ``texts`` and ``vectors``, ``members`` of all its
    conversations: from how near its questions are to the examples, and those of others, the threshold is taken.
    """
    chosen = list(_examples(places, texts, vectors, common))[:EXAMPLES]
    if len(chosen) < FEWEST:
        return None
    intent = _intent(texts[chosen[0]], set(taken))
    threshold = _threshold(vectors, chosen, members if members is not None else places)
    text = _toml(matter, intent, [texts[place] for place in chosen], threshold)
    return Drafting(intent, text, tuple(chosen))


def _examples(places: Sequence[int], texts: Sequence[str], vectors: Vectors, common: CommonWords) -> Iterator[int]:
    """Yield the places of questions that may stand there, from the middle of the matter outwards, none twice."""
    may = [p for p in places if len(texts[p]) <= LONGEST and "{" not in texts[p] and common.allow(texts[p])]
    if not may:
        return
    rows = vectors[may]
    near = rows @ rows.sum(axis=0)
    kept: list[int] = []
    for at in sorted(range(len(may)), key=lambda at: (-float(near[at]), at)):
        if not kept or float((rows[kept] @ rows[at]).max()) < ALIKE:
            kept.append(at)
            yield may[at]


def _threshold(vectors: Vectors, examples: Sequence[int], members: Sequence[int]) -> float:
    """Return the lowest cosine from which nine of ten questions that come so near to an example are the matter's own.

    Where none is, the one from which most are. The examples themselves do not count.
    """
    near = np.concatenate(
        [(vectors[at : at + _BLOCK] @ vectors[list(examples)].T).max(axis=1) for at in range(0, len(vectors), _BLOCK)]
    )
    own = np.zeros(len(vectors), dtype=np.bool_)
    own[list(members)] = True
    fresh = np.ones(len(vectors), dtype=np.bool_)
    fresh[list(examples)] = False
    best, most = THRESHOLDS[0], -1.0
    for threshold in THRESHOLDS:
        taken = fresh & (near >= threshold)
        right = float((taken & own).sum()) / max(1, int(taken.sum()))
        if right > most:
            best, most = threshold, right
        if right >= RIGHT:
            return threshold
    return best


def _intent(question: str, taken: set[str]) -> str:
    """Return a name for the file that is free: the first telling words."""
    words = [word for word in _WORD.findall(question.lower()) if word not in _SMALL and not word.isdigit()]
    name = "-".join(words[:_NAMED])[:40].strip("-") or "matter"
    free = name
    number = 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def _toml(matter: Matter, intent: str, examples: Sequence[str], threshold: float) -> str:
    sources = [answer.source for answer in matter.answers]
    articles = [source.partition(":")[2] for source in sources if source.startswith("article:")]
    others = [source for source in sources if not source.startswith("article:")]
    answered = ", ".join(f"{one.source} ({one.conversations})" for one in matter.answers) or "nothing that is kept"
    lines = [
        f"# Drafted from {matter.conversations} conversations, {matter.weekly:.1f} a week. "
        f"Routine: {matter.routine.words}.",
        f"# Agents answered from: {_comment(answered)}.",
    ]
    if not articles:
        lines += [
            "# The bot answers from articles and tools alone. Write an article of what agents answered, and name it in",
            f"# 'articles'; until then it hands over. {_comment('They took: ' + others[0]) if others else ''}".rstrip(),
        ]
    lines += [
        f"title = {_string(_title(intent))}",
        'layer = "autonomous"',
        "tier = 1",
        'stakes = "low"',
        'say = "A colleague can help with this better than I can, so I am bringing one in."',
        f"articles = [{', '.join(map(_string, articles[:3]))}]",
        "",
        "[triggers]",
        "examples = [",
        *(f"    {_string(text)}," for text in examples),
        "]",
        f"threshold = {threshold:.2f}",
        "",
    ]
    for when, more in (("asked-for-person", ""), ("mood", ""), ("unresolved", "after = 1\n"), ("low-confidence", "")):
        lines += ["[[handover]]", f'when = "{when}"', *([more.strip()] if more else []), ""]
    return "\n".join(lines)


def _title(intent: str) -> str:
    return intent.replace("-", " ").capitalize()


def _string(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are among those of TOML."""
    return json.dumps(clean_line(text), ensure_ascii=False).replace("\x7f", "")


def _comment(text: str) -> str:
    return clean_line(text)
