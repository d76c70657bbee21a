"""What a team would pick otherwise, behind one interface: each makes an index of documents and finds their ids.

Every engine gets the same texts (title and article) and the same model's weights, and is used as its documentation
shows first.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from knowledge import Document
from knowledge.embedding.weights import find_weights

Talk = Sequence[dict[str, str]]


class Engine(Protocol):
    """A retrieval engine."""

    def make(self, documents: Sequence[Document]) -> None:
        """Index documents, in a folder or in memory."""
        ...

    def open(self) -> None:
        """Open what was made, as a program that starts would."""
        ...

    def change(self, documents: Sequence[Document]) -> None:
        """Bring the index up to date with documents of which the first has changed."""
        ...

    def search(self, query: str, k: int) -> list[str]:
        """Ids, best first."""
        ...

    def converse(self, talk: Talk, k: int) -> list[str]:
        """Ids for what is asked at the end of a conversation."""
        ...


def _text(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _joined(talk: Talk) -> str:
    return " ".join(message["text"] for message in talk)


class SecondChair:
    """The engine of this project."""

    def __init__(self, folder: Path, models: Path) -> None:
        from knowledge import KnowledgeIndex, open_embedder

        self._index = KnowledgeIndex(folder, open_embedder(models))

    def make(self, documents: Sequence[Document]) -> None:
        self._index.update(documents, source="bench")

    def open(self) -> None:
        self._index.reload()
        self._index.contents()

    def change(self, documents: Sequence[Document]) -> None:
        self._index.update(documents, source="bench")

    def search(self, query: str, k: int) -> list[str]:
        return [hit.document for hit in self._index.search(query, k).hits]

    def converse(self, talk: Talk, k: int) -> list[str]:
        return [hit.document for hit in self._index.search_conversation(talk, k).hits]


class SemanticSearch:
    """sentence-transformers with its defaults, and its `semantic_search`."""

    def __init__(self, folder: Path, models: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._file = folder / "vectors.npy"
        self._model: Any = SentenceTransformer(str(find_weights().folder), device="cpu", local_files_only=True)

    def make(self, documents: Sequence[Document]) -> None:
        import numpy as np

        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._ids = [document.id for document in documents]
        np.save(self._file, self._model.encode([_text(d) for d in documents], show_progress_bar=False))

    def open(self) -> None:
        import numpy as np
        import torch

        self._corpus = torch.from_numpy(np.load(self._file))

    def change(self, documents: Sequence[Document]) -> None:
        import numpy as np

        rows = np.load(self._file)
        rows[0] = self._model.encode([_text(documents[0])], show_progress_bar=False)[0]
        np.save(self._file, rows)
        self.open()

    def search(self, query: str, k: int) -> list[str]:
        from sentence_transformers.util import semantic_search

        vector = self._model.encode([query], convert_to_tensor=True, show_progress_bar=False)
        return [self._ids[hit["corpus_id"]] for hit in semantic_search(vector, self._corpus, top_k=k)[0]]

    def converse(self, talk: Talk, k: int) -> list[str]:
        return self.search(_joined(talk), k)


class Bm25s:
    """bm25s with its defaults and English stop words."""

    def __init__(self, folder: Path, models: Path) -> None:
        self._folder = folder

    def make(self, documents: Sequence[Document]) -> None:
        import bm25s

        self._ids = [document.id for document in documents]
        self._retriever: Any = bm25s.BM25()
        tokens = bm25s.tokenize([_text(d) for d in documents], stopwords="en", show_progress=False)
        self._retriever.index(tokens, show_progress=False)
        self._retriever.save(str(self._folder))

    def open(self) -> None:
        import bm25s

        self._retriever = bm25s.BM25.load(str(self._folder), mmap=True)

    def change(self, documents: Sequence[Document]) -> None:
        self.make(documents)

    def search(self, query: str, k: int) -> list[str]:
        import bm25s

        tokens = bm25s.tokenize(query, stopwords="en", show_progress=False)
        found, _ = self._retriever.retrieve(tokens, k=k, show_progress=False)
        return [self._ids[int(row)] for row in found[0]]

    def converse(self, talk: Talk, k: int) -> list[str]:
        return self.search(_joined(talk), k)


class Txtai:
    """txtai with dense and sparse search together (`hybrid`), its contents in SQLite."""

    def __init__(self, folder: Path, models: Path) -> None:
        from txtai import Embeddings

        self._folder = folder
        self._embeddings: Any = Embeddings(path=str(find_weights().folder), hybrid=True, content=True, gpu=False)

    def make(self, documents: Sequence[Document]) -> None:
        self._embeddings.index((document.id, _text(document), None) for document in documents)
        self._embeddings.save(str(self._folder))

    def open(self) -> None:
        self._embeddings.load(str(self._folder))

    def change(self, documents: Sequence[Document]) -> None:
        self._embeddings.upsert([(documents[0].id, _text(documents[0]), None)])
        self._embeddings.save(str(self._folder))

    def search(self, query: str, k: int) -> list[str]:
        return [found["id"] for found in self._embeddings.search(query, k)]

    def converse(self, talk: Talk, k: int) -> list[str]:
        return self.search(_joined(talk), k)


ENGINES: dict[str, type[Engine]] = {
    "Second Chair": SecondChair,
    "semantic_search": SemanticSearch,
    "bm25s": Bm25s,
    "txtai hybrid": Txtai,
}

NEEDS = {"bm25s": "bm25s", "txtai hybrid": "txtai"}
"""The module that has to be installed."""


def changed(documents: Sequence[Document]) -> list[Document]:
    """The documents, of which the first says one thing more."""
    return [replace(documents[0], text=f"{documents[0].text} Ask your doctor about it."), *documents[1:]]
