"""What a stranger writes, however odd, keeps nobody waiting."""

from time import process_time

from console.assist.summary.build import summarise
from console.conversation.assistance import SummaryKind
from tests.assist.making import talk


def test_one_long_word_is_read_at_once() -> None:
    """A wish behind it is found as well."""
    began = process_time()
    lines = summarise(talk(f"c: {'z' * 120} I want a refund please", f"c: {'z' * 120}, could you do that"))
    assert process_time() - began < 1
    assert [line.sources for line in lines if line.kind is SummaryKind.ISSUE] == [("m1",)]


def test_a_wish_that_hangs_on_the_sentence_before_is_no_wish_by_itself() -> None:
    """Up to five words and then “that” say nothing to whoever takes over."""
    for hanging in ("Could you do that?", "I want you to fix this!", " - please give me it"):
        lines = summarise(talk("c: My boots arrived with a broken eyelet yesterday.", f"c: {hanging}"))
        assert [line.text for line in lines if line.kind is SummaryKind.WANTS] == []
    lines = summarise(
        talk("c: My boots arrived with a broken eyelet yesterday.", "c: I want you to send me a box for that")
    )
    assert [line.sources for line in lines if line.kind is SummaryKind.WANTS] == [("m2",)]
