"""Whether a sentence names what it would offer: words of the matter, and no sum that nobody knows of. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind

STEM: Final = 5
"""Letters of a word by which it is known again in another form."""

_WORD: Final = re.compile(r"[a-z]{3,}")
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LIGHT: Final = frozenset(
    _WORD.findall(
        "about after again all and any are back been before but can come comes could did does done first for free "
        "from get gets give going goes had has have help her here him his into its just keep leave let like made make "
        "may more much must need not now off once one only our out over please put ready right same send shall she "
        "should some soon sorry take than thank that the their them then there they this today two very want was way "
        "week were what when which who will with would you your yours"
    )
)
"""Words that go with any matter."""


def matter_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of some texts that tell what they are about, each by its beginning."""
    return frozenset(word[:STEM] for text in texts for word in _WORD.findall(text.lower()) if word not in _LIGHT)


def sums(text: str) -> frozenset[float]:
    """Return the sums of money in a text."""
    amounts = (entity.text for entity in entities(text) if entity.kind is Kind.AMOUNT)
    return frozenset(float(figure.replace(",", "")) for amount in amounts for figure in _FIGURE.findall(amount))
