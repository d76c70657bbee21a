"""The index as a program uses it: open, search, show, update, and notice that somebody else has updated it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from knowledge.confidence import confidence
from knowledge.document import Audience, Document, Hit, Skipped
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexMissing, IndexOutdated
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.generation import Generation, open_current
from knowledge.index.update import ProgressCallback, Reading, Report, update
from knowledge.loaders import load
from knowledge.query import Query, of_conversation, of_text
from knowledge.ranking import Sources, rank
from knowledge.vectors import FileStore, VectorStore

_LIKELY = 0.5


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


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index holds."""

    documents: int
    passages: int
    sources: Mapping[str, int]
    """Documents by source."""
    model: str
    made_at: str


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
        self._lock = Lock()

    def search(self, query: str, k: int = 10, *, audience: Audience | None = None) -> Answer:
        """The k documents that answer a question best; `audience="public"` leaves internal ones out."""
        return self._answer(of_text(query), k, audience)

    def search_conversation(
        self, messages: Sequence[Mapping[str, str]], k: int = 10, *, audience: Audience | None = None
    ) -> Answer:
        """The k documents that answer what is asked at the end of a conversation.

        Messages are in order, with `role` (customer, agent, bot, system) and `text`; what was named earlier, such as
        a product or a place, steers the answer to the last question.
        """
        return self._answer(of_conversation(messages), k, audience)

    def document(self, name: str) -> Document | None:
        """The whole document of an id, or None; `Hit.start` and `Hit.end` are offsets into its text."""
        return self._opened().articles.document(name)

    def documents(self) -> Iterable[Document]:
        """Every document, in the order in which they were added."""
        return (document for _, document in self._opened().articles.documents())

    def contents(self) -> Contents:
        """What the index holds. Raises IndexMissing where nothing has been indexed."""
        manifest = self._opened().manifest
        return Contents(manifest.documents, manifest.passages, dict(manifest.sources), manifest.model, manifest.made_at)

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
        try:
            return self._generation is None or places.current(self.folder) != self._generation.folder
        except IndexMissing:
            return self._generation is not None

    def reload(self) -> None:
        """Go on with the generation in use; searches under way end with the one they began with."""
        with self._lock:
            self._generation = None

    def mend(self, *, progress: ProgressCallback | None = None) -> Report:
        """Make anew what is damaged, or was made with another model, from the texts that the index keeps.

        Compares every file with its checksum first. Raises IndexDamaged where the texts themselves are damaged.
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
            if self._generation is None:
                self._generation = open_current(self.folder, self._store)
            return self._generation

    def _answer(self, query: Query, k: int, audience: Audience | None) -> Answer:
        generation = self._opened()
        if generation.manifest.embedder != self._embedder.fingerprint:
            raise IndexOutdated(
                f"the index in {self.folder} was made with another model ({generation.manifest.model}); "
                "run the index command again to embed its documents with the present one"
            )
        ranking = rank(
            Sources(generation.vectors, generation.lexical, generation.articles, generation.manifest.documents),
            query,
            query.embedded(self._embedder),
            k,
            audience,
        )
        likely = confidence(ranking.nearest)
        hits = generation.articles.hits({place.passage: place.relevance for place in ranking.places})
        return Answer(tuple(hits), likely >= _LIKELY, round(likely, 3))
