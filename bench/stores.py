"""The two stores of vectors, in files and in PostgreSQL: what so many vectors cost to write, open, search and change.

    python -m bench.stores [DATA] [--vectors 100000] [--dsn postgresql://…] [--only files|postgresql]

Real passages (MedQuAD) are embedded once, and repeated with their vectors turned by noise until there are enough.
They stand in bundles about the real ones, which makes the true nearest harder to find than among real passages.
Questions are single sentences out of the articles, as they are. Without --dsn a PostgreSQL is started for it, with what
a server would have: 4 GB of shared buffers, everything else as it comes, writes waiting for the disk.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from bench.knowledge import medquad, resident, show, timed
from knowledge import open_embedder
from knowledge.embedding.port import Matrix
from knowledge.vectors import FileStore, Vectors, VectorStore
from knowledge.vectors.port import Numbers

NOISE = 0.6
"""Length of the noise beside a vector of length 1: a passage and its double have a cosine of 0.86."""

QUESTIONS, WIDE, NARROW = 300, 256, 10
"""Questions asked, and how many passages each asks for: the ranking's number, and the one of recall@10."""

WORDS = 6
"""Of a sentence that asks for something, at least."""

CHUNK = 8192
UPDATES = 5
"""Updates of one document: three vectors out, three in."""


def main() -> None:
    """Measure both stores, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.stores", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--vectors", type=int, default=100_000)
    parser.add_argument("--dsn", help="a database to measure in; what is written there stays")
    parser.add_argument("--only", choices=["files", "postgresql"])
    parser.add_argument("--kept", type=Path, help="file to keep what is embedded in (.npz)")
    parser.add_argument("--models", type=Path, default=Path(tempfile.gettempdir()) / "secondchair-bench-models")
    chosen = parser.parse_args()
    real, questions = embedded(chosen.data, chosen.models, chosen.kept)
    vectors = turned(real, chosen.vectors, NOISE, seed=1)
    true = nearest(vectors, questions)
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "postgresql":
            measure("files", FileStore(), Path(folder), vectors, questions, true)
            show("files: on disk, MB", sum(f.stat().st_size for f in newest(Path(folder)).iterdir()) / 1e6)
    with tempfile.TemporaryDirectory() as folder, database(chosen.dsn if chosen.only != "files" else "") as dsn:
        if dsn:
            from knowledge.vectors.postgres import PostgresStore

            measure("postgresql", PostgresStore(dsn, "bench"), Path(folder), vectors, questions, true)
            show("postgresql: on disk, table and index, MB", *sizes(dsn))


def measure(name: str, store: VectorStore, folder: Path, vectors: Matrix, questions: Matrix, true: Numbers) -> None:
    """Write, open, search, change, and print what each takes."""
    count, dimensions = vectors.shape
    first = folder / "0"
    writer = store.writer(first, dimensions, None)
    began = time.perf_counter()
    for at in range(0, count, CHUNK):
        writer.put(np.arange(at, min(at + CHUNK, count)), vectors[at : at + CHUNK])
    put = time.perf_counter() - began
    writer.finish()
    show(f"{name}: {count} vectors put, finished (index included), s", put, time.perf_counter() - began - put)
    before = resident()
    show(f"{name}: open, ms", timed(lambda: store.open(first, dimensions)))
    reader = store.open(first, dimensions)
    reader.search(questions[:20], WIDE)
    for k in (WIDE, NARROW):
        times, found = zip(*(asked(reader, question, k) for question in questions), strict=True)
        show(f"{name}: the {k} nearest, p50 and p95, ms", *np.percentile(times, (50, 95)).tolist())
        hits = sum(len(np.intersect1d(one[:NARROW], of)) for one, of in zip(found, true, strict=True))
        show(f"{name}: recall@10 when {k} are asked for, %", 100 * hits / true.size)
    show(f"{name}: resident growth of the client, MB", resident() - before)
    show(f"{name}: one document changed, p50, s", float(np.median(list(changes(store, folder, dimensions, count)))))


def asked(reader: Vectors, question: Matrix, k: int) -> tuple[float, Numbers]:
    """Milliseconds that a question takes, and what is found."""
    began = time.perf_counter()
    _, numbers = reader.search(question[None], k)
    return (time.perf_counter() - began) * 1000, numbers[0]


def changes(store: VectorStore, folder: Path, dimensions: int, count: int) -> Iterator[float]:
    """Seconds that each update of one document takes, from the opening to the commit."""
    fresh = turned(np.eye(dimensions, dtype=np.float32), 3 * UPDATES, NOISE, seed=3)
    for number in range(UPDATES):
        began = time.perf_counter()
        writer = store.writer(folder / f"{number + 1}", dimensions, folder / f"{number}")
        writer.remove(np.arange(3 * number, 3 * number + 3))
        at = count + 3 * number
        writer.put(np.arange(at, at + 3), fresh[3 * number : 3 * number + 3])
        writer.finish()
        yield time.perf_counter() - began


def embedded(data: Path, models: Path, kept: Path | None) -> tuple[Matrix, Matrix]:
    """Vectors of real passages, and of questions."""
    if kept and kept.exists():
        with np.load(kept) as file:
            return file["passages"], file["questions"]
    if not data.is_dir():
        raise SystemExit(f"{data} is not a folder; name one with medquad/")
    encode, documents = open_embedder(models).encode, medquad(data)
    passages = encode([f"{each.title}\n{each.text[:800]}" for each in documents])
    questions = encode([sentence(each.text) for each in documents[:: len(documents) // QUESTIONS]][:QUESTIONS])
    if kept:
        np.savez(kept, passages=passages, questions=questions)
    return passages, questions


def sentence(text: str) -> str:
    """One from the middle of a text."""
    sentences = [part for part in text.split(". ") if len(part.split()) >= WORDS] or [text[:200]]
    return sentences[len(sentences) // 2]


def turned(real: Matrix, count: int, noise: float, *, seed: int) -> Matrix:
    """So many unit rows: the real ones again and again, each with noise of its own."""
    chosen = np.random.default_rng(seed)
    rows = np.empty((count, real.shape[1]), np.float32)
    for at in range(0, count, CHUNK):
        some = real[np.arange(at, min(at + CHUNK, count)) % len(real)]
        added = chosen.standard_normal(some.shape, np.float32)
        some = some + noise * added / np.linalg.norm(added, axis=1, keepdims=True)
        rows[at : at + len(some)] = some / np.linalg.norm(some, axis=1, keepdims=True)
    return rows


def nearest(vectors: Matrix, questions: Matrix) -> Numbers:
    """The true ten nearest."""
    import faiss

    return np.asarray(faiss.knn(questions, vectors, NARROW, metric=faiss.METRIC_INNER_PRODUCT)[1], np.int64)


@contextmanager
def database(dsn: str | None) -> Iterator[str]:
    """The database named, one of our own where none is, or none where the name is empty."""
    if dsn is not None:
        yield dsn
        return
    from tests.postgres import Server

    server = Server(shared_buffers="4GB")
    server.start()
    try:
        yield server.dsn
    finally:
        server.remove()


def sizes(dsn: str) -> tuple[float, float]:
    """Megabytes of the tables of vectors and of their indexes."""
    import psycopg

    query = (
        "select sum(pg_table_size(c.oid)) / 1e6, sum(pg_indexes_size(c.oid)) / 1e6 from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'knowledge' and c.relkind = 'r'"
    )
    with psycopg.connect(dsn) as connection:
        table, index = connection.execute(query).fetchone() or (0, 0)
    return float(table), float(index)


def newest(folder: Path) -> Path:
    """The folder of the last state."""
    return max(folder.iterdir(), key=lambda path: int(path.name))


if __name__ == "__main__":
    main()
