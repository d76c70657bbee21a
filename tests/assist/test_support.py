"""How much of a reply its sources say, sentence by sentence."""

from console.assist.replies.support import support_of, unsupported_in
from console.conversation.assistance import Citation, SourceType, Support

SOURCE = (Citation(SourceType.ARTICLE, "lost.md", "A parcel counts as lost after 7 days. You may choose a refund."),)
SAID, UNSAID = "A parcel counts as lost after 7 days.", "The moon orbits our warehouse every other Tuesday."


def test_the_sentences_that_no_source_says_are_named() -> None:
    """As they stand in the text, courtesies left out."""
    text = f"Thank you, Dana. {SAID} {UNSAID}"
    assert unsupported_in(text, SOURCE) == (UNSAID,)
    assert support_of(text, SOURCE) is Support.PARTIAL


def test_a_reply_that_is_all_said_has_none() -> None:
    """Full support."""
    assert unsupported_in(SAID, SOURCE) == ()
    assert support_of(SAID, SOURCE) is Support.FULL


def test_without_a_source_every_sentence_is_named() -> None:
    """No source, no claim."""
    assert unsupported_in(f"{SAID} {UNSAID}", ()) == (SAID, UNSAID)
    assert support_of(SAID, ()) is Support.NONE


def test_a_number_that_no_source_has_makes_a_sentence_unsupported() -> None:
    """However alike the words are."""
    assert unsupported_in("A parcel counts as lost after 12345678 days.", SOURCE) != ()
