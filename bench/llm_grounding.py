"""How well the check of sentences tells what a source says from what it does not, on the demo company's articles.

There are no labelled drafts: sentences of articles are altered as a careless model would alter them, and reworded
without changing what they say (small words left out, halves changed about where no figure stands between them).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import console.demo
from bench.figures import Figure
from console.assist.llm.grounding import grounded
from console.assist.recognise.words import words_of
from console.assist.sentences import texts

ARTICLES: Final = Path(console.demo.__path__[0]) / "content" / "articles"
PASSAGE: Final = 5
"""Sentences of a passage, about what a look-up finds."""

FAR: Final = 40
"""Passages between one and the strange one: some articles further on."""

FEWEST_WORDS: Final = 7
_DIGITS: Final = re.compile(r"\d+")
_VERB: Final = re.compile(r"\b(is|are|can|will|must|may|do|does)\b(?! not)")
_SMALL: Final = words_of("the a an that which you your we our it its this then also and or of in on at for")
_NO: Final = re.compile(r"\b(?:not|no|never|cannot|without)\b|n['’]t\b", re.IGNORECASE)


def figures() -> Iterator[Figure]:
    """Yield the share of altered sentences that are found unsupported, and of reworded ones that are not."""
    passages = list(_passages())
    found: dict[str, list[bool]] = {}
    for place, passage in enumerate(passages):
        beside = passages[place - FAR]
        for sentence in passage:
            for name, altered in _altered(sentence, beside):
                supported = not grounded(f"{altered} [S1]", [" ".join(passage)], []).unsupported
                found.setdefault(name, []).append(supported == name.startswith("reworded"))
    for name, right in sorted(found.items()):
        yield Figure(f"sentences judged rightly: {name} ({len(right)})", sum(right) / len(right))


def _passages() -> Iterator[Sequence[str]]:
    for file in sorted(ARTICLES.rglob("*.md")):
        body = file.read_text(encoding="utf-8").rpartition("---\n")[2]
        pieces = [p for p in texts(body) if not p.startswith(("#", "|", "-", ">")) and p[-1] in ".!"]
        for start in range(0, len(pieces), PASSAGE):
            yield pieces[start : start + PASSAGE]


def _altered(sentence: str, beside: Sequence[str]) -> Iterator[tuple[str, str]]:
    words = sentence.rstrip(".!").split()
    if len(words) < FEWEST_WORDS:
        return
    number = _DIGITS.search(sentence)
    if number:
        other = f"{sentence[: number.start()]}{int(number.group()) + 3}{sentence[number.end() :]}"
        yield "a figure altered", other
    if _VERB.search(sentence) and not _NO.search(sentence):
        yield "a no put in", _VERB.sub(r"\1 not", sentence, count=1)
    strange = next((s for s in beside if len(s.split()) >= FEWEST_WORDS), "")
    if strange:
        yield "of another article", strange
    half = len(words) // 2
    if not any(_DIGITS.search(word) for word in words[half - 2 : half + 2]):
        yield "reworded, its halves changed about", " ".join([*words[half:], *words[:half]]) + "."
    small = [word for word in words if word.lower() in _SMALL]
    if small:
        yield "reworded, small words left out", " ".join(w for w in words if w not in small) + "."
