"""Brings an index up to date with the documents of one source: what did not change is not embedded again."""

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from knowledge import splitter
from knowledge.document import Document, Skipped
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnwritable
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.articles import Articles, Known
from knowledge.index.draft import Draft
from knowledge.index.manifest import Manifest
from knowledge.index.schema import digest
from knowledge.index.unfinished import Unfinished
from knowledge.vectors import VectorStore

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
    store: VectorStore,
    progress: ProgressCallback | None = None,
) -> Report:
    """Make the index hold exactly these documents of `source`; documents of other sources stay.

    What a run that was killed had embedded is not embedded again. Raises IndexBusy where another run is writing,
    IndexUnwritable where the disk is full or read-only. Whatever goes wrong, the index that was there before stays in
    use.
    """
    try:
        with places.writing(folder), places.building(folder) as draft:
            return _Run(folder, embedder, source, store, progress or (lambda _: None)).into(draft, documents)
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritable(
            f"the index in {folder} could not be written ({error}); free space or change its rights and run the "
            "command again; what was indexed before is unchanged"
        ) from error


class _Run:
    """One update, from the documents to a generation that is in use."""

    def __init__(
        self, folder: Path, embedder: Embedder, source: str, store: VectorStore, progress: ProgressCallback
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._source = source
        self._store = store
        self._progress = progress
        self._began = time.monotonic()
        self._waiting: list[int] = []  # passages whose vectors are still to be made
        self._skipped: list[Skipped] = []
        self._taken_over: list[str] = []
        self._counts = dict.fromkeys(("added", "updated", "unchanged", "removed"), 0)
        self._embedded = 0

    def into(self, draft_folder: Path, documents: Iterable[Document | Skipped]) -> Report:
        earlier, rebuilt = self._earlier()
        draft = Draft(draft_folder, self._embedder.dimensions, self._store, earlier if not rebuilt else None)
        try:
            if rebuilt and earlier:
                self._carry_over(earlier[0], draft)
            self._read(documents, draft, draft.known())
            changed = rebuilt or any(self._counts[what] for what in ("added", "updated", "removed"))
            if earlier and not changed and not self._taken_over:
                return self._report(earlier[1], rebuilt)
            unfinished = Unfinished(self._folder, self._embedder.fingerprint)
            try:
                self._embed(draft, unfinished)
                manifest = self._finish(draft, draft_folder, earlier)
            except BaseException:
                unfinished.close(finished=False)
                raise
            unfinished.close(finished=True)
        finally:
            draft.discard()
        return self._report(manifest, rebuilt)

    def _earlier(self) -> tuple[tuple[Path, Manifest] | None, str]:
        """The generation to go on from, and why it has to be embedded anew, if it has; None where it is of no use."""
        try:
            folder = places.current(self._folder)
            manifest = manifests.read(folder)
            damage = manifests.damage(folder, manifest)
            if manifests.ARTICLES in damage:
                raise damage[manifests.ARTICLES]
            damage.update(_unreadable(self._store, folder, manifest))
        except (IndexMissing, FileNotFoundError):
            return None, ""
        except IndexOutdated:
            return None, "the index had another format"
        except IndexDamaged as error:
            return None, f"the index was damaged: {error}"
        return (folder, manifest), self._reason(manifest, damage)

    def _reason(self, manifest: Manifest, damage: dict[str, IndexDamaged]) -> str:
        """Why all has to be embedded anew from the texts that are kept; empty where it has not."""
        if damage:
            return f"the index was damaged: {next(iter(damage.values()))}"
        if manifest.embedder != self._embedder.fingerprint:
            return f"the model changed from {manifest.model} ({manifest.embedder})"
        if manifest.splitter != splitter.VERSION:
            return "documents are divided in another way now"
        return ""

    def _carry_over(self, earlier: Path, draft: Draft) -> None:
        """Put the documents of other sources into a new draft, from the texts that the earlier generation keeps."""
        articles = Articles(earlier / manifests.ARTICLES)
        try:
            for source, document in articles.documents():
                if source != self._source:
                    self._put(document, draft, source)
        finally:
            articles.close()

    def _read(self, documents: Iterable[Document | Skipped], draft: Draft, known: dict[str, Known]) -> None:
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
        for name, before in known.items():
            if before.source == self._source and name not in seen and not _stays(name, staying):
                draft.remove(before.number)
                self._counts["removed"] += 1

    def _take(self, document: Document, draft: Draft, before: Known | None) -> None:
        """One document: new, as it was, or changed."""
        if before and before.source != self._source:
            self._taken_over.append(document.id)
        same = before is not None and before.digest == digest(document)
        self._counts["unchanged" if same else "updated" if before else "added"] += 1
        if before is None:
            self._put(document, draft, self._source)
        elif not same or before.source != self._source:
            self._put(document, draft, self._source, before.number)

    def _put(self, document: Document, draft: Draft, source: str, instead_of: int | None = None) -> None:
        passages = splitter.split(document, self._embedder.word_pieces, self._embedder.max_tokens - 2)
        self._waiting.extend(draft.put(document, passages, source, instead_of))

    def _embed(self, draft: Draft, unfinished: Unfinished) -> None:
        """Embed what waits, a chunk at a time; what an earlier run had embedded is taken from there."""
        began = time.monotonic()
        total = len(self._waiting)
        for at in range(0, total, _CHUNK):
            left = _seconds_left(began, self._embedded, total - at)
            self._progress(Progress("embedding", at, total, "passages", left))
            passages = self._waiting[at : at + _CHUNK]
            texts = draft.texts(passages)
            vectors = unfinished.vectors(texts)
            missing = [place for place in range(len(texts)) if place not in vectors]
            if missing:
                made = self._embedder.encode([texts[place] for place in missing])
                vectors.update(zip(missing, made, strict=True))
                if total > _CHUNK:
                    unfinished.keep([texts[place] for place in missing], made)
                self._embedded += len(missing)
            draft.put_vectors(passages, np.stack([vectors[place] for place in range(len(texts))]))
        self._progress(Progress("embedding", total, total, "passages", 0.0))

    def _finish(self, draft: Draft, folder: Path, earlier: tuple[Path, Manifest] | None) -> Manifest:
        """Write the draft and put it in use."""
        self._progress(Progress("saving", 0, 1, "generation", None))
        sources, passages, (next_document, next_passage) = draft.finish()
        manifest = Manifest(
            format=manifests.FORMAT,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._embedder.name,
            embedder=self._embedder.fingerprint,
            splitter=splitter.VERSION,
            dimensions=self._embedder.dimensions,
            documents=sum(sources.values()),
            passages=passages,
            next_document=next_document,
            next_passage=next_passage,
            sources=sources,
            files=manifests.record(folder, earlier[1].files if earlier else {}),
        )
        manifests.write(folder, manifest)
        places.put_in_use(self._folder, folder)
        self._progress(Progress("saving", 1, 1, "generation", 0.0))
        return manifest

    def _report(self, manifest: Manifest, rebuilt: str) -> Report:
        return Report(
            **self._counts,
            passages_embedded=self._embedded,
            documents=manifest.documents,
            passages=manifest.passages,
            skipped=tuple(self._skipped),
            taken_over=tuple(self._taken_over),
            rebuilt=rebuilt,
            seconds=round(time.monotonic() - self._began, 3),
        )


def _unreadable(store: VectorStore, folder: Path, manifest: Manifest) -> dict[str, IndexDamaged]:
    """What is wrong with the vectors beyond their files: a store elsewhere may have lost them, or never had them."""
    try:
        store.open(folder / manifests.VECTORS, manifest.dimensions)
    except (ValueError, OSError) as error:
        return {manifests.VECTORS: IndexDamaged(f"the vectors cannot be read: {error}")}
    return {}


def _stays(name: str, staying: Iterable[str]) -> bool:
    """Return whether a document could not be looked at this time; the whole source is closed where ``/`` is."""
    return any(kept in (name, "/") or (kept.endswith("/") and name.startswith(kept)) for kept in staying)


def _seconds_left(began: float, done: int, left: int) -> float | None:
    return round((time.monotonic() - began) / done * left, 1) if done else None
