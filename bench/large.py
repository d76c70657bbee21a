"""A large knowledge base: what it takes to make, open, search and update, and what the approximate search misses.

    python -m bench.large [DATA] [--passages 200000] [--folder FOLDER]

Real articles (MedQuAD) are embedded once; then each passage is repeated with its words in another order and its vector
turned by some noise, until there are enough. Lengths, words and their frequencies are real; the order of words is not,
and vectors stand in bundles about the real ones, which makes it harder, not easier, to find the true nearest.
Searching is measured in a process of its own, so that its memory is its own.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench.data import arguments, documents, lines, parsed, resident, show, timed
from knowledge import Document, KnowledgeIndex, open_embedder
from knowledge.embedding.port import Embedder, Matrix
from knowledge.splitter import split
from knowledge.vectors import FileVectors

NOISE = 0.6
"""Length of the noise beside a vector of length 1: a passage and its double have a cosine of 0.86."""

QUESTIONS = 500


class Turned:
    """Gives a repeated passage the vector of the real one, turned by noise; the model embeds everything else."""

    runtime = "bench"

    def __init__(self, model: Embedder, base: Matrix) -> None:
        self._model, self._base = model, base
        self._noise = np.random.default_rng(1)
        self.name, self.fingerprint = model.name, model.fingerprint
        self.dimensions, self.max_tokens = model.dimensions, model.max_tokens

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Repeated passages say in their first line which they repeat."""
        marks = [text.partition("\n")[0].rpartition(" #")[2].partition(".")[0] for text in texts]
        if not all(mark.isdigit() for mark in marks):
            return self._model.encode(texts)
        rows = self._base[[int(mark) for mark in marks]]
        noise = self._noise.standard_normal(rows.shape, np.float32)
        turned = rows + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)

    def word_pieces(self, text: str) -> Sequence[int]:
        """A passage stays one passage."""
        return range(0, len(text), 100)


def main() -> None:
    """Make the index where there is none yet, then measure."""
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, help="kept, to measure again without making it again")
    parser.add_argument("--search", action="store_true", help="only search what is there")
    chosen = parsed(parser)
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="secondchair-large-"))
    model = open_embedder(chosen.models)
    if chosen.search:
        search(folder / "index", model, chosen.data)
        return
    texts, vectors = passages(folder, model, chosen.data)
    index = KnowledgeIndex(folder / "index", Turned(model, vectors))
    if not (folder / "index" / "CURRENT").exists():
        show(f"index {chosen.passages} passages, embedding left out, s", make(index, texts, chosen.passages))
        show("resident MB while it was made", resident())
        size = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
        show("size on disk, MB", size / 1024**2)
    command = [sys.executable, "-m", "bench.large", str(chosen.data), "--folder", str(folder), "--search"]
    subprocess.run([*command, "--models", str(chosen.models)], check=True)
    update(index, texts)


def passages(folder: Path, model: Embedder, data: Path) -> tuple[list[tuple[str, str]], Matrix]:
    """Title and text of every real passage, and their vectors; embedded once and kept in the folder."""
    real = [
        (d.title, p.text) for d in documents(data, "medquad") for p in split(d, model.word_pieces, model.max_tokens - 2)
    ]
    kept = folder / "real.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, model.encode([f"{title}\n{text}" for title, text in real]))
    return real, np.load(kept)


def make(index: KnowledgeIndex, texts: Sequence[tuple[str, str]], count: int) -> float:
    """Seconds that an index of so many passages takes."""
    return timed(lambda: index.update(repeated(texts, count), source="large")) / 1000


def repeated(texts: Sequence[tuple[str, str]], count: int) -> Iterator[Document]:
    """A document for each passage, again and again, its words in another order."""
    order = random.Random(2)
    for number in range(count):
        title, text = texts[number % len(texts)]
        words = text.split()
        if number >= len(texts):
            order.shuffle(words)
        yield Document(f"d{number}", f"{title} #{number % len(texts)}.{number // len(texts)}", " ".join(words))


def search(folder: Path, model: Embedder, data: Path) -> None:
    """Open, and ask real questions one after the other."""
    asked = list(questions(data))[: QUESTIONS + 20]
    model.encode(["warm up"])
    before = resident()
    index = KnowledgeIndex(folder, model)
    show("open, ms", timed(index.contents))
    for question in asked[:20]:
        index.search(question, 10)
    times = [timed(lambda question=question: index.search(question, 10)) for question in asked[20:]]  # type: ignore[misc]
    show("search, everything included, p50 and p95, ms", *np.percentile(times, (50, 95)).tolist())
    alone = [timed(lambda q=f"{question} please": model.encode([q])) for question in asked[20:]]  # type: ignore[misc]
    show("of it embedding, p50 and p95, ms", *np.percentile(alone, (50, 95)).tolist())
    show("resident growth, MB", resident() - before)
    for what, some in (("another field", asked[:400:2]), ("the field", asked[1:400:2])):
        print(json.dumps({f"recall@10, questions of {what}": recall(folder, model.encode(some))}), flush=True)


def recall(folder: Path, queries: Matrix) -> float:
    """Share of the true ten nearest vectors that come first among as many as ranking asks for."""
    import faiss

    vectors = FileVectors(next(folder.glob("generations/*/vectors")), queries.shape[1])
    _, found = vectors.search(queries, 128)
    scores, numbers = [], []
    for segment in vectors.segments:
        exact, rows = faiss.knn(queries, segment.rows, 10, metric=faiss.METRIC_INNER_PRODUCT)
        scores.append(exact)
        numbers.append(segment.numbers[rows])
    order = np.argsort(-np.hstack(scores), axis=1)[:, :10]
    true = np.take_along_axis(np.hstack(numbers), order, axis=1)
    return sum(len(np.intersect1d(*pair)) for pair in zip(true, found[:, :10], strict=True)) / true.size


def update(index: KnowledgeIndex, texts: Sequence[tuple[str, str]]) -> None:
    """One document more, of a source of its own, as a site's page that changes."""
    for number in range(3):
        document = Document("page", "A page #7.0", f"{texts[7][1]} Changed {number} times.")
        show("one document changed, s", timed(lambda: index.update([document], source="site")) / 1000)  # noqa: B023


def questions(data: Path) -> Iterator[str]:
    """The last sentences of customers, who ask about hotels and restaurants, and health questions, in turn."""
    health = [document.title for document in documents(data, "medquad")[::30]]
    for row, title in zip(lines(data / "dstc11" / "queries.jsonl.gz"), health, strict=False):
        yield str(row["query"])[-150:]
        yield f"what can be done about {title}?"


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"{time.monotonic() - began:.0f} s")
