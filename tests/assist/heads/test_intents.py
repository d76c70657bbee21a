"""The head of the intents: fitted from a company's own examples, kept, and read by the router."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from console.assist.heads.intent import MANY, IntentHead, fitted
from console.assist.heads.opened import opened
from console.assist.routing import Router
from console.assist.vectors import VectorCache
from console.content.behaviours import Behaviour, Stakes
from console.conversation.message import Layer
from console.server.engines import NoMeaning
from tests.assist.making import BagOfWords, talk

PARTS = {
    "lost": (
        ("my parcel", "the box with my boots", "order 88213", "my delivery", "the package"),
        ("never arrived", "is lost", "has not come yet", "has gone missing", "is nowhere to be found"),
    ),
    "refund": (
        ("when do I get", "where is", "how long until I see", "I am still waiting for", "you owe me"),
        ("my refund", "my money back", "the money for the return", "what I paid", "the repayment"),
    ),
    "hours": (
        ("when do you open", "until when are you open", "what time do you close", "are you open", "opening times"),
        ("on Sunday", "tomorrow", "at Easter", "in the evening", "on bank holidays"),
    ),
    "password": (
        ("I forgot", "how do I reset", "I need to change", "I cannot remember", "help me recover"),
        ("my password", "the password of my account", "my login", "the code for the app", "my PIN for the site"),
    ),
}


def behaviour(intent: str, count: int = 25, layer: Layer = Layer.ASSISTED) -> Behaviour:
    """Return a behaviour with so many examples."""
    examples = tuple(f"{a} {b}" for a, b in product(*PARTS[intent]))[:count]
    return Behaviour(intent, intent.title(), layer, 1, Stakes.LOW, examples=examples)


MANY_EXAMPLES = tuple(behaviour(intent) for intent in PARTS)


@dataclass
class Shelf:
    """Keeps arrays in memory."""

    held: dict[str, Mapping[str, NDArray[np.generic]]] = field(default_factory=dict)

    def load(self, key: str) -> Mapping[str, NDArray[np.generic]] | None:
        """Return what was saved."""
        return self.held.get(key)

    def save(self, key: str, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Keep it."""
        self.held[key] = arrays


@pytest.fixture(scope="module")
def router(embed: VectorCache) -> Router:
    """A router whose behaviours have many examples."""
    return Router(MANY_EXAMPLES, embed)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("The boots I ordered still have not been delivered.", "lost"),
        ("How many days does the refund take?", "refund"),
        ("Do you close early on Saturdays?", "hours"),
        ("Hello there. I can't get in, I don't know my password any more. Please help.", "password"),
    ],
)
def test_a_head_finds_the_intent_of_other_words(router: Router, said: str, intent: str) -> None:
    """And the reason quotes them."""
    routing = router.route(talk(f"c: {said}"))
    assert routing.intent == intent
    assert routing.reasons


@pytest.mark.parametrize("said", ["Which wine goes with fish?", "how tall is the Eiffel Tower", "asdf jkl", "?!"])
def test_what_no_example_is_near_to_has_no_intent(router: Router, said: str) -> None:
    """Better none than a wrong one."""
    assert router.route(talk(f"c: {said}")).intent == ""


def test_with_few_examples_the_nearest_one_decides(embed: VectorCache) -> None:
    """A head would have too little to learn from."""
    few = tuple(behaviour(intent, MANY - 1) for intent in PARTS)
    assert opened(few, embed, None) is None
    assert Router(few, embed).route(talk("c: my parcel is lost")).intent == "lost"


def test_a_behaviour_with_few_examples_stands_beside_the_head(embed: VectorCache) -> None:
    """The head leaves to it what is its own."""
    gift = Behaviour("gift", "Gift card", Layer.ASSISTED, 1, Stakes.LOW, examples=("buy a gift card", "gift voucher"))
    mixed = Router((*MANY_EXAMPLES, gift), embed)
    assert mixed.route(talk("c: I would like to buy a gift card for my sister")).intent == "gift"
    assert mixed.route(talk("c: my parcel never came")).intent == "lost"


def test_a_sentence_reserved_for_people_is_heard_beside_others(embed: VectorCache) -> None:
    """Also where the message as a whole is about something else."""
    dark = (*MANY_EXAMPLES[:3], behaviour("password", layer=Layer.HUMAN_ONLY))
    said = "c: When do you open tomorrow, and are you open on Sunday? I forgot my password."
    assert Router(dark, embed).route(talk(said)).layer is Layer.HUMAN_ONLY


def test_a_kept_head_is_not_fitted_again(embed: VectorCache) -> None:
    """It reads as it did; other examples make another one."""
    shelf = Shelf()
    first = opened(MANY_EXAMPLES, embed, shelf)
    assert first is not None
    counting = BagOfWords()
    again = opened(MANY_EXAMPLES, counting, shelf)
    assert again is not None
    assert counting.asked == []
    said = ["where is my money", "which wine goes with fish", "the delivery is lost"]
    assert np.allclose(first.strengths(said, embed), again.strengths(said, embed), atol=1e-3)
    changed = (replace(MANY_EXAMPLES[0], examples=(*MANY_EXAMPLES[0].examples, "no parcel")), *MANY_EXAMPLES[1:])
    other = opened(changed, embed, shelf)
    assert other is not None
    assert other.version != first.version


def test_what_another_version_kept_is_fitted_anew(embed: VectorCache) -> None:
    """Something is missing in it."""
    shelf = Shelf()
    first = opened(MANY_EXAMPLES, embed, shelf)
    assert first is not None
    shelf.held[first.version] = {"weights": first.head.weights}
    assert opened(MANY_EXAMPLES, embed, shelf) is not None
    assert set(shelf.held[first.version]) == set(first.head.arrays())


def test_without_a_model_there_is_no_head() -> None:
    """Patterns alone speak until it is there."""
    assert opened(MANY_EXAMPLES, NoMeaning(), None) is None


def test_a_head_read_of_no_text_says_nothing(embed: VectorCache) -> None:
    """An empty matrix."""
    head = fitted([b.examples for b in MANY_EXAMPLES], embed)
    assert isinstance(head, IntentHead)
    assert head.read([], embed).shape == (0, len(MANY_EXAMPLES))
