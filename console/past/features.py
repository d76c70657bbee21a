"""What the head reads of a moment beside its vectors: the words of it, and what agents said before, as numbers.

Words and wordings are only told apart by a checksum, in a fixed number of buckets: no list of words is kept, and a word
that was never seen falls into some bucket that means little.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from console.assist.ports import Moment
from console.past.table import Rows, wording

BUCKETS: Final = 16384
"""Twice as many as words and pairs of words in 30,000 moments of service dialogues that occur more than a few times."""

RECENT: Final = 3
"""Turns of the agent of which the order counts too."""

_MOST_WORDS: Final = 80
_WORD: Final = re.compile(r"[a-z0-9']+|\?")


def buckets_of(moment: Moment) -> Rows:
    """Return the buckets of a moment's features, each once, from the lowest; shape (features,)."""
    return np.unique([zlib.crc32(feature.encode()) % BUCKETS for feature in _features(moment)]).astype(np.int32)


def _features(moment: Moment) -> Iterator[str]:
    for mark, text in (("c", moment.customer), ("k", moment.lookup), ("a", moment.answered)):
        words = _words(text)
        yield from (f"{mark}:{word}" for word in words)
        yield from (f"{mark}:{first}_{second}" for first, second in pairwise(words))
    for mark, text in (("b", moment.before), ("o", moment.opening)):
        yield from (f"{mark}:{word}" for word in _words(text))
    said = [wording(template) for template in moment.said]
    for text in said:
        yield f"s:{text}"
        yield from (f"w:{word}" for word in _words(text))
    yield from (f"l{place}:{text}" for place, text in enumerate(said[::-1][:RECENT]))
    yield f"n:{len(said)}"
    yield from (f"f:{slot}" for slot in moment.slots)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())[-_MOST_WORDS:]
