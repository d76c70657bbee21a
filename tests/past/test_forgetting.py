"""Past conversations are taken out of a collection again, without the model that embedded them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from console.content.conversations import Transcript
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.past import PastCollection, add_conversation, cases_of, forget, import_conversations, storage
from knowledge import Embedder

REPLY = "You can send the parcel back within thirty days."


def talk(name: str, customer: str, asked: str, reply: str = REPLY) -> Transcript:
    """Return a resolved conversation of one question and one answer."""
    said: Sequence[tuple[Author, str]] = ((Author.CUSTOMER, asked), (Author.AGENT, reply))
    messages = tuple(Message(f"m{n}", role, text) for n, (role, text) in enumerate(said, 1))
    return Transcript(name, Customer(customer, "Dana Kovel"), messages, True, "answered", "Robin Ashdale")


TALKS = [talk(f"c{n}", f"u{n}", f"How do I return a parcel, part {n}?") for n in range(1, 5)]


@pytest.fixture
def folder(tmp_path: Path, embedder: Embedder) -> Path:
    """Four customers' conversations, imported; a fifth added since, of the first customer."""
    import_conversations(TALKS, tmp_path / "past", embedder)
    add_conversation(talk("c5", "u1", "And the zephyrquartz lamp?"), tmp_path / "past")
    return tmp_path / "past"


def test_one_customer_s_go_and_the_others_answer_as_before(folder: Path, embedder: Embedder) -> None:
    """From the generation as from what was added; nothing of theirs is left on the disk."""
    theirs = [case.id for case in cases_of(folder, "u1")]
    assert theirs == ["c1", "c5"]
    assert forget(folder, theirs) == 2
    assert cases_of(folder, "u1") == ()
    left = PastCollection.open(folder, embedder)
    assert len(left) == 3
    assert left.case_text("c1") is None
    assert left.case_text("c2") is not None
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"part 1" not in kept
    assert b"zephyrquartz" not in kept
    assert forget(folder, theirs) == 0


def test_what_was_added_since_stays_added(folder: Path, embedder: Embedder) -> None:
    """It is embedded when the collection is next opened, as it would have been."""
    forget(folder, ["c2"])
    assert [case.id for case in storage.added(folder)] == ["c5"]
    assert len(PastCollection.open(folder, embedder)) == 4


def test_the_last_of_them_leaves_an_empty_collection(folder: Path, embedder: Embedder) -> None:
    """Which can be filled again."""
    assert forget(folder, ["c1", "c2", "c3", "c4", "c5"]) == 5
    assert len(PastCollection.open(folder, embedder)) == 0
    assert import_conversations(TALKS, folder, embedder, without={"c1"}).conversations == 3


def test_what_only_the_erased_made_everybody_s_is_no_more(tmp_path: Path, embedder: Embedder) -> None:
    """A name that three customers were told may be said; once one of them is erased, it may not."""
    reply = "Our colleague Xanthippe at the counter will help."
    import_conversations([talk(f"c{n}", f"u{n}", "Who helps me?", reply) for n in range(3)], tmp_path, embedder)
    assert len(PastCollection.open(tmp_path, embedder)) == 3
    forget(tmp_path, ["c0"])
    assert len(PastCollection.open(tmp_path, embedder)) == 0


def test_a_damaged_collection_is_dropped_whole(folder: Path, embedder: Embedder) -> None:
    """Nobody can say whose it is; what was added since stays."""
    next(folder.glob("generation-*/cases.jsonl")).write_text("{\n", encoding="utf-8")
    forget(folder, ["c1"])
    assert list(folder.glob("generation-*")) == []
    assert len(PastCollection.open(folder, embedder)) == 1
