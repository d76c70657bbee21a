"""The procedure behind a suggested reply, as the source screen shows it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from console.assist.ports import Vectors
from console.content.behaviours import Behaviour, Fact, Stakes, Step
from console.content.library import Library
from console.conversation.assistance import SourceType
from console.conversation.message import Layer
from console.server.articles import Articles
from console.server.lookup import ContentLookup
from knowledge import KnowledgeIndex

ASK, SAY = "Your order number?", "Is it still the same address?"
LOST = Behaviour(
    "lost-parcel", "Parcel lost", Layer.ASSISTED, 2, Stakes.MEDIUM,
    collect=(Fact("order number", "order.number", ASK),), steps=(Step("Confirm the address", SAY),),
)  # fmt: skip


class NoModel:
    """Stands in where nothing is embedded."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return nothing."""
        return np.zeros((len(texts), 4), dtype=np.float32)


def test_a_procedure_is_shown_whole_with_the_words_marked(tmp_path: Path) -> None:
    """The facts to ask for, then the steps."""
    index = KnowledgeIndex(tmp_path / "index", NoModel())  # type: ignore[arg-type]
    lookup = ContentLookup(Library(behaviours=(LOST,)), Articles(index), lambda _: None)
    source = lookup.source(SourceType.BEHAVIOUR, "lost-parcel", SAY)
    assert source is not None
    assert (source.title, source.text[source.start : source.end]) == ("Parcel lost", SAY)
    assert source.text.splitlines() == ["Find out: order number", ASK, "", "1. Confirm the address", SAY]
    assert lookup.source(SourceType.BEHAVIOUR, "unknown", SAY) is None
