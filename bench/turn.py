"""How long a whole update of the panels takes in a conversation of 40 messages, beside one plain embedding of a query.

    python -m bench.turn

The demo company's content, articles and past conversations; every customer's message is seen for the first time. The
conversation is played several times, with other numbers and words in it, so that nothing is known from the time before.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench.data import timed
from bench.figures import Figure, show
from console.assist.engine import Engine
from console.assist.ports import Vectors
from console.assist.talk import Talk
from console.content.conversations import read_conversations
from console.content.customers import load_customers
from console.content.loader import load_library
from console.conversation.events import EventData, RoutingChanged
from console.conversation.message import Author, Message
from console.past import PastCollection, import_conversations
from console.server.articles import Articles
from console.server.remembering import RememberingEmbedder
from knowledge import Embedder, KnowledgeIndex, open_embedder
from knowledge.embedding.weights import find_weights

DEMO = Path(__file__).parents[1] / "console" / "demo" / "content"
MESSAGES = 40
TIMES = 6
QUERIES = 60
SAID = (
    "hi, my boots still haven't come. order LF-88213, they were due {n} days ago",
    "I've looked at the tracking, it hasn't moved from Kettlewick for {n} days",
    "how can you say by Friday if nobody knows where parcel {n} is?",
    "this is ridiculous, {n} messages and I want a person!!",
    "can I have my money back instead? I paid £{n}.00",
    "my phone is 07700 9001{n} if somebody wants to call me",
    "and what about the jacket of the {n}th, can I still send it back?",
    "is there a shop within {n} miles of Harrow Bridge where I could try another pair?",
)
ANSWERED = ("Let me look that up for you.", "Please try the tracking link.", "Thank you, I have noted that.")


class Counting(RememberingEmbedder):
    """What the desk embeds with, counting the texts that it did not know."""

    texts = 0

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(_Counted(embedder, self))


class _Counted:
    def __init__(self, embedder: Embedder, counting: Counting) -> None:
        self._embedder, self._counting = embedder, counting

    def __getattr__(self, name: str) -> object:
        return getattr(self._embedder, name)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed, and count."""
        self._counting.texts += len(texts)
        return self._embedder.encode(texts)


def main() -> None:
    """Measure and print."""
    show("A whole update in a conversation of 40 messages", figures())


def figures(_data: Path | None = None) -> Iterator[Figure]:
    """Yield milliseconds of whole updates and of their parts, and their ratio to one plain embedding."""
    embedder = open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models")
    counting = Counting(embedder)
    with tempfile.TemporaryDirectory() as folder:
        plain = _plain()
        beside = [plain() for _ in range(QUERIES)]  # before the engine's threads are there: they would slow it
        engine = _engine(Path(folder), embedder, counting)
        parts: dict[str, list[float]] = defaultdict(list)
        embedded: list[int] = []
        for play in range(TIMES):
            for ms, events, texts in _played(engine, counting, play):
                parts["the whole"].append(ms)
                embedded.append(texts)
                for event in events:
                    parts[type(event).__name__].append(getattr(event, "ms", 0.0))
    one = median(beside)
    yield Figure("one query, plain sentence-transformers, p50", one, unit=" ms")
    for name, values in sorted(parts.items(), key=lambda part: -median(part[1])):
        if name != "RoutingChanged":
            yield Figure(f"{name}, p50", median(values), unit=" ms")
            yield Figure(f"{name}, p95", p95(values), unit=" ms")
    yield Figure(
        "a whole update, p95, in plain embeddings of one query", p95(parts["the whole"]) / one, 8.0, at_most=True
    )
    yield Figure("texts embedded an update, mean", sum(embedded) / len(embedded))
    yield Figure("texts embedded when nothing has changed", _again(engine, counting))


def _engine(folder: Path, embedder: Embedder, counting: Counting) -> Engine:
    KnowledgeIndex(folder / "articles", embedder).update_from(DEMO / "articles")
    import_conversations(read_conversations(DEMO / "past.jsonl"), folder / "past", embedder)
    past = PastCollection.open(folder / "past", counting)
    articles = Articles(KnowledgeIndex(folder / "articles", counting))
    return Engine(load_library(DEMO), counting.cache, articles, past)


def _played(engine: Engine, counting: Counting, play: int) -> Iterator[tuple[float, list[EventData], int]]:
    """Yield for each message of the customer the milliseconds of its update, its events, and the texts embedded."""
    numbers = random.Random(play)
    messages = tuple(_message(place, numbers.randrange(11, 99)) for place in range(MESSAGES))
    customer = load_customers(DEMO / "customers.jsonl", date(2026, 11, 22))["dana-kovel"]
    talk = Talk(f"bench-{play}", customer, (), "Robin Ashdale")
    for place in range(0, MESSAGES, 2):
        talk = replace(talk, messages=messages[: place + 1])
        before, began = counting.texts, perf_counter()
        events = list(engine.turn(talk))
        yield (perf_counter() - began) * 1000, events, counting.texts - before
        for event in events:
            if isinstance(event, RoutingChanged):
                talk = replace(talk, routing=event.routing)


def _message(place: int, number: int) -> Message:
    if place % 2:
        return Message(f"m{place + 1}", Author.AGENT, ANSWERED[place % len(ANSWERED)])
    return Message(f"m{place + 1}", Author.CUSTOMER, SAID[place // 2 % len(SAID)].format(n=number))


def _again(engine: Engine, counting: Counting) -> int:
    """Return how many texts are embedded when the last update is worked out once more."""
    customer = load_customers(DEMO / "customers.jsonl", date(2026, 11, 22))["dana-kovel"]
    talk = Talk("again", customer, tuple(_message(place, 17) for place in range(MESSAGES - 1)), "Robin Ashdale")
    list(engine.turn(talk))
    before = counting.texts
    list(engine.turn(talk))
    return counting.texts - before


def _plain() -> Callable[[], float]:
    """Return what times one query embedded by sentence-transformers as it comes, on two threads, in milliseconds."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    model = SentenceTransformer(str(find_weights(None).folder), device="cpu")
    numbers = random.Random(0)

    def embed() -> float:
        text = numbers.choice(SAID).format(n=numbers.randrange(100))
        return timed(lambda: model.encode(text, show_progress_bar=False))

    for _ in range(5):
        embed()
    return embed


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20)[18]


if __name__ == "__main__":
    main()
