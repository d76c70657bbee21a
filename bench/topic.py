"""What it is worth that a search knows what the conversation is about, on the demo company's scenarios.

    python -m bench.topic

Each customer's message up to the hand-over, and the first ones after it, is searched with what was said before. Right
are the articles on the scenario's intent, as marked here by hand by whoever built the engine: so it says whether the
matter is kept, not whether the message is answered. The intent is taken from the scenario, as if routing were right.
"""

import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from knowledge import KnowledgeIndex, open_embedder

CONTENT = Path(__file__).parents[1] / "console" / "demo" / "content"
MATTERS: dict[str, tuple[str, ...]] = {
    "bereavement": ("account/changing", "account/your-data", "internal/vulner"),
    "lost-parcel": ("delivery/lost-parcels.md", "delivery/late", "internal/carrier"),
    "cancel-order": ("orders/cancelling",),
    "payment-problem": ("payments/payment-declined", "payments/payment-methods"),
    "club-membership": ("club/cancelling", "club/joining"),
    "account-locked": ("account/locked", "account/two-step"),
    "faulty-item": (
        "returns/faulty",
        "warranty-repairs/warranty.md",
        "warranty-repairs/making",
        "products/headlamp",
        "warranty-repairs/tent-pole",
    ),
    "injury-safety": ("safety/ember", "safety/reporting", "safety/smell"),
    "regulator": ("internal/legal", "company/complaints"),
    "return-refund": ("returns/return-cond", "returns/how-to", "returns/refunds-how", "returns/faulty"),
    "price-match": ("orders/price-match",),
    "late-delivery": ("delivery/late", "delivery/express", "delivery/tracking", "delivery/delivery-options"),
    "gear-advice": ("products/choosing-a-sl",),
    "gift-card": ("payments/gift-card-pr", "payments/gift-cards.md"),
    "exchange-size": ("returns/exchanges", "products/boot-sizing", "orders/out-of-stock"),
    "delivered-not-received": ("delivery/delivered",),
    "hardship": ("payments/instal", "internal/hardship"),
    "repair-status": ("warranty-repairs/repair-status", "warranty-repairs/resoling", "warranty-repairs/repair-serv"),
    "refund-status": ("returns/refunds-how",),
    "damaged-item": ("returns/faulty", "returns/exchanges"),
    "business-account": ("business/",),
    "wrong-item": ("orders/wrong",),
    "change-address": ("orders/changing-the", "delivery/redirect"),
    "warranty-repair": (
        "warranty-repairs/zip",
        "warranty-repairs/warranty.md",
        "warranty-repairs/repair-serv",
        "warranty-repairs/making",
    ),
    "duplicate-charge": ("payments/charged",),
}

Talk = list[dict[str, str]]


def main() -> None:
    """Whether an article on the matter is first, and among three: without the topic, as a fallback only, steering."""
    with tempfile.TemporaryDirectory() as folder:
        index = KnowledgeIndex(
            Path(folder) / "index", open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models")
        )
        index.update_from(CONTENT / "articles")
        turns = list(asked())
        for name, steers, falls_back in (("none", False, False), ("fallback", False, True), ("steers", True, True)):
            places = [place(index, talk, intent, topic, steers, falls_back) for intent, topic, talk in turns]
            first, three = (sum(at < most for at in places) / len(places) for most in (1, 3))
            print(f"{name:10} first {first:.3f}, among three {three:.3f} of {len(places)}", flush=True)


def asked() -> Iterator[tuple[str, str, Talk]]:
    """Intent, topic and conversation of each customer's message."""
    for file in sorted((CONTENT / "scenarios").glob("*.toml")):
        scenario = tomllib.loads(file.read_text(encoding="utf-8"))
        behaviour = CONTENT / "behaviours" / f"{scenario['intent']}.toml"
        topic = tomllib.loads(behaviour.read_text(encoding="utf-8"))["title"]
        after = [{"role": "customer", "text": text} for text in scenario["step"][0].get("say", [])]
        talk: Talk = []
        for part in [*scenario["bot_part"], *after]:
            talk.append({"role": part["role"], "text": part["text"]})
            if part["role"] == "customer":
                yield scenario["intent"], topic, list(talk)


def place(index: KnowledgeIndex, talk: Talk, intent: str, topic: str, steers: bool, falls_back: bool) -> int:
    """The place, from 0, of the first article on the matter; a place beyond all where there is none."""
    answer = index.search_conversation(talk, 6, topic=topic if steers else "")
    if falls_back and not answer.answerable:
        answer = index.search(topic, 6)
    found = [at for at, hit in enumerate(answer.hits) if hit.document.startswith(MATTERS[intent])]
    return min(found, default=len(answer.hits) + 6)


if __name__ == "__main__":
    main()
