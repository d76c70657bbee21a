"""Cross-validated figures of the head that a company's own examples are fitted to. There are no weights to ship."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from bench.figures import Figure
from console.assist.ports import Embed
from console.assist.routing import Router
from console.assist.talk import Talk
from console.content.behaviours import Behaviour, Stakes
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer
from tools.heads.material import rows

FOLDS: Final = 5
OUT_OF_SCOPE: Final = "oos"

Example = tuple[str, str]
"""A request and its intent."""


def figures(data: Path, embed: Embed, folds: int = FOLDS) -> Iterator[Figure]:
    """Yield how many requests the router finds the intent of, and how often it says that it does not know.

    Banking77's rows are split ``folds`` times at random; CLINC150 as its authors split it, training from validation.
    """
    banking = [(row["text"], row["intent"]) for row in rows(data / "intents" / "banking77_train.jsonl.gz")]
    random.Random(7).shuffle(banking)
    right, seconds = [], []
    for fold in range(folds):
        test = banking[fold::FOLDS]
        known = [example for at, example in enumerate(banking) if at % FOLDS != fold]
        begun = perf_counter()
        router = _router(known, embed)
        seconds.append(perf_counter() - begun)
        right += [_intent(router, text) == intent for text, intent in test]
    yield Figure("intent, Banking77: accuracy, refusals count as wrong", float(np.mean(right)), 0.92)
    clinc = list(rows(data / "intents" / "clinc150_train.jsonl.gz"))
    inside = [row for row in clinc if row["intent"] != OUT_OF_SCOPE]
    begun = perf_counter()
    router = _router([(row["text"], row["intent"]) for row in inside if row["split"] == "train"], embed)
    seconds.append(perf_counter() - begun)
    tested = [row for row in inside if row["split"] == "val"]
    found = float(np.mean([_intent(router, row["text"]) == row["intent"] for row in tested]))
    yield Figure("intent, CLINC150: accuracy in scope, refusals count as wrong", found, 0.93)
    outside = [row["text"] for row in clinc if row["intent"] == OUT_OF_SCOPE]
    unknown = float(np.mean([not _intent(router, text) for text in outside]))
    yield Figure("intent, CLINC150: out of scope recognised", unknown, 0.60)
    yield Figure("intent, a head fitted with all its vectors there, slowest", max(seconds), unit=" s")


def _router(examples: Sequence[Example], embed: Embed) -> Router:
    of_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in examples:
        of_intent[intent].append(text)
    return Router(
        [Behaviour(name, name, Layer.ASSISTED, 1, Stakes.LOW, examples=tuple(of_intent[name])) for name in of_intent],
        embed,
    )


def _intent(router: Router, text: str) -> str:
    return router.route(Talk("c", Customer("u", "", ""), (Message("m1", Author.CUSTOMER, text),))).intent
