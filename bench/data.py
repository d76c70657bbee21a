"""The public data that retrieval is measured on, and what all measurements share."""

import argparse
import gzip
import json
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from statistics import mean
from typing import Any

from knowledge import Document

Row = dict[str, Any]
MODELS = Path(tempfile.gettempdir()) / "secondchair-bench-models"
"""Where the exported model is kept for measurements."""
ROLES = {"U": "customer", "S": "agent"}
_EXAMPLES = 8


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser that knows where data and exported models lie."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("data", nargs="?", type=Path, default=beside, help="a folder with dstc11/ and medquad/")
    parser.add_argument("--models", type=Path, default=MODELS)
    return parser


def parsed(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments; ends with a word on where to get data where there is none."""
    chosen = parser.parse_args()
    if not (chosen.data / "dstc11").is_dir():
        parser.error(f"{chosen.data} does not hold dstc11/ and medquad/; name the folder that does")
    return chosen


def lines(file: Path) -> Iterator[Row]:
    """The rows of a packed .jsonl file."""
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def documents(data: Path, name: str) -> list[Document]:
    """The articles of a set: "medquad" (16,407 health articles) or "dstc11" (10,882 reviews and questions)."""
    return [Document(row["id"], row["title"], row["text"]) for row in lines(data / name / "kb.jsonl.gz")]


def frequent(data: Path, name: str, most: int) -> tuple[list[Document], list[tuple[str, str]]]:
    """An article an intent, of its first eight questions; and intents with other questions, so many at most."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for row in lines(data / "intents" / f"{name}_train.jsonl.gz"):
        if not row["intent"].startswith("oos"):
            by_intent[row["intent"]].append(row["text"])
    articles = [
        Document(intent, intent.replace("_", " ").capitalize(), "\n".join(texts[:_EXAMPLES]))
        for intent, texts in sorted(by_intent.items())
    ]
    rest = [(intent, text) for intent, texts in sorted(by_intent.items()) for text in texts[_EXAMPLES:]]
    return articles, spread(rest, most)


def spread(rows: Sequence[Any], most: int) -> list[Any]:
    """So many at most, from all over."""
    return list(rows[:: max(1, len(rows) // most)][:most])


def talks(data: Path) -> list[Row]:
    """DSTC11's conversations whose last turn asks for something that an article holds."""
    rows = lines(data / "dstc11" / "contexts.jsonl.gz")
    return [row for row in rows if row["seeks_knowledge"] and row["relevant"]]


def gain(ids: Sequence[str], gold: Set[str]) -> float:
    """nDCG@10 of what was found, best first, where all that is relevant is equally so."""
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(gold))))
    return sum(1 / math.log2(place + 2) for place, name in enumerate(ids[:10]) if name in gold) / ideal


def judged(found: Iterable[tuple[list[str], list[str]]]) -> dict[str, float]:
    """hit@5, hit@10 and nDCG@10 of pairs of what was found, best first, and what is relevant."""
    at5, at10, gains = [], [], []
    for ids, relevant in found:
        gold = set(relevant)
        at5.append(bool(gold & set(ids[:5])))
        at10.append(bool(gold & set(ids[:10])))
        gains.append(gain(ids, gold))
    return {"hit@5": round(mean(at5), 3), "hit@10": round(mean(at10), 3), "nDCG@10": round(mean(gains), 3)}


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
    """One line of a table."""
    print(f"{name:58}", *(f"{value:10.2f}" for value in values), flush=True)
