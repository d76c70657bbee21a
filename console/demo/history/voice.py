"""How people type: customers in a hurry, agents who change a word."""

import random
import re
from typing import Final

from rapidfuzz.distance import Levenshtein

from console.desk.decisions import OWN_WORDS

_SHORT: Final = (("please", "pls"), ("you ", "u "), ("because", "cos"), ("tomorrow", "tmrw"), ("thanks", "thx"))
_HELLO: Final = ("Hi, ", "Hello, ", "hi ", "Hiya, ", "Good morning, ", "hey ")
_WORD: Final = re.compile(r"[a-z]{5,}")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_SPAN: Final = re.compile(r"\b(\d{1,2}|two|three|four|five)(?= (?:working )?(?:days|weeks|hours)\b)")
_SURE: Final = re.compile(r"\b(at once|right away|always|in full|today)(?=[ ,.])")
_LONGER: Final = {"two": "three", "three": "four", "four": "five", "five": "seven"}
_LESS: Final = {
    "at once": "as soon as we can",
    "right away": "as soon as we can",
    "always": "usually",
    "in full": "as far as the terms allow",
    "today": "today if possible",
}

_CORRECTS, _SOFTENS = 0.3, 0.5
"""Shares of edits in which a time that is told is put right, and a promise is made less sure, where there is one."""

_LOWER, _UNPUNCTUATED, _GREETS, _SHORTENS, _SLIPS = 0.35, 0.3, 0.25, 0.15, 0.12
"""Shares of messages in which customers write so."""


def typed(text: str, rng: random.Random, *, greets: bool = False) -> str:
    """Return a customer's words as this one types them; what stands in braces or has figures stays as it is."""
    if greets and rng.random() < _GREETS and not text.lower().startswith(("hi", "hello", "hey", "good")):
        text = rng.choice(_HELLO) + text[:1].lower() + text[1:]
    if rng.random() < _LOWER and not text.isupper():
        text = text[:1].lower() + text[1:]
    if rng.random() < _UNPUNCTUATED:
        text = text.rstrip(".!")
    if rng.random() < _SHORTENS:
        long, short = rng.choice(_SHORT)
        text = text.replace(long, short)
    return _slipped(text, rng) if rng.random() < _SLIPS else text


def _slipped(text: str, rng: random.Random) -> str:
    """Return a text in which two letters of a longer word changed places."""
    words = [found for found in _WORD.finditer(text) if "{" not in text[max(0, found.start() - 20) : found.start()]]
    if not words:
        return text
    found = rng.choice(words)
    at = found.start() + rng.randrange(1, len(found.group()) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def edited(text: str, first_name: str, extra: str, rng: random.Random) -> str:
    """Return a suggestion as an agent sends it after a change or two; still plainly the same text."""
    own = random.Random(f"{text}\n{first_name}")  # noqa: S311 - history
    corrected = _corrected(text, own)
    alone = corrected != text and own.random() < 0.6  # noqa: PLR2004 - mostly nothing but that
    sentences = _SENTENCE.split(corrected)
    if len(sentences) > 2 and rng.random() < 0.3:  # noqa: PLR2004 - shortens where there is something to shorten
        sentences = sentences[:-1]
    if rng.random() < 0.45 and first_name and first_name not in text and not alone:  # noqa: PLR2004 - nearly half greet by name
        sentences[0] = f"Hi {first_name}, {sentences[0][:1].lower()}{sentences[0][1:]}".replace(", i'", ", I'")
    if (rng.random() < 0.5 and not alone) or " ".join(sentences) == text:  # noqa: PLR2004 - every second adds a line
        sentences.append(extra)
    changed = " ".join(sentences)
    alike = Levenshtein.normalized_similarity(text, changed) >= OWN_WORDS
    return changed if alike and changed != text else f"{text} {extra}"


def _corrected(text: str, rng: random.Random) -> str:
    """Return a suggestion with what an agent knows better, and promises less surely; mostly as it is."""
    if rng.random() < _CORRECTS:
        text = _SPAN.sub(lambda found: _LONGER.get(found[1]) or str(int(found[1]) + 1), text, count=1)
    if rng.random() < _SOFTENS:
        text = _SURE.sub(lambda found: _LESS[found[1].lower()], text, count=1)
    return text
