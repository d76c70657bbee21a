"""What comes reserved for people: how often ordinary messages are kept from assistance by it.

    python -m bench.reserved [DATA]

Ordinary messages are those of STAR, Banking77 and CLINC150; a few of them are true (some of STAR's played customers
were evicted, bereaved or hurt), so that the rates are upper bounds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.data import MODELS, arguments
from bench.figures import Figure, show
from bench.flags import customers_of
from console.assist.routing import Router
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.loader import built_in_policies, reserved_behaviours
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer
from knowledge import open_embedder

ASKED: Final = 0.2
"""Per cent of ordinary messages that may be kept from assistance."""

SETS: Final = frozenset({"STAR", "banking77", "clinc150"})


def main() -> None:
    """Print the figures."""
    chosen = arguments(__doc__).parse_args()
    show("Reserved for people without a file of the company's", figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield the per cent of ordinary customers' messages that are reserved, by set, then by behaviour."""
    router = shipped_router(VectorCache(open_embedder(models)))
    by_intent: Counter[str] = Counter()
    read = 0
    for name, texts in customers_of(data):
        if name in SETS:
            found = [intent for text in texts if (intent := reserved_in(router, [text]))]
            by_intent.update(found)
            read += len(texts)
            yield Figure(f"reserved of {name}", 100 * len(found) / len(texts), ASKED, at_most=True, unit=" %")
    for intent, count in by_intent.most_common():
        yield Figure(f"{intent}, of {read:,} messages", 100 * count / read, unit=" %")


def shipped_router(embed: VectorCache) -> Router:
    """Return a router over what comes with the product alone."""
    return Router([authored.item for authored in reserved_behaviours()], embed, None, built_in_policies())


def reserved_in(router: Router, said: Sequence[str], value: float = 5_000.0) -> str:
    """Return the intent that reserves a customer's messages for people; empty where none does."""
    messages = tuple(Message(f"m{place}", Author.CUSTOMER, text) for place, text in enumerate(said, 1))
    routing = router.route(Talk("c", Customer("u", value=value), messages))
    return routing.intent if routing.layer is Layer.HUMAN_ONLY else ""


if __name__ == "__main__":
    main()
