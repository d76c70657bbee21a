"""Passages without their markup."""

from hypothesis import given
from hypothesis import strategies as st

from console.conversation.passages import as_message, fitted, gist, stands_in

PASSAGE = """## When a parcel counts as lost

We treat your parcel as **lost** when one of these is true:

- The [tracking](https://example.com/t) has not moved for 7 days.
- It is 5 working days past its due date.

| Step | Time |
|---|---|
| Search | 3 days |
"""


def test_a_panel_shows_a_passage_on_one_line_without_marks() -> None:
    """The heading leads, as a word and a colon."""
    assert gist(PASSAGE).startswith("When a parcel counts as lost: We treat your parcel as lost when")
    assert not set("#*|[]") & set(gist(PASSAGE))


def test_a_message_leaves_headings_and_rules_out_and_keeps_the_list() -> None:
    """It reads as a person would write it."""
    text = as_message(PASSAGE)
    assert text.startswith("We treat your parcel as lost when one of these is true:")
    assert "– The tracking has not moved for 7 days.\n– It is 5 working days" in text
    assert text.endswith("Step · Time\n\nSearch · 3 days")


def test_a_passage_of_nothing_but_a_heading_is_kept() -> None:
    """Something is better than an empty message."""
    assert as_message("## Opening hours") == "## Opening hours"


@given(st.text(max_size=200))
def test_no_words_are_invented(text: str) -> None:
    """Whatever a passage holds, its letters and digits in a message are its own, in order."""
    own = iter(text)
    assert all(character in own for character in as_message(text) if character.isalnum())


def test_a_dash_inside_a_line_is_no_bullet() -> None:
    """Only what opens a line is."""
    assert (
        as_message("Open on Sundays - from ten.\n- Bring the box.") == "Open on Sundays - from ten.\n– Bring the box."
    )


def test_a_passage_is_set_off_from_the_words_beside_it() -> None:
    """By a space, or by a blank line when it has lines of its own; an empty draft needs neither."""
    assert fitted("Seven days.", "", "") == "Seven days."
    assert fitted("Seven days.", "We say:", "Yours") == " Seven days. "
    assert fitted("Seven days.", "We say:\n", "") == "Seven days."
    assert fitted("One.\nTwo.", "We say:", "") == "\n\nOne.\nTwo."


def test_a_passage_that_stands_in_the_text_is_found_however_it_is_broken() -> None:
    """Line breaks and spaces make no other passage; another word does."""
    assert stands_in("lost after\n7 days", "A parcel is lost  after 7 days, sadly")
    assert not stands_in("lost after 7 days", "lost after 8 days")
