"""Nothing a stranger wrote reaches the terminal as a command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from console.terminal.line_filter import HARMFUL, WallFilter
from tests.ptys import run_on_a_pty

HOSTILE = (
    "\x1b]0;HIJACKTITLE\x07 \x1b[2J\x1b[31mHIJACKRED \x9b31mHIJACKC1 \x90qHIJACKDCS\x9c "
    "\u202eHIJACKBIDI\u202c \u2066HIJACKISO\u2069 \x1b]52;c;SElKQUNL\x07 \u200eMARK\ufeff \x00NUL \x08BS"
)
SCRIPT = f"""
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Flag, KnowledgeHit, Severity, SummaryKind, SummaryLine
from console.conversation.message import Author
from console.terminal.app import ConsoleApp
from dataclasses import replace
from tests.terminal.scenes import DANA, RESHIP, full_desk

hostile = {HOSTILE!r}
desk = full_desk()
bad = replace(DANA, name=hostile, first_name=hostile)
desk.append("c-dana", e.IdentityChanged(desk.state("c-dana").identity, bad))
desk.append("c-dana", e.MessageAdded(Author.CUSTOMER, hostile))
desk.append("c-dana", e.NoteAdded(hostile, hostile))
desk.append("c-dana", a.RepliesSuggested("m7", (replace(RESHIP, text=hostile),)))
desk.append("c-dana", a.KnowledgeFound("m7", (KnowledgeHit(hostile, hostile, hostile, 0.5),)))
desk.append("c-dana", a.FlagsRaised("m7", (Flag("f-x", hostile, Severity.WARN, "m7", hostile, hostile, hostile),)))
desk.append("c-dana", a.SummaryUpdated("m7", (SummaryLine(SummaryKind.ISSUE, hostile, ("m7",)),)))
desk.unsent["c-dana"] = hostile

class Shown(ConsoleApp):
    async def on_ready(self):
        self.set_timer(0.2, self.look)
    async def look(self):
        if not self.controller.connection.live:
            self.set_timer(0.1, self.look)
            return
        await self.controller.open("c-dana")
        self.announce(hostile, "error")
        self.set_timer(0.1, self.done)
    def done(self):
        if self.main.query_one("#draft").text:
            self.set_timer(0.5, self.exit)
        else:
            self.set_timer(0.1, self.done)

Shown(desk.connect, open_desk=desk.open).run()
"""


HIDING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200d\ufe0f\u20e31a \U0001f3fd\U0001f44d\U0001f469\u0915\u093e\u094d\u1161\uac00\u2764\u0301"
        ),
    ),
    max_size=30,
)


@given(st.lists(HIDING, max_size=4))
def test_no_harmful_character_passes_the_filter(texts: list[str]) -> None:
    """Whatever the text; a line stays as wide as it was laid out."""
    segments = [Segment(text) for text in texts]
    filtered = WallFilter().apply(segments, Color(0, 0, 0))
    assert not any(HARMFUL.search(segment.text) for segment in filtered)
    assert [cell_len(s.text) for s in filtered] == [cell_len(text) for text in texts]


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=60))
def test_of_plain_text_nothing_else_is_lost(text: str) -> None:
    """Letters, marks and blanks stay as they are."""
    filtered = WallFilter().apply([Segment(text)], Color(0, 0, 0))
    assert "".join(s.text for s in filtered).rstrip() == HARMFUL.sub("", text).rstrip()


@pytest.mark.parametrize(
    "shifting",
    [
        "\u0915\u093e\u093e\u093e", "a\u1161\u11a8", "\ud7b0\ud7fb", "\U0001f3fb" * 5, "a\U0001f3fd", "\u3164\uffa0",
        "\u00e9\u200dW", "\u0915\u094d\u200d\u0937", "1\ufe0f2\ufe0f",
    ],
)  # fmt: skip
def test_a_row_is_not_drawn_wider_than_it_was_laid_out(shifting: str) -> None:
    """Every character that is left and that a terminal gives room has been counted."""
    filtered = WallFilter().apply([Segment(f"x{shifting}y")], Color(0, 0, 0))
    text = "".join(s.text for s in filtered)
    assert cell_len(text) == cell_len(f"x{shifting}y")
    drawn = [c for c in text if unicodedata.category(c) not in {"Mn", "Me"}]
    assert sum(max(1, cell_len(c)) for c in drawn) == cell_len(text)


def test_a_clean_line_is_passed_on_untouched() -> None:
    """The same list: filtering costs nothing then."""
    segments = [Segment("plain text, emoji 👩‍👩‍👧 👍🏽 ❤️ 1️⃣, umlauts ä, 漢字 and 한국어")]
    assert WallFilter().apply(segments, Color(0, 0, 0)) is segments


def test_hostile_text_does_nothing_in_a_real_terminal() -> None:
    """Shown everywhere on a pty, not one raw control or bidirectional byte of it comes out."""
    output = run_on_a_pty(["-c", SCRIPT])
    assert b"HIJACKTITLE" in output, output[-2000:]
    for sequence in (
        b"\x1b]0;",
        b"\x1b]52;",
        b"\x1b[31mHIJACK",
        b"\x9b31m",
        b"\xc2\x9b",
        b"\xc2\x90",
        b"\xc2\x9c",
        b"\x00",
        b"\x08",
    ):
        assert sequence not in output, sequence
    for character in "\u202e\u202c\u2066\u2069\u200e\ufeff":
        assert character.encode() not in output, hex(ord(character))
