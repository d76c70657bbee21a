"""How a customer writes what is worded for any: in capitals, or without any, as they write themselves. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from console.practice.scenario import Scenario

MOST: Final = 0.8
"""Share of a customer's own lines that begin small from which on they write all so."""

_BEGINNING: Final = re.compile(r"(?:^|(?<=[.!?…] ))(?!I\b)[A-Z](?=[a-z])")
_FIRST: Final = re.compile(r"^\W*(?!I\b)[A-Za-z][a-z]")


def in_their_hand(text: str, scenario: Scenario) -> str:
    """Return words of feeling or form as the customer of a scenario writes."""
    own = _own(scenario)
    letters = "".join(filter(str.isalpha, "".join(own)))
    if letters and letters.upper() == letters:
        return text.upper()
    if _small(own):
        return _BEGINNING.sub(lambda match: match.group().lower(), text)
    return text


def _small(own: Sequence[str]) -> bool:
    begins = [match.group().strip() for text in own if (match := _FIRST.match(text))]
    return bool(begins) and sum(begun.islower() for begun in begins) >= MOST * len(begins)


def _own(scenario: Scenario) -> tuple[str, ...]:
    """Return what the customer says of the matter, in the author's words."""
    told = [text for fact in scenario.facts for text in fact.says]
    return (*scenario.begins, *scenario.wants, *told)
