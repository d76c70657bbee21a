"""What a company asks for itself: that something like its examples is said, or words of its pattern."""

from typing import Final

from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, met, quote, untold
from console.assist.quality.tools import Tools, nearest
from console.content.rubrics import Criterion

NEARLY: Final = 0.12
"""How much less alike than asked for a sentence may be, and it cannot be told whether it says the same."""


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at every sentence of people of the desk."""
    said = list(case.sentences())
    for _, message, sentence in said:
        if criterion.pattern is not None and criterion.pattern.search(sentence):
            return met("said", quote(message, sentence))
    place, cosine = nearest(tools, [sentence for _, _, sentence in said], criterion.examples)
    if place >= 0 and cosine >= criterion.threshold:
        return met("said much as in an example", quote(said[place][1], said[place][2]))
    if place >= 0 and cosine >= criterion.threshold - NEARLY:
        return untold("something like it is said", quote(said[place][1], said[place][2]))
    return failed(f"not found in {len(case.agents)} message{'s' * (len(case.agents) > 1)}")
