"""How many documents of each source are lost to damage, from the moment they are missed until they are made good."""

from collections import Counter
from collections.abc import Mapping

Lost = Mapping[str, int]
"""Documents by source; a source that lacks none is not named."""


def with_missed(lost: Lost, missed: Lost) -> dict[str, int]:
    """What is lost once further documents are missed."""
    return dict(sorted((Counter(lost) + Counter(missed)).items()))


def with_read(lost: Lost, source: str, *, added: int, wholly: bool) -> dict[str, int]:
    """What is still lost once a source was indexed again, which brought `added` documents.

    A source that was read wholly has what it has. Of one that could not be looked at everywhere, the documents that
    were lost may lie where it is closed: all but those that came.
    """
    left = 0 if wholly else max(0, lost.get(source, 0) - added)
    others = {other: count for other, count in lost.items() if other != source}
    return others | ({source: left} if left else {})
