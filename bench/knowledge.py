"""Speed, memory and quality of the retrieval engine, beside plain sentence-transformers in the same run.

    python -m bench.knowledge [DATA] [--documents N] [--passages N]

DATA is a folder with dstc11/ and medquad/ (default ../shared/data). Prints a table; times are milliseconds unless they
say otherwise. Figures depend on the machine and on what else it does: compare within one run.
"""

import argparse
import gzip
import json
import math
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from knowledge import Document, KnowledgeIndex, open_embedder
from knowledge.embedding.weights import find_weights

Row = dict[str, Any]
ROLES = {"U": "customer", "S": "agent"}


def main() -> None:
    """Run every part and print as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--documents", type=int, default=2000, help="of MedQuAD, for the index")
    parser.add_argument("--passages", type=int, default=400, help="for the bulk speed")
    parser.add_argument("--models", type=Path, default=Path(tempfile.gettempdir()) / "secondchair-bench-models")
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data} is not a folder; name one with dstc11/ and medquad/")
    before = resident()
    embedder = open_embedder(chosen.models)
    show("embedder resident MB", resident() - before)
    with tempfile.TemporaryDirectory() as folder:
        index_speed(KnowledgeIndex(Path(folder) / "medquad", embedder), chosen.data, chosen.documents)
        ours = quality(KnowledgeIndex(Path(folder) / "dstc11", embedder), chosen.data)
    embedding_speed(embedder.encode, chosen.data, chosen.passages)
    print(f"for comparison, plain semantic search: {plain_quality(chosen.data)}\nthis engine: {ours}")


def index_speed(index: KnowledgeIndex, data: Path, count: int) -> None:
    """Index, change one document, open and search."""
    documents = medquad(data)[:count]
    show(f"index {len(documents)} documents, s", timed(lambda: index.update(documents, source="medquad")) / 1000)
    contents = index.contents()
    show("passages", contents.passages)
    changed = [replace(documents[0], text=documents[0].text + " Ask your doctor."), *documents[1:]]
    show("update one changed document, s", timed(lambda: index.update(changed, source="medquad")) / 1000)
    show("look for changes, none there, s", timed(lambda: index.update(changed, source="medquad")) / 1000)
    index.search("warm up")

    def reopen() -> None:
        index.reload()
        index.contents()

    show("open", timed(reopen))
    before = resident()
    questions = [f"{document.title} and what can be done about it" for document in documents[:200]]
    times = [timed(lambda question=question: index.search(question, 10)) for question in questions]  # type: ignore[misc]
    show("search, embedding included, p50", float(np.percentile(times, 50)))
    show("search, embedding included, p95", float(np.percentile(times, 95)))
    again = [timed(lambda question=question: index.search(question, 10)) for question in questions]  # type: ignore[misc]
    show("search, question embedded before, p50", float(np.percentile(again, 50)))
    show("search, resident growth MB", resident() - before)


def embedding_speed(encode: Callable[[Sequence[str]], Any], data: Path, count: int) -> None:
    """One question at a time, and passages in bulk, beside sentence-transformers with its defaults."""
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(find_weights().folder), device="cpu", local_files_only=True)
    questions = [row["query"][-120:] for row in lines(data / "dstc11" / "queries.jsonl.gz")][:150]
    passages = [document.text[:600] for document in medquad(data)[::20]][:count]
    figures: dict[str, tuple[float, float, float]] = {}
    runs: dict[str, Callable[[Sequence[str]], Any]] = {"this engine": encode, "sentence-transformers": plain.encode}
    for name, run in runs.items():
        run(["warm up"])
        times = [timed(lambda text=text: run([text])) for text in questions]  # type: ignore[misc] # noqa: B023
        bulk = len(passages) / timed(lambda: run(passages)) * 1000  # noqa: B023
        figures[name] = (float(np.percentile(times, 50)), float(np.percentile(times, 95)), bulk)
        show(f"{name}: one question p50 / p95, passages a second", *figures[name])
    ours, theirs = figures.values()
    show("times faster: one question, bulk", theirs[0] / ours[0], ours[2] / theirs[2])


def quality(index: KnowledgeIndex, data: Path) -> dict[str, str]:
    """hit@5, hit@10 and nDCG@10 on DSTC11's questions and whole conversations."""
    index.update(dstc11(data), source="dstc11")
    questions = list(lines(data / "dstc11" / "queries.jsonl.gz"))
    talks = [row for row in lines(data / "dstc11" / "contexts.jsonl.gz") if row["seeks_knowledge"] and row["relevant"]]

    def whole(row: Row) -> list[str]:
        talk = [{"role": ROLES[turn["speaker"]], "text": turn["text"]} for turn in row["turns"]]
        return [hit.document for hit in index.search_conversation(talk, 10).hits]

    return {
        "three turns as one text": judged(
            questions, lambda row: [hit.document for hit in index.search(row["query"], 10).hits]
        ),
        "whole conversations": judged(talks, whole),
    }


def plain_quality(data: Path) -> dict[str, str]:
    """The same with sentence-transformers' own semantic search over title and text."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.util import semantic_search

    plain = SentenceTransformer(str(find_weights().folder), device="cpu", local_files_only=True)
    documents = dstc11(data)
    texts = [f"{document.title}\n{document.text}" for document in documents]
    corpus = plain.encode(texts, convert_to_tensor=True, show_progress_bar=False)
    figures: dict[str, str] = {}
    for name, file, text in (
        ("three turns as one text", "queries.jsonl.gz", lambda row: row["query"]),
        ("whole conversations", "contexts.jsonl.gz", lambda row: " ".join(turn["text"] for turn in row["turns"])),
    ):
        rows = [row for row in lines(data / "dstc11" / file) if row["relevant"] and row.get("seeks_knowledge", True)]
        vectors = plain.encode([text(row) for row in rows], convert_to_tensor=True, show_progress_bar=False)
        found = semantic_search(vectors, corpus, top_k=10)
        ids = {id(row): [documents[hit["corpus_id"]].id for hit in hits] for row, hits in zip(rows, found, strict=True)}
        figures[name] = judged(rows, lambda row: ids[id(row)])  # noqa: B023 - used before the next round
    return figures


def judged(rows: Iterable[Row], search: Callable[[Row], list[str]]) -> str:
    """hit@5, hit@10 and nDCG@10 of what a search finds, against each row's `relevant`."""
    at5, at10, gains = [], [], []
    for row in rows:
        gold, found = set(row["relevant"]), search(row)
        at5.append(bool(gold & set(found[:5])))
        at10.append(bool(gold & set(found[:10])))
        ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(gold))))
        gains.append(sum(1 / math.log2(place + 2) for place, name in enumerate(found[:10]) if name in gold) / ideal)
    return f"hit@5 {mean(at5):.3f}, hit@10 {mean(at10):.3f}, nDCG@10 {mean(gains):.3f}"


def lines(file: Path) -> Iterable[Row]:
    """The rows of a packed .jsonl file."""
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def medquad(data: Path) -> list[Document]:
    """Health articles, for scale."""
    return [Document(row["id"], row["title"], row["text"]) for row in lines(data / "medquad" / "kb.jsonl.gz")]


def dstc11(data: Path) -> list[Document]:
    """Reviews and frequent questions of hotels and restaurants."""
    return [Document(row["id"], row["title"], row["text"]) for row in lines(data / "dstc11" / "kb.jsonl.gz")]


def timed(run: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def resident() -> float:
    """Resident memory of this process in MB; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1024**2


def show(name: str, *values: float) -> None:
    """One line of the table."""
    print(f"{name:58}", *(f"{value:10.2f}" for value in values), flush=True)


if __name__ == "__main__":
    main()
