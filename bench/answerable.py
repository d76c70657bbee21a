"""How well `answerable` tells questions that have an answer from those that have none, on the engine as it is.

    python -m bench.answerable [DATA]

Questions with an answer: DSTC11 (last three turns; whole conversations), titles of MedQuAD in other words, Banking77
and CLINC150 as lists of frequent questions. Questions without: CLINC150's out of scope; in conversations they stand in
the place of the last message. The curve was fitted on these sets, so this measures the engine, not its transfer.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.data import ROLES, arguments, documents, frequent, lines, parsed, show, talks
from knowledge import Answer, Document, KnowledgeIndex, open_embedder

ASKED = 300

Ask = Callable[[KnowledgeIndex, object], Answer]


def main() -> None:
    """One line a set: AUC, share of either kind told rightly, and calibration error."""
    chosen = parsed(arguments(__doc__))
    strangers = [row["text"] for row in lines(chosen.data / "intents" / "clinc150_train.jsonl.gz") if _out(row)]
    model = open_embedder(chosen.models)
    print(f"{'':32} {'AUC':>6} {'kept':>6} {'refused':>8} {'error':>6}")
    for name, articles, own, others, ask in sets(chosen.data, strangers):
        with tempfile.TemporaryDirectory() as folder:
            index = KnowledgeIndex(Path(folder), model)
            index.update(articles, source="bench")
            held, not_held = (np.asarray([ask(index, one).confidence for one in some]) for some in (own, others))
        print(f"{name:32}", *(f"{figure:7.3f}" for figure in figures(held, not_held)), flush=True)
    show("questions with an answer, and without, a set", ASKED, len(strangers))


Set = tuple[str, Sequence[Document], Sequence[object], Sequence[object], Ask]


def sets(data: Path, strangers: Sequence[str]) -> list[Set]:
    """Name, articles, questions with and without an answer, and how they are asked."""
    snippets = documents(data, "dstc11")
    turns = [row["query"] for row in lines(data / "dstc11" / "queries.jsonl.gz")][:: 1082 // ASKED][:ASKED]
    spoken = [
        [{"role": ROLES[turn["speaker"]], "text": turn["text"]} for turn in row["turns"]]
        for row in talks(data)[:: 1082 // ASKED][:ASKED]
    ]
    strange = [[*talk[:-1], {"role": "customer", "text": text}] for talk, text in zip(spoken, strangers, strict=False)]
    health = documents(data, "medquad")[::4]
    titles = [f"what can be done about {article.title}?" for article in health[:: len(health) // ASKED][:ASKED]]
    made: list[Set] = [
        ("DSTC11, last three turns", snippets, turns, strangers, _search),
        ("DSTC11, conversations", snippets, spoken, strange, _converse),
        ("MedQuAD, titles", health, titles, strangers, _search),
    ]
    for name in ("banking77", "clinc150"):
        articles, asked = frequent(data, name, ASKED)
        made.append((f"{name}, frequent questions", articles, [text for _, text in asked], strangers, _search))
    return made


def figures(held: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """AUC, share of the answered that are kept, of the others that are refused, and calibration error in ten bins.

    Both kinds count alike in the calibration error, however many there are of each.
    """
    wins = (held[:, None] > others[None]).mean() + (held[:, None] == others[None]).mean() / 2
    told = np.concatenate([held, others])
    true = np.concatenate([np.ones(len(held)), np.zeros(len(others))])
    weight = np.where(true == 1, 0.5 / len(held), 0.5 / len(others))
    bins = np.minimum((told * 10).astype(int), 9)
    error = sum(abs((weight * (told - true))[bins == one].sum()) for one in range(10))
    return float(wins), float((held >= 0.5).mean()), float((others < 0.5).mean()), float(error)


def _out(row: dict[str, str]) -> bool:
    return row["intent"].startswith("oos")


def _search(index: KnowledgeIndex, question: object) -> Answer:
    return index.search(str(question), 1)


def _converse(index: KnowledgeIndex, talk: object) -> Answer:
    return index.search_conversation(talk, 1)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
