"""Domain values to JSON and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import codec, commands
from console.conversation import events as e
from console.conversation.inbox import InboxRow
from console.conversation.state import Conversation, fold
from tests import strategies as values


@pytest.mark.parametrize("kind", sorted(e.KINDS))
@given(data=st.data())
def test_every_kind_of_event_comes_back_from_json_as_it_was(kind: str, data: st.DataObject) -> None:
    """Through the text of a line of JSON, as the log's export writes it."""
    event = data.draw(values.events(values.EVENT_DATA[kind]))
    line = json.dumps(e.event_to_json(event))
    assert e.event_from_json(json.loads(line)) == event
    assert event.kind == kind


def test_an_erased_event_is_read_as_nothing() -> None:
    """What was erased cannot be read back, and does not break the reading of the rest."""
    row = {"seq": 1, "conversation": "c1", "kind": "message-added", "actor": "", "at": "2026-01-01T00:00:00+00:00"}
    assert e.event_from_json({**row, "channel": "", "external_id": "", "data": None}) is None


@given(values.histories())
def test_a_whole_conversation_crosses_the_wire_unchanged(history: list[e.Event]) -> None:
    """The page that a console opens with is the state that the server folded."""
    page = commands.ConversationPage(fold("c1", history), "draft")
    assert codec.decode_json(commands.ConversationPage, codec.encode_json(page)) == page


@given(values.of(InboxRow))
def test_an_inbox_row_crosses_the_wire_unchanged(row: InboxRow) -> None:
    """Every field of the row."""
    assert codec.decode(InboxRow, codec.encode(row)) == row


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (commands.SendMessage, {"key": "k"}, "text"),
        (commands.SendMessage, {"text": "hello", "key": ["k"]}, "key"),
        (commands.SendMessage, {"text": "hello", "key": "k", "passed": [{"flag": "f"}]}, "passed.0.reason"),
        (commands.Rate, {"suggestion": "s", "stars": "many"}, "stars"),
        (commands.SetPresence, {"presence": "asleep"}, "presence"),
        (commands.MintToken, {"role": "emperor", "name": "Robin"}, "role"),
        (Conversation, {"id": "c1", "status": "lost"}, "status"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(kind: type, data: object, field: str) -> None:
    """The error says which field, however deep."""
    with pytest.raises(ValueError, match=field.replace(".", r"\.")):
        codec.decode(kind, data)
