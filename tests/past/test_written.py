"""The sentences that agents wrote, as type-ahead asks for them."""

from pathlib import Path

from console.assist.moments import moment_before
from console.assist.ports import Moment
from console.assist.vectors import VectorCache
from console.past import PastCollection, import_conversations
from tests.assist.making import messages
from tests.past.making import transcript, usual


def moment(*lines: str) -> Moment:
    """Return the moment after some messages."""
    return moment_before(messages(*lines), lambda message: message.text)


def test_sentences_are_counted_by_conversation(tmp_path: Path, embed: VectorCache) -> None:
    """With slots for what was the customers' own."""
    import_conversations(usual(), tmp_path, embed)
    written = {s.template: s for s in PastCollection.open(tmp_path, embed).sentences(moment("c: hello"))}
    assert written["May I have your order number, please?"].conversations == 4
    assert "I'm sorry, {customer.first_name}." in written
    assert sum(s.weight for s in written.values()) <= 1.0 + 1e-6


def test_what_was_written_in_moments_like_this_one_weighs_more(tmp_path: Path, embed: VectorCache) -> None:
    """Twice as often written elsewhere, and still less likely here."""
    here = [transcript(f"h{n}", "c: my stove smells of gas", "a: Please close the valve.") for n in range(3)]
    there = [transcript(f"t{n}", "c: when do you open", "a: We open at nine.") for n in range(6)]
    import_conversations([*here, *there], tmp_path, embed)
    past = PastCollection.open(tmp_path, embed)
    weights = {s.template: s.weight for s in past.sentences(moment("c: my stove smells of gas"))}
    assert weights["Please close the valve."] > weights["We open at nine."]


def test_what_may_be_one_customers_is_not_among_them(tmp_path: Path, embed: VectorCache) -> None:
    """Nor is anything of an unresolved conversation."""
    told = (
        transcript("a", "c: hi", "a: Zebedee's garden gate code is kept."),
        transcript("b", "c: hi", "a: We open at nine.", resolved=False),
    )
    import_conversations(told, tmp_path, embed)
    assert list(PastCollection.open(tmp_path, embed).sentences(moment("c: hi"))) == []
