"""When a past reply is offered at all: near in the customer's words, and true of more than one customer."""

from pathlib import Path

import pytest

from console.assist.replies.past import PastCandidates
from console.assist.replies.stating import states_a_case
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.conversation.people import Customer
from console.past import PastCollection, import_conversations
from knowledge import Embedder
from tests.assist.making import messages
from tests.past.making import transcript, usual

UNRELATED = (
    "how do I change my password?",
    "do you sell gift cards?",
    "the zip of my jacket is broken",
    "what are your opening hours on sunday",
    "is this stove safe inside a tent?",
    "I was charged two times",
    "can I speak to your manager",
    "which sleeping bag is warm enough for winter?",
    "please delete my data",
    "my discount code does not work",
)


@pytest.fixture(scope="module")
def embed(embedder: Embedder) -> VectorCache:
    """The real model behind a cache."""
    return VectorCache(embedder)


def offered(folder: Path, embed: VectorCache, asked: str) -> list[str]:
    """Return the past replies that are proposed to a first message."""
    talk = Talk("now", Customer("other", "Bo Lund", "Bo"), messages(f"c: {asked}"), "Robin Ashdale")
    return [candidate.text for candidate in PastCandidates(PastCollection.open(folder, embed)).propose(talk)]


@pytest.mark.parametrize("times", [1, 4])
def test_the_best_of_few_is_not_offered_to_unrelated_questions(tmp_path: Path, embed: VectorCache, times: int) -> None:
    """However often it was said: that nothing came before two first messages does not make them alike."""
    import_conversations(usual(times), tmp_path, embed)
    assert [asked for asked in UNRELATED if offered(tmp_path, embed, asked)] == []


def test_what_is_near_in_the_customers_words_is_offered(tmp_path: Path, embed: VectorCache) -> None:
    """Common usage, and what was said once."""
    said = "Gladly. Which address is the parcel going to now?"
    once = transcript("once", "c: I have moved, can you change the address of my parcel?", f"a: {said}")
    import_conversations([*usual(), once], tmp_path, embed)
    usually = "I'm sorry, Bo. May I have your order number, please?"
    assert offered(tmp_path, embed, "my parcel never arrived")[0] == usually
    assert said in offered(tmp_path, embed, "hello, I moved, please change the address for the parcel")


def test_how_one_matter_stood_is_not_told_to_the_next_customer(tmp_path: Path, embed: VectorCache) -> None:
    """It was true of another parcel."""
    asked = "where is my parcel, it is late?"
    import_conversations([transcript("p", f"c: {asked}", "a: It's lost, so a new one comes.")], tmp_path, embed)
    assert offered(tmp_path, embed, asked) == []


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("It's still on its way to us.", True),
        ("Caught it: {order.number} is cancelled, nothing will be sent.", True),
        ("I've released it to your card.", True),
        ("Scanned again this morning.", True),
        ("I have it here, and so it was late.", True),
        ("Which postcode is it going to now?", False),
        ("Could you send a photo of the tear?", False),
        ("Please close the valve and go outside.", False),
        ("Returns take 5 working days once we have them.", False),
    ],
)
def test_stating_is_told_from_asking_and_explaining(said: str, states: bool) -> None:
    """By how its sentences begin, and by times near the present one."""
    assert states_a_case(said) is states


def test_no_sentence_is_put_into_a_sentence(tmp_path: Path, embed: VectorCache) -> None:
    """A field that held a word then may hold a sentence now."""
    found = [
        transcript(
            f"p{n}", "c: is my flight free?", f's: {{"Message": "{word}"}}', f"a: The flight is {word} now, right?"
        )
        for n, word in enumerate(("freely bookable", "nearly full", "not offered"))
    ]
    import_conversations(found, tmp_path, embed)
    past = PastCandidates(PastCollection.open(tmp_path, embed))
    for message, count in (("quite empty", 1), ("Take two tablets a day before your meals", 0)):
        said = messages("c: is my flight free?", f's: {{"Message": "{message}"}}')
        offers = list(past.propose(Talk("now", Customer("other", "Bo Lund", "Bo"), said, "Robin Ashdale")))
        assert len(offers) == count
