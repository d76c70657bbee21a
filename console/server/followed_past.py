"""Past conversations that follow their folder: what is imported or added meanwhile is taken up before each search."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from console.assist.ports import Embed, Moment, PastReply
from console.past import PastCollection


class FollowedPast:
    """A :class:`console.assist.ports.PastReplies` over a folder that others write."""

    def __init__(self, folder: Path, embed: Embed) -> None:
        self._folder, self._embed = folder, embed
        self._collection = PastCollection.open(folder, embed)
        self._lock = Lock()

    @property
    def version(self) -> str:
        """A digest that changes when conversations are added."""
        return self._current().version

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return up to ``k`` different replies, best first."""
        return self._current().search(moment, k)

    def case(self, case_id: str) -> str | None:
        """Return a past conversation as text, personal details as slots; ``None`` when there is none of that id."""
        return self._current().case_text(case_id)

    def _current(self) -> PastCollection:
        with self._lock:
            if self._collection.changed():
                self._collection = PastCollection.open(self._folder, self._embed)
            return self._collection
