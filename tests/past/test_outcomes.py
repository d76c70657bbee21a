"""What is kept of how past conversations ended, and what of it may be said."""

import json
from dataclasses import replace
from pathlib import Path

from console.assist.vectors import VectorCache
from console.content.conversations import Transcript
from console.conversation.people import Customer
from console.past import PastCollection, add_conversation, import_conversations
from console.past.moments import PastCase, case_of
from tests.assist.making import BagOfWords
from tests.past.making import transcript

GAS = ("c: my stove smells of gas", "a: Please close the valve.")


def ended(name: str, disposition: str, *lines: str, resolved: bool = True) -> Transcript:
    """Return a past conversation that ended like this."""
    return replace(transcript(name, *(lines or GAS), resolved=resolved), disposition=disposition)


def done(folder: Path, *conversations: Transcript) -> list[tuple[str, bool]]:
    """Return what was done in conversations about gas, and whether it helped, after importing these."""
    import_conversations(conversations, folder, BagOfWords())
    past = PastCollection.open(folder, BagOfWords())
    return [(case.done, case.resolved) for case in past.similar("my stove smells of gas", 9)]


def test_resolved_or_not_its_end_is_known(tmp_path: Path) -> None:
    """How often a matter ends well is counted over all."""
    found = done(tmp_path, ended("a", "stove replaced"), ended("b", "stove replaced", resolved=False))
    assert sorted(found) == [("stove replaced", False), ("stove replaced", True)]


def test_replies_of_an_unresolved_conversation_are_not_kept() -> None:
    """Only how it began and ended."""
    case = case_of(ended("a", "customer left", resolved=False))
    assert (case.moments, case.disposition, case.resolved) == ((), "customer left", False)
    assert case.matter == "my stove smells of gas"
    assert "valve" not in json.dumps(case.to_json())


def test_a_disposition_that_may_be_one_customers_is_not_said(tmp_path: Path) -> None:
    """Names, numbers, and what is about somebody's life; the case still counts."""
    found = done(
        tmp_path,
        ended("a", "called Zebedee back"),
        ended("b", "refunded LF-88213"),
        ended("c", "waived as her husband died"),
        replace(ended("d", "sent Ann another"), customer=Customer("u-d", "Ann Berg", "Ann")),
    )
    assert [text for text, _ in found] == ["", "", "", ""]


def test_without_a_disposition_the_agents_own_words_tell(tmp_path: Path) -> None:
    """The last deed that they claimed; nothing where they claimed none."""
    claimed = (*GAS, "c: done", "a: Thank you. I've sent you a new stove.")
    found = done(tmp_path, ended("a", "", *claimed), ended("b", "", *GAS))
    assert sorted(text for text, _ in found) == ["", "“I've sent you a new stove.”"]


def test_a_case_says_how_it_ended(tmp_path: Path) -> None:
    """Where the agent looks at it."""
    import_conversations([ended("a", "stove replaced")], tmp_path, BagOfWords())
    text = PastCollection.open(tmp_path, BagOfWords()).case_text("a")
    assert text is not None
    assert text.endswith("Ended: stove replaced, resolved")


def test_what_is_added_live_is_found_beside_what_was_imported(tmp_path: Path, embed: VectorCache) -> None:
    """And one that is added again replaces itself."""
    import_conversations([ended("a", "stove replaced"), ended("b", "stove replaced")], tmp_path, embed)
    add_conversation(ended("c", "stove replaced"), tmp_path)
    add_conversation(ended("a", "customer left", resolved=False), tmp_path)
    found = PastCollection.open(tmp_path, embed).similar("my stove smells of gas", 9)
    assert sorted((case.case, case.done) for case in found) == [
        ("a", "customer left"), ("b", "stove replaced"), ("c", "stove replaced"),
    ]  # fmt: skip


def test_a_case_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """It simply does not say how it ended."""
    row = {"id": "a", "customer": "x", "digest": "y", "moments": []}
    assert PastCase.from_json(row) == PastCase("a", "x", "y", ())
