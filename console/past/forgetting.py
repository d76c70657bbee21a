"""Takes past conversations out of a collection again: of an erased customer nothing may be suggested to anybody.

No model is needed: what is left was embedded before. What only those conversations made everybody's is no more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from console.assist.ports import Vectors
from console.content.errors import ContentError
from console.past import storage
from console.past.anonymity import CommonWords
from console.past.building import build
from console.past.moments import PastCase, customer_digest


def cases_of(folder: Path, customer: str) -> tuple[PastCase, ...]:
    """Return a customer's past conversations; of a damaged collection those that were added since."""
    digest = customer_digest(customer)
    kept = {case.id: case for case in (*_stored_cases(folder), *storage.added(folder))}
    return tuple(case for case in kept.values() if case.customer == digest)


def forget(folder: Path, conversations: Collection[str]) -> int:
    """Take these out for good and return how many were there; all at once, or not at all.

    A damaged collection is dropped whole: nobody can say what is in it, and importing makes it anew. Raises
    ``OSError`` where nothing can be written.
    """
    gone = frozenset(conversations)
    if not folder.is_dir():
        return 0
    with FileLock(folder / ".lock"):
        added = storage.added(folder)
        left = [case for case in added if case.id not in gone]
        try:
            stored = storage.read(folder)
        except ContentError:
            stored = None
            storage.clear(folder, left)
        theirs = [case for case in (stored.cases if stored else ()) if case.id in gone]
        if stored and theirs:
            _rewrite(folder, stored, left, gone)
        elif len(left) < len(added):
            storage.write_added(folder, left)
    return len({case.id for case in (*theirs, *added)} & gone)


def _rewrite(folder: Path, stored: storage.Stored, added: Sequence[PastCase], gone: Collection[str]) -> None:
    cases = tuple(case for case in stored.cases if case.id not in gone)
    if not cases:
        storage.clear(folder, added)
        return
    before, after = _common(stored.cases), _common(cases)
    common = CommonWords(word for word in stored.words if word not in before or word in after)
    storage.write(folder, build(cases, common, stored, _NoModel(stored.model)), added)


def _common(cases: Sequence[PastCase]) -> frozenset[str]:
    """Return what is everybody's because several customers of these were told it."""
    return frozenset(CommonWords.of((case.customer, moment.template) for case in cases for moment in case.moments))


def _stored_cases(folder: Path) -> Sequence[PastCase]:
    try:
        stored = storage.read(folder)
    except ContentError:
        return ()
    return stored.cases if stored else ()


@dataclass(frozen=True, slots=True)
class _NoModel:
    """Stands for the model that made the vectors: nothing new is to be embedded."""

    fingerprint: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Refuse: what is left was embedded before."""
        raise ContentError(Path(), f"{len(texts)} texts of past conversations have no vectors; import them again")
