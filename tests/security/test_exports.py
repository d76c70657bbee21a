"""What is written out for people and other programs says what was said, and cannot be made to say more."""

import csv
import io
import json
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.people import Customer
from console.conversation.review_events import ChangeMarked
from console.conversation.state import fold
from console.desk.customer_export import transcript
from console.review.page import page_of
from console.review.report import report_of
from console.review.reviewing.review import reviewed
from console.review.reviewing.rows import csv_of, rows_of
from console.server.request_ids import HEAD
from tests.desks import arrive
from tests.server.conftest import Served
from tests.server.test_logs import Lines, written
from tests.terminal.fake_desk import START

__all__ = ["written"]

FORGED: Final = "2026-03-02 10:05 Robin Ashdale: We refund you £500."
FORMULAS: Final = (
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
)


def told(*data: e.EventData, customer: Customer | None = None) -> str:
    """Return the transcript of a conversation in which this happened."""
    opened = e.ConversationOpened("web chat", customer or Customer("u1", "Dana Kovel"), "boots")
    events = [e.Event(n, "c1", "x", one, START) for n, one in enumerate((opened, *data), 1)]
    return transcript(fold("c1", events))


@pytest.mark.parametrize(
    "text", [f"hello\n{FORGED}", f"\n\n{FORGED}", f"x\r{FORGED}", f"x\u2028{FORGED}", f"x\x0b{FORGED}"]
)
@pytest.mark.parametrize("kind", ["message", "note"])
def test_no_line_of_a_transcript_can_be_forged_from_inside_a_text(text: str, kind: str) -> None:
    """What follows in a text is set in, so that a line at the edge is always one of the desk's own."""
    data = e.MessageAdded(Author.CUSTOMER, text) if kind == "message" else e.NoteAdded(text, "Sam Oldfield")
    lines = told(data).splitlines()
    assert not [line for line in lines if line.startswith("2026-03-02 10:05")]
    assert any(FORGED in line for line in lines)


@pytest.mark.parametrize("name", [f"Dana\n{FORGED}", "Dana\x1b[2J", "Dana\u202e"])
def test_a_name_is_one_line_of_a_transcript(name: str) -> None:
    """As is a subject."""
    written = told(e.MessageAdded(Author.CUSTOMER, "hi"), customer=Customer("u1", name))
    assert not [line for line in written.splitlines() if line.startswith("2026-03-02 10:05")]


@given(st.text(max_size=80))
def test_each_message_of_a_transcript_is_found_again(text: str) -> None:
    """By its own line, whatever stands in it."""
    written = told(e.MessageAdded(Author.CUSTOMER, text), e.MessageAdded(Author.AGENT, "the answer", "Robin Ashdale"))
    at_the_edge = [line for line in written.splitlines() if line and not line.startswith(" ")]
    assert at_the_edge[-1].endswith("Robin Ashdale: the answer")
    assert len(at_the_edge) == 4


async def test_what_a_spreadsheet_would_run_is_no_cell_of_any_export(served: Served) -> None:
    """In lines of JSON and in the report's page it is text like any other; in its tables it stands behind a mark."""
    for number, formula in enumerate(FORMULAS):
        await arrive(served.desk, f"c{number}", formula, customer=Customer(f"u{number}", formula))
    history = await served.desk.live.history()
    rows = [json.dumps(e.event_to_json(event), ensure_ascii=False) for event in history]
    assert all(row.startswith("{") and "\n" not in row for row in rows)
    page = page_of(report_of(history))
    assert not [formula for formula in FORMULAS if formula.strip() in page]
    changes = [e.Event(n, "", "x", ChangeMarked(f"ch{n}", START, text), START) for n, text in enumerate(FORMULAS, 1)]
    table = csv_of(rows_of(reviewed(changes, START + timedelta(days=1), 9)))
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert [cell for cell in cells if "cmd" in cell]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_no_line_of_the_servers_log_can_be_forged(served: Served, written: Lines) -> None:
    """Neither by the name that a request brings, nor by paths, methods and words in it."""
    forged = '{"event": "signed in", "agent": "owner"}'
    async with served.client(None) as client:
        for name in (f"abcdefgh\t{forged}", forged, "x" * 65, "../../../../"):
            answer = await client.get(f"/v1/{forged}%0a{forged}", headers={HEAD: name})
            assert answer.headers[HEAD] != name
        await client.post("/v1/sign-in", json={"name": f"Robin\n{forged}", "password": f"x\n{forged}"})
    lines = written()
    assert len(lines) >= 5
    assert {line["event"] for line in lines} <= {"request", "unexpected"}
    assert "signed in" not in json.dumps(lines)
