"""Brings an index up to date with the documents of one source: what did not change is not embedded again."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from knowledge import splitter
from knowledge.document import Document, Skipped, Unchanged
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexDamaged, IndexMissing, IndexUnwritable
from knowledge.index import folder as places
from knowledge.index import losses, salvage
from knowledge.index import manifest as manifests
from knowledge.index.articles import Articles, Known
from knowledge.index.base import Base, base_of
from knowledge.index.draft import Draft
from knowledge.index.manifest import Manifest
from knowledge.index.schema import digest
from knowledge.index.unfinished import Unfinished, forget
from knowledge.loaders import Origins
from knowledge.vectors import VectorStore

_CHUNK = 512
"""Passages embedded between two reports of progress."""

_READING_EVERY = 100

_CHANGES = ("added", "updated", "removed")


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
    """Why the index was made anew, or in part, or empty."""
    lost: Mapping[str, int]
    """Documents by source that were lost to damage, now or before, and that only indexing the source again brings
    back."""
    seconds: float


ProgressCallback = Callable[[Progress], None]

Item = Document | Unchanged | Skipped
Reading = Callable[[Origins], Iterable[Item]]
"""Gives the documents of a source; those whose origin is known may come as Unchanged."""


def update(
    folder: Path,
    embedder: Embedder,
    reading: Reading,
    *,
    source: str | None,
    store: VectorStore,
    progress: ProgressCallback | None = None,
) -> Report:
    """Make the index hold exactly the documents of `source` that are read; documents of other sources stay.

    Without a source nothing is added or removed: every file is compared with its checksum, and what is damaged made
    anew from the texts that are kept. Texts that are damaged themselves are lost until their source is indexed again;
    the index remembers how many, and the report says so. Raises IndexDamaged where not even the manifest can be read,
    or IndexMissing.

    What a run that was killed had embedded is not embedded again. Raises IndexBusy where another run is writing,
    IndexUnwritable where the disk is full or read-only. Whatever goes wrong, the index that was there before stays in
    use.
    """
    try:
        with places.writing(folder), places.building(folder) as draft:
            return _Run(folder, embedder, source, store, progress or (lambda _: None)).into(draft, reading)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            raise IndexDamaged(
                f"the index in {folder} is damaged ({error}); mend it, and run the command again"
            ) from error
        reason = " ".join(filter(None, [error.strerror, _where(error)])) if isinstance(error, OSError) else ""
        raise IndexUnwritable(
            f"the index in {folder} could not be written ({reason or error}); free space or change its rights and run "
            "the command again; what was indexed before is unchanged"
        ) from error


def _where(error: OSError) -> str:
    return f"at {error.filename}" if error.filename else ""


class _Run:
    """One update, from the documents to a generation that is in use."""

    def __init__(
        self, folder: Path, embedder: Embedder, source: str | None, store: VectorStore, progress: ProgressCallback
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._source = source
        self._store = store
        self._progress = progress
        self._began = time.monotonic()
        self._waiting: list[int] = []  # passages whose vectors are still to be made
        self._skipped: list[Skipped] = []
        self._seen: set[str] = set()
        self._staying: list[str] = []  # what of the source could not be looked at
        self._taken_over: list[str] = []
        self._counts = dict.fromkeys((*_CHANGES, "unchanged"), 0)
        self._embedded = 0

    def into(self, draft_folder: Path, reading: Reading) -> Report:
        base = base_of(self._folder, self._embedder, self._store, thorough=self._source is None)
        if self._source is None and base.earlier is None:
            raise IndexDamaged(base.reason) if base.reason else IndexMissing(f"{self._folder} holds no index")
        draft = Draft(
            draft_folder,
            self._embedder.dimensions,
            self._store,
            base.earlier if not base.anew else None,
            without_words=base.without_words,
        )
        before = dict(base.earlier[1].lost) if base.earlier else {}
        lost = before
        try:
            carried = self._carry_over(base, draft, lambda source, _: source != self._source)
            self._read(reading, draft)
            if self._staying:
                carried += self._carry_over(base, draft, self._stays)
            if base.earlier and base.damaged_texts:
                lost = losses.with_missed(lost, Counter(base.earlier[1].sources) - carried)
            if self._source is not None:
                added, wholly = self._counts["added"], not self._staying
                lost = losses.with_read(lost, self._source, added=added, wholly=wholly)
            changed = base.reason or self._taken_over or any(self._counts[what] for what in _CHANGES) or lost != before
            if base.earlier and not changed:
                forget(self._folder)
                return self._report(base.earlier[1], base.reason)
            unfinished = Unfinished(self._folder, self._embedder.fingerprint)
            try:
                self._embed(draft, unfinished)
                manifest = self._finish(draft, draft_folder, base.earlier, lost)
            except BaseException:
                unfinished.close(finished=False)
                raise
            unfinished.close(finished=True)
        finally:
            draft.discard()
        return self._report(manifest, base.reason)

    def _carry_over(self, base: Base, draft: Draft, wanted: Callable[[str, Document], bool]) -> Counter[str]:
        """Put documents into a draft that is made anew, from the texts that the earlier generation keeps.

        Returns how many of each source were put; nothing is where the draft goes on from the earlier generation.
        """
        carried: Counter[str] = Counter()
        if base.earlier and base.anew:
            for source, document in self._whole(*base.earlier, damaged=base.damaged_texts):
                if wanted(source, document):
                    self._put(document, draft, source)
                    carried[source] += 1
        return carried

    def _whole(self, earlier: Path, manifest: Manifest, *, damaged: bool) -> Iterator[tuple[str, Document]]:
        """Source and document of all that a generation holds, or of what of it is whole."""
        if damaged:
            with suppress(IndexDamaged):  # then all of it is lost
                yield from salvage.documents(earlier, manifest, self._store)
            return
        articles = Articles(earlier / manifests.ARTICLES)
        try:
            yield from articles.documents()
        finally:
            articles.close()

    def _stays(self, source: str, document: Document) -> bool:
        """Whether a document of the source that is read could not be looked at this time."""
        return source == self._source and document.id not in self._seen and _stays(document.id, self._staying)

    def _read(self, reading: Reading, draft: Draft) -> None:
        """Split what is new or changed, and take out what is no longer there."""
        mine = draft.known(self._source) if self._source is not None else {}
        seen = self._seen
        for item in reading({before.origin: name for name, before in mine.items() if before.origin}):
            if isinstance(item, Skipped):
                self._skipped.append(item)
                self._staying += [item.stays] if item.stays else []
                continue
            if item.id in seen:
                self._skipped.append(Skipped(item.id, f"another document of {self._source} has the same id"))
                continue
            seen.add(item.id)
            if isinstance(item, Unchanged):
                self._counts["unchanged"] += 1
            else:
                self._take(item, draft, mine.get(item.id) or draft.holder(item.id))
            if len(seen) % _READING_EVERY == 0:
                self._progress(Progress("reading", len(seen), None, "documents", None))
        for name, before in mine.items():
            if name not in seen and not _stays(name, self._staying):
                draft.remove(before)
                self._counts["removed"] += 1

    def _take(self, document: Document, draft: Draft, before: Known | None) -> None:
        """One document: new, as it was, or changed."""
        source = self._source or ""
        if before and before.source != source:
            self._taken_over.append(document.id)
        same = before is not None and before.digest == digest(document)
        self._counts["unchanged" if same else "updated" if before else "added"] += 1
        if before is None:
            self._put(document, draft, source)
        elif not same or before.source != source:
            self._put(document, draft, source, before)

    def _put(self, document: Document, draft: Draft, source: str, instead_of: Known | None = None) -> None:
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

    def _finish(
        self, draft: Draft, folder: Path, earlier: tuple[Path, Manifest] | None, lost: dict[str, int]
    ) -> Manifest:
        """Write the draft and put it in use."""
        self._progress(Progress("saving", 0, 1, "generation", None))
        next_document, next_passage = draft.finish()
        sources = {source: count for source, count in sorted(draft.sources.items()) if count}
        manifest = Manifest(
            format=manifests.FORMAT,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._embedder.name,
            embedder=self._embedder.fingerprint,
            splitter=splitter.VERSION,
            dimensions=self._embedder.dimensions,
            documents=sum(sources.values()),
            passages=draft.passages,
            next_document=next_document,
            next_passage=next_passage,
            sources=sources,
            files=manifests.record(folder, earlier[1].files if earlier else {}),
            lost=lost,
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
            lost=dict(manifest.lost),
            seconds=round(time.monotonic() - self._began, 3),
        )


def _stays(name: str, staying: Iterable[str]) -> bool:
    """Return whether a document could not be looked at this time; the whole source is closed where ``/`` is."""
    return any(kept in (name, "/") or (kept.endswith("/") and name.startswith(kept)) for kept in staying)


def _seconds_left(began: float, done: int, left: int) -> float | None:
    return round((time.monotonic() - began) / done * left, 1) if done else None
