"""Brings an index up to date with the documents of one source: what did not change is not embedded again."""

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge import splitter
from knowledge.document import Document, Passage, Skipped
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnwritable
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.draft import Draft
from knowledge.index.manifest import Manifest
from knowledge.index.schema import digest, meaning

_CHUNK = 512
"""Passages embedded between two reports of progress."""

_READING_EVERY = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    stage: str
    """"reading", "embedding" or "saving"."""
    done: int
    total: int | None
    """None while it is not known."""
    unit: str
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; the numbers count documents unless they say otherwise."""

    added: int
    updated: int
    unchanged: int
    removed: int
    passages_embedded: int
    documents: int
    """In the index now, over all sources."""
    passages: int
    skipped: tuple[Skipped, ...]
    taken_over: tuple[str, ...]
    """Ids that another source held before; an id belongs to the source that named it last."""
    rebuilt: str
    """Why everything was embedded again, or empty."""
    seconds: float


ProgressCallback = Callable[[Progress], None]


def update(
    folder: Path,
    embedder: Embedder,
    documents: Iterable[Document | Skipped],
    *,
    source: str,
    progress: ProgressCallback | None = None,
) -> Report:
    """Make the index hold exactly these documents of `source`; documents of other sources stay.

    Raises IndexBusy where another run is writing, IndexUnwritable where the disk is full or read-only. Whatever goes
    wrong, the index that was there before stays in use.
    """
    try:
        with places.writing(folder), places.building(folder) as draft:
            return _Run(folder, embedder, source, progress or (lambda _: None)).into(draft, documents)
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritable(
            f"the index in {folder} could not be written ({error}); free space or change its rights and run the "
            "command again; what was indexed before is unchanged"
        ) from error


class _Run:
    """One update, from the documents to a generation that is in use."""

    def __init__(self, folder: Path, embedder: Embedder, source: str, progress: ProgressCallback) -> None:
        self._folder = folder
        self._embedder = embedder
        self._source = source
        self._progress = progress
        self._began = time.monotonic()
        self._waiting: list[int] = []  # rows whose vectors are still to be made
        self._skipped: list[Skipped] = []
        self._taken_over: list[str] = []
        self._counts = dict.fromkeys(("added", "updated", "unchanged", "removed"), 0)

    def into(self, draft_folder: Path, documents: Iterable[Document | Skipped]) -> Report:
        earlier, rebuilt = self._earlier()
        draft = Draft(draft_folder, self._embedder.dimensions, earlier if not rebuilt else None)
        try:
            if rebuilt and earlier:
                self._carry_over(earlier, draft)
            self._read(documents, draft, draft.known())
            changed = rebuilt or any(self._counts[what] for what in ("added", "updated", "removed"))
            if earlier and not changed and not self._taken_over:
                return self._report(manifests.read(earlier), rebuilt)
            self._embed(draft)
            self._progress(Progress("saving", 0, 1, "generation", None))
            sources, passages = draft.finish()
        finally:
            draft.discard()
        manifest = self._manifest(draft_folder, sources, passages)
        manifests.write(draft_folder, manifest)
        places.put_in_use(self._folder, draft_folder)
        self._progress(Progress("saving", 1, 1, "generation", 0.0))
        return self._report(manifest, rebuilt)

    def _earlier(self) -> tuple[Path | None, str]:
        """The generation to go on from, and why it has to be embedded anew, if it has; None where it is of no use."""
        try:
            earlier = places.current(self._folder)
            manifest = manifests.read(earlier)
            manifests.check(earlier, manifest)
        except (IndexMissing, FileNotFoundError):
            return None, ""
        except IndexOutdated:
            return None, "the index had another format"
        except IndexDamaged as damage:
            return None, f"the index was damaged: {damage}"
        if manifest.embedder != self._embedder.fingerprint:
            return earlier, f"the model changed from {manifest.model} ({manifest.embedder})"
        if manifest.splitter != splitter.VERSION:
            return earlier, "documents are divided in another way now"
        return earlier, ""

    def _carry_over(self, earlier: Path, draft: Draft) -> None:
        """Put the documents of other sources into a new draft, from the texts that the earlier generation keeps."""
        from knowledge.index.articles import Articles

        articles = Articles(earlier / manifests.ARTICLES)
        try:
            for source, document in articles.documents():
                if source != self._source:
                    self._put(document, draft, source)
        finally:
            articles.close()

    def _read(
        self, documents: Iterable[Document | Skipped], draft: Draft, known: dict[str, tuple[str, str, str]]
    ) -> None:
        """Split what is new or changed, and take out what is no longer there."""
        seen: set[str] = set()
        staying: list[str] = []
        for item in documents:
            if isinstance(item, Skipped):
                self._skipped.append(item)
                staying += [item.stays] if item.stays else []
            elif item.id in seen:
                self._skipped.append(Skipped(item.id, f"another document of {self._source} has the same id"))
            else:
                seen.add(item.id)
                self._take(item, draft, known.get(item.id))
                if len(seen) % _READING_EVERY == 0:
                    self._progress(Progress("reading", len(seen), None, "documents", None))
        for name, (source, _, _) in known.items():
            if source == self._source and name not in seen and not _stays(name, staying):
                draft.remove(name)
                self._counts["removed"] += 1

    def _take(self, document: Document, draft: Draft, before: tuple[str, str, str] | None) -> None:
        """One document: new, as it was, described differently, or changed."""
        if before and before[0] != self._source:
            self._taken_over.append(document.id)
        if before and before[1] == digest(document):
            self._counts["unchanged"] += 1
            if before[0] != self._source:
                draft.describe(document, self._source)
        elif before and before[2] == meaning(document):
            self._counts["updated"] += 1
            draft.describe(document, self._source)
        else:
            self._counts["updated" if before else "added"] += 1
            if before:
                draft.remove(document.id)
            self._put(document, draft, self._source)

    def _put(self, document: Document, draft: Draft, source: str) -> None:
        passages = splitter.split(document, self._embedder.word_pieces, self._embedder.max_tokens - 2)
        self._waiting.extend(draft.put(document, passages, source))

    def _embed(self, draft: Draft) -> None:
        """Embed what waits, a chunk at a time."""
        began = time.monotonic()
        total = len(self._waiting)
        for at in range(0, total, _CHUNK):
            self._progress(Progress("embedding", at, total, "passages", _seconds_left(began, at, total)))
            rows = self._waiting[at : at + _CHUNK]
            texts = [
                splitter.embedded_text(title, Passage("", 0, headings, 0, 0, text))
                for title, headings, text in draft.texts(rows)
            ]
            draft.put_vectors(rows, self._embedder.encode(texts))
        self._progress(Progress("embedding", total, total, "passages", 0.0))

    def _manifest(self, draft: Path, sources: dict[str, int], passages: int) -> Manifest:
        return Manifest(
            format=manifests.FORMAT,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._embedder.name,
            embedder=self._embedder.fingerprint,
            splitter=splitter.VERSION,
            dimensions=self._embedder.dimensions,
            documents=sum(sources.values()),
            passages=passages,
            sources=sources,
            files={name: manifests.record(draft / name) for name in (manifests.ARTICLES, manifests.VECTORS)},
        )

    def _report(self, manifest: Manifest, rebuilt: str) -> Report:
        return Report(
            **self._counts,
            passages_embedded=len(self._waiting),
            documents=manifest.documents,
            passages=manifest.passages,
            skipped=tuple(self._skipped),
            taken_over=tuple(self._taken_over),
            rebuilt=rebuilt,
            seconds=round(time.monotonic() - self._began, 3),
        )


def _stays(name: str, staying: Iterable[str]) -> bool:
    """Return whether a document could not be looked at this time; the whole source is closed where ``/`` is."""
    return any(kept in (name, "/") or (kept.endswith("/") and name.startswith(kept)) for kept in staying)


def _seconds_left(began: float, done: int, total: int) -> float | None:
    return round((time.monotonic() - began) / done * (total - done), 1) if done else None
