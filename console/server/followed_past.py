"""Past conversations that follow their folder: what is imported or added meanwhile is taken up before each search."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import structlog

from console.assist.ports import Embed, Moment, PastOutcome, PastReply, PastSentence
from console.content.errors import ContentError
from console.past import PastCollection, storage

_log = structlog.get_logger(__name__)


class FollowedPast:
    """A :class:`console.assist.ports.PastReplies` over a folder that others write."""

    def __init__(self, folder: Path, embed: Embed) -> None:
        self._folder, self._embed = folder, embed
        self._collection: PastCollection | None = None
        self._damage: storage.Stamp | None = None
        self._lock = Lock()
        self._current()

    @property
    def version(self) -> str:
        """A digest that changes when conversations are added."""
        current = self._current()
        return current.version if current else "damaged"

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return up to ``k`` different replies, best first."""
        current = self._current()
        return current.search(moment, k) if current else ()

    def sentences(self, moment: Moment) -> Sequence[PastSentence]:
        """Return what agents wrote, weighed for this moment."""
        current = self._current()
        return current.sentences(moment) if current else ()

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """Return up to ``k`` conversations whose customers came with something like ``matter``, nearest first."""
        current = self._current()
        return current.similar(matter, k) if current else ()

    def case(self, case_id: str) -> str | None:
        """Return a past conversation as text, personal details as slots; ``None`` when there is none of that id."""
        current = self._current()
        return current.case_text(case_id) if current else None

    def _current(self) -> PastCollection | None:
        """Return the collection as it is now; ``None`` while it is damaged, which silences past replies alone."""
        with self._lock:
            if self._collection is None or self._collection.changed():
                self._follow()
            return self._collection

    def _follow(self) -> None:
        stamp = storage.stamp(self._folder)
        if stamp == self._damage:
            return
        try:
            if self._collection is None:
                self._collection = PastCollection.open(self._folder, self._embed)
            else:
                self._collection = self._collection.followed()
            self._damage = None
        except ContentError as error:
            self._collection, self._damage = None, stamp
            _log.error("past conversations", why=str(error))
