"""The index as a program uses it: open, search, show, update, and notice that somebody else has updated it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from time import monotonic

from knowledge.confidence import confidence
from knowledge.document import Audience, Document, Hit, Skipped
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexMissing, StoreUnavailable
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.generation import Generation, open_current
from knowledge.index.unfinished import FILE as UNFINISHED
from knowledge.index.update import ProgressCallback, Reading, Report, update
from knowledge.loaders import load
from knowledge.other_codes import on_another_code
from knowledge.query import Query, of_conversation, of_text
from knowledge.ranking import Sources, rank
from knowledge.vectors import CLUSTERS, FileStore, VectorStore

_LIKELY = 0.5

_TRY_AGAIN_AFTER = 10.0
"""Seconds after which a store of vectors that did not answer is asked again; until then words have to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    hits: tuple[Hit, ...]
    """Best first, one a document, retired documents last."""
    answerable: bool
    """False where the knowledge base does not seem to hold the answer."""
    confidence: float
    """How likely it holds the answer, 0 to 1; `answerable` from 0.5."""
    damage: str = ""
    """What of the index could not be used, and what to do; then answers are less good. Empty where all is well."""
    lost: Mapping[str, int] = field(default_factory=dict)
    """Documents by source that were lost to damage and not indexed again since. All that the index has was searched,
    so that this is no damage."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index holds."""

    documents: int
    passages: int
    sources: Mapping[str, int]
    """Documents by source."""
    model: str
    made_at: str
    megabytes: float
    """On the disk."""
    clustered: bool
    """Whether vectors are so many that they are searched by clusters, which may miss some."""
    lost: Mapping[str, int]
    """Documents by source that were lost to damage and not indexed again since."""


class KnowledgeIndex:
    """An index in a folder of its own. Searches may come from any thread, also while the index is updated."""

    def __init__(self, folder: Path, embedder: Embedder, vectors: VectorStore | None = None) -> None:
        """Nothing is read yet; a folder without an index is fine until it is searched.

        Vectors lie in the folder too, unless another store is named.
        """
        self.folder = folder
        self._embedder = embedder
        self._store = vectors or FileStore()
        self._generation: Generation | None = None
        self._opened_at = 0.0
        self._compared: Path | None = None
        self._lock = Lock()

    def search(
        self, query: str, k: int = 10, *, audience: Audience | None = None, without: Collection[str] = ()
    ) -> Answer:
        """The k documents that answer a question best; `audience="public"` leaves internal ones out.

        Documents whose ids are in `without` are left out, as if the index did not hold them.
        """
        return self._answer(of_text(query), k, audience, without)

    def search_conversation(
        self,
        messages: Sequence[Mapping[str, str]],
        k: int = 10,
        *,
        audience: Audience | None = None,
        topic: str = "",
        without: Collection[str] = (),
    ) -> Answer:
        """The k documents that answer what is asked at the end of a conversation.

        Messages are in order, with `role` (customer, agent, bot, system) and `text`; what was named earlier, such as
        a product or a place, steers the answer to the last question. So does the `topic`, where somebody knows what it
        is about and says so in the articles' own words.
        """
        return self._answer(of_conversation(messages, topic), k, audience, without)

    def document(self, name: str) -> Document | None:
        """The whole document of an id, or None; `Hit.start` and `Hit.end` are offsets into its text."""
        return self._opened().articles.document(name)

    def documents(self) -> Iterable[Document]:
        """Every document, in the order in which they were added."""
        return (document for _, document in self._opened().articles.documents())

    def contents(self) -> Contents:
        """What the index holds. Raises IndexMissing where nothing has been indexed."""
        manifest = self._opened().manifest
        return Contents(
            documents=manifest.documents,
            passages=manifest.passages,
            sources=dict(manifest.sources),
            model=manifest.model,
            made_at=manifest.made_at,
            megabytes=sum(file.size for file in manifest.files.values()) / 1024**2,
            clustered=any(name.endswith(CLUSTERS) for name in manifest.files),
            lost=dict(manifest.lost),
        )

    def interrupted(self) -> bool:
        """Whether a run was killed; the next one takes over what it had embedded."""
        return (self.folder / UNFINISHED).exists()

    def update(
        self, documents: Iterable[Document | Skipped], *, source: str, progress: ProgressCallback | None = None
    ) -> Report:
        """Make the index hold exactly these documents of a source; see `knowledge.index.update.update`."""
        return self.update_by(lambda _: documents, source=source, progress=progress)

    def update_by(self, reading: Reading, *, source: str, progress: ProgressCallback | None = None) -> Report:
        """The same with what `reading` gives; it is told the origins of the source's documents, to pass them over."""
        report = update(self.folder, self._embedder, reading, source=source, store=self._store, progress=progress)
        self.reload()
        return report

    def update_from(self, path: Path, *, progress: ProgressCallback | None = None) -> Report:
        """Make the index hold exactly the documents of a file or folder, among those of other sources."""
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        return self.update_by(lambda known: load(path, known), source=str(path.resolve()), progress=progress)

    def changed(self) -> bool:
        """Whether somebody has put another generation in use; takes some 20 µs, so it may be asked before a search."""
        generation = self._generation  # another thread may let go of it meanwhile
        try:
            return generation is None or places.current(self.folder) != generation.folder
        except IndexMissing:
            return generation is not None

    def reload(self) -> None:
        """Go on with the generation in use; searches under way end with the one they began with."""
        with self._lock:
            self._generation = None

    def mend(self, *, progress: ProgressCallback | None = None) -> Report:
        """Make anew what is damaged, or was made with another model, from the texts that the index keeps.

        Compares every file with its checksum first. Of texts that are damaged themselves, the report says how many were
        lost. Raises IndexDamaged where not even the manifest can be read.
        """
        report = update(self.folder, self._embedder, lambda _: (), source=None, store=self._store, progress=progress)
        self.reload()
        return report

    def verify(self) -> None:
        """Compare every file with its checksum. Raises IndexDamaged with the first that differs."""
        generation = self._opened()
        for damage in manifests.damage(generation.folder, generation.manifest, thorough=True).values():
            raise damage

    def close(self) -> None:
        """Give the files back."""
        self.reload()

    def _opened(self) -> Generation:
        with self._lock:
            away = self._generation is not None and self._generation.away
            if self._generation is None or (away and monotonic() - self._opened_at > _TRY_AGAIN_AFTER):
                self._generation = open_current(self.folder, self._store)
                self._opened_at = monotonic()
            return self._generation

    def _answer(self, query: Query, k: int, audience: Audience | None, without: Collection[str]) -> Answer:
        generation = self._opened()
        try:
            return self._found(generation, query, k, audience, without)
        except Exception:  # a library may say in any way that a file is not what it wrote
            sound = self._doubted(generation)
            if not sound.damage:
                raise
            return self._found(sound, query, k, audience, without)

    def _doubted(self, generation: Generation) -> Generation:
        """What is left of a generation once all its files were compared with their checksums, which is done once."""
        with self._lock:
            if self._generation is not None and self._compared == generation.folder:
                return self._generation
            self._generation = open_current(self.folder, self._store, thorough=True)
            self._compared = self._generation.folder
            return self._generation

    def _found(
        self, generation: Generation, query: Query, k: int, audience: Audience | None, without: Collection[str]
    ) -> Answer:
        articles = generation.articles.without(without) if without else generation.articles
        vectors, damage = generation.vectors, generation.damage
        if generation.manifest.embedder != self._embedder.fingerprint:
            # Vectors of two models cannot be compared; words can.
            vectors = None
            damage = (
                f"the index in {self.folder} was made with another model ({generation.manifest.model}); "
                "run the index command again to embed its documents with the present one"
            )
        sources = Sources(vectors, generation.lexical, articles, generation.manifest.documents)
        vector = query.embedded(self._embedder)
        try:
            ranking = rank(sources, query, vector, k, audience)
        except StoreUnavailable as error:
            damage = str(error)
            ranking = rank(replace(sources, vectors=None), query, vector, k, audience)
        hits = articles.hits({place.passage: place.relevance for place in ranking.places})
        misled = bool(hits) and on_another_code(query.named, hits[0].passage)
        likely = confidence(ranking.nearest, ranking.held, misled=misled)
        return Answer(tuple(hits), likely >= _LIKELY, round(likely, 3), damage, generation.manifest.lost)
