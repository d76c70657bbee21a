"""A generation in the making: what changes is written, the rest is shared with the generation before it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from knowledge.document import Document, Passage
from knowledge.embedding.port import Matrix
from knowledge.index import manifest as manifests
from knowledge.index.articles import Known
from knowledge.index.articles_writer import ArticlesWriter
from knowledge.index.manifest import Manifest
from knowledge.lexical import Entry, TantivyWriter
from knowledge.splitter import embedded_text
from knowledge.vectors import VectorStore


class Draft:
    """Changes to articles, vectors and words together, in a folder that nobody reads yet."""

    def __init__(
        self,
        folder: Path,
        dimensions: int,
        store: VectorStore,
        earlier: tuple[Path, Manifest] | None,
        *,
        without_words: bool = False,
    ) -> None:
        """Begin with nothing, or with what an earlier generation holds; its words are made anew where asked."""
        before = earlier[0] if earlier else None
        numbers = (earlier[1].next_document, earlier[1].next_passage) if earlier else (0, 0)
        self._articles = ArticlesWriter(
            folder / manifests.ARTICLES, before / manifests.ARTICLES if before else None, *numbers
        )
        self._vectors = store.writer(
            folder / manifests.VECTORS, dimensions, before / manifests.VECTORS if before else None
        )
        words = before / manifests.LEXICAL if before and not without_words else None
        self._lexical = TantivyWriter(folder / manifests.LEXICAL, words)
        if without_words:
            self._lexical.put(self._articles.earlier_entries())

    def known(self) -> dict[str, Known]:
        """Every document, by id."""
        return self._articles.known()

    def remove(self, document: int) -> None:
        """Take a document out, with its passages."""
        self._vectors.remove(np.asarray(self._articles.remove(document), np.int64))
        self._lexical.remove([document])

    def put(
        self, document: Document, passages: Sequence[Passage], source: str, instead_of: int | None = None
    ) -> list[int]:
        """Add a document, also in the place of one; returns the numbers of passages that have no vector yet.

        Passages that read as they did before keep their vectors.
        """
        vectors = self._vectors_of(instead_of) if instead_of is not None else {}
        if instead_of is not None:
            self.remove(instead_of)
        named, numbers = self._articles.put(document, passages, source)
        self._lexical.put(
            Entry(number, named, document.title, passage.headings, passage.text)
            for number, passage in zip(numbers, passages, strict=True)
        )
        waiting: list[int] = []
        for number, passage in zip(numbers, passages, strict=True):
            vector = vectors.get(embedded_text(document.title, passage.headings, passage.text))
            if vector is None:
                waiting.append(number)
            else:
                self._vectors.put(np.asarray([number]), vector[None])
        return waiting

    def texts(self, passages: list[int]) -> list[str]:
        """What is embedded of new passages, in the order of their numbers given."""
        return [embedded_text(*told) for told in self._articles.texts(passages)]

    def put_vectors(self, passages: Iterable[int], vectors: Matrix) -> None:
        """Set the vectors of passages."""
        self._vectors.put(np.asarray(list(passages), np.int64), vectors)

    def finish(self) -> tuple[dict[str, int], int, tuple[int, int]]:
        """Write everything; returns the documents of each source, all passages, and the numbers not given yet."""
        sources, passages = self._articles.finish()
        self._vectors.finish()
        self._lexical.close()
        return sources, passages, (self._articles.next_document, self._articles.next_passage)

    def discard(self) -> None:
        """Give the files back, whatever state they are in."""
        self._articles.discard()
        self._vectors.discard()
        self._lexical.discard()

    def _vectors_of(self, document: int) -> dict[str, Matrix]:
        """The vectors of an earlier document's passages, by what was embedded."""
        listed = self._articles.passages_of(document)
        rows = self._vectors.get(np.asarray([number for number, *_ in listed], np.int64))
        return {
            embedded_text(title, headings, text): row
            for (_, title, headings, text), row in zip(listed, rows, strict=True)
        }
