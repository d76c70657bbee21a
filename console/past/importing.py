"""Takes past conversations in: only what changed is read and embedded again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from console.assist.ports import Embed
from console.content.conversations import Transcript
from console.content.errors import ContentError
from console.past import storage
from console.past.anonymity import CommonWords
from console.past.building import Progress, build, model_of
from console.past.moments import PastCase, case_of, digest_of


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, and what there is now."""

    added: int
    updated: int
    unchanged: int
    unresolved: int
    """Conversations of this import that did not end well: only how they ended counts."""
    conversations: int
    moments: int
    """Moments whose reply may be suggested again."""
    dropped: int
    """Agents' turns that are not, because they may hold somebody's data."""
    damaged: str = ""
    """What was wrong with the collection that was there; it has been made anew without it. Empty where it was whole."""


def import_conversations(
    transcripts: Iterable[Transcript],
    folder: Path,
    embed: Embed,
    progress: Progress | None = None,
    *,
    public: Iterable[str] = (),
    without: Collection[str] = (),
) -> Imported:
    """Add or update past conversations in ``folder``.

    ``public`` are texts the company publishes (articles, macros): names and figures in them are everybody's. Those
    ``without`` were erased: they are passed over. The new state is in force all at once, or not at all. What is there
    and damaged is made anew from this import and from the conversations added since. Raises ``OSError`` where nothing
    can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        stored, damaged = _read(folder)
        cases = {case.id: case for case in (stored.cases if stored else ())}
        cases.update((case.id, case) for case in storage.added(folder))
        counts = {"added": 0, "updated": 0, "unchanged": 0, "unresolved": 0}
        for transcript in (one for one in transcripts if one.id not in without):
            counts["unresolved"] += not transcript.resolved
            old = cases.get(transcript.id)
            if old and old.digest == digest_of(transcript):
                counts["unchanged"] += 1
                continue
            counts["updated" if old else "added"] += 1
            cases[transcript.id] = case_of(transcript)
        said = [(case.customer, moment.template) for case in cases.values() for moment in case.moments]
        common = CommonWords.of(said, public)
        fresh = _same(stored, cases, common, embed) or build(tuple(cases.values()), common, stored, embed, progress)
        if fresh is not stored:
            storage.write(folder, fresh)
    usable, turns = len(fresh.table.moments), sum(len(case.moments) for case in cases.values())
    return Imported(**counts, conversations=len(cases), moments=usable, dropped=turns - usable, damaged=damaged)


def _read(folder: Path) -> tuple[storage.Stored | None, str]:
    """Return what is there, and what is wrong with it: importing again is what mends it."""
    try:
        return storage.read(folder), ""
    except ContentError as error:
        return None, str(error)


def add_conversation(transcript: Transcript, folder: Path) -> None:
    """Add one conversation cheaply: it is embedded when the collection is next opened.

    Of one that was not resolved only how it began and ended counts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        storage.add(folder, case_of(transcript))


def _same(
    stored: storage.Stored | None, cases: Mapping[str, PastCase], common: CommonWords, embed: Embed
) -> storage.Stored | None:
    """Return ``stored`` if making it anew would change nothing."""
    unchanged = stored is not None and stored.cases == tuple(cases.values())
    return (
        stored if stored and unchanged and stored.words == tuple(common) and stored.model == model_of(embed) else None
    )
