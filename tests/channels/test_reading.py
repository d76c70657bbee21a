"""What other servers send is read without trust: any JSON is read, and only what fits means something."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation.message import Status
from console.desk.channels.chatwoot import reading as chatwoot
from console.desk.channels.chatwoot.standing import Follows, follows
from console.desk.channels.matrix.reading import Came, Deleted, Unreadable, Written, read_event, read_sync
from console.desk.channels.matrix.writing import PART, texts
from console.desk.channels.remote import RemoteFault

_WORDS = """
next_batch rooms join invite leave timeline events state ephemeral content type event_id sender msgtype body url data
m.relates_to m.new_content rel_type unsigned redacts membership displayname state_key user_ids m.read origin_server_ts
payload id messages meta attachments message_type created_at content_attributes
"""
KEYS = st.sampled_from(_WORDS.split())
TYPES = st.sampled_from(["m.room.message", "m.room.member", "m.room.redaction", "m.typing", "m.receipt", "m.replace"])
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), TYPES, st.just("\ud800"))
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=25,
)


@given(ANY_JSON)
def test_no_answer_of_a_homeserver_breaks_the_reading(answer: object) -> None:
    """It has a cursor, or is refused as a whole."""
    try:
        read_sync(answer)
    except RemoteFault:
        assert not isinstance(answer, dict) or not isinstance(answer.get("next_batch"), str) or not answer["next_batch"]


@given(TYPES, ANY_JSON, ANY_JSON)
def test_no_event_breaks_the_reading(kind: str, content: object, unsigned: object) -> None:
    """And what is read of it can be written down."""
    raw = {
        "type": kind,
        "event_id": "$1",
        "sender": "@dana",
        "content": content,
        "unsigned": unsigned,
        "state_key": "@x",
    }
    event = read_event(raw)
    assert event is None or isinstance(event, Written | Deleted | Unreadable | Came)
    repr(event).encode()
    if isinstance(event, Written):
        event.text.encode()


@given(TYPES, KEYS, ANY_JSON)
def test_no_single_value_breaks_the_reading_of_an_event(kind: str, key: str, value: object) -> None:
    """Each place with anything in it, everything else as it should be."""
    content = {"msgtype": "m.text", "body": "x", "membership": "join", "m.relates_to": {"rel_type": "m.replace"}}
    for changed in ({**content, key: value}, {**content, "m.relates_to": {key: value}}):
        raw = {"type": kind, "event_id": "$1", "sender": "@dana", "content": changed, "state_key": "@x"}
        event = read_event(raw)
        assert event is None or isinstance(event, Written | Deleted | Unreadable | Came)


@given(ANY_JSON)
def test_no_answer_of_chatwoot_breaks_the_reading(answer: object) -> None:
    """Whatever stands where."""
    assert all(listed.id for listed in chatwoot.read_conversations(answer))
    numbers = [said.id for said in chatwoot.read_messages(answer, 1)]
    assert numbers == sorted(numbers)
    assert chatwoot.newest(answer) >= max(numbers, default=0)
    said = chatwoot.read_message(answer)
    assert said is None or said.id


@given(ANY_JSON, ANY_JSON, ANY_JSON, ANY_JSON)
def test_no_message_of_chatwoot_breaks_the_reading(kind: object, sender: object, when: object, files: object) -> None:
    """And one that is read can be written down."""
    raw = {"id": 1, "message_type": kind, "sender": sender, "created_at": when, "attachments": files, "content": kind}
    said = chatwoot.read_message(raw)
    assert said is None or (said.id == 1 and said.text.encode() is not None)
    assert (said is None) == (kind not in (0, 1, 3, "incoming", "outgoing", "template"))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200), st.integers(1, 400))
def test_a_long_text_goes_out_in_parts_that_fit(text: str, times: int) -> None:
    """And nothing but blanks at the cuts is lost."""
    whole = text * times
    parts = list(texts(whole))
    assert all(len(part) <= PART for part in parts)
    assert "".join("".join(parts).split()) == "".join(whole.split())


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"msgtype": "m.text", "body": "hello"}, "hello"),
        ({"msgtype": "m.emote", "body": "waves"}, "* waves"),
        ({"msgtype": "m.notice", "body": "bridged"}, "bridged"),
        ({"msgtype": "org.example.poll", "body": "a poll"}, "a poll"),
        (
            {"msgtype": "m.text", "body": "> <@a:b> old\n\nnew", "m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}},
            "new",
        ),
    ],
)
def test_every_kind_of_message_is_heard(raw: dict[str, Any], text: str) -> None:
    """Also kinds that come later, by what they say in words."""
    event = read_event({"type": "m.room.message", "event_id": "$1", "sender": "@dana", "content": raw})
    assert isinstance(event, Written)
    assert event.text == text


@pytest.mark.parametrize(
    ("desk", "there", "now", "what"),
    [
        (Status.BOT, "open", False, Follows.HAND_OVER),
        (Status.BOT, "pending", False, Follows.NOTHING),
        (Status.WAITING, "pending", False, Follows.OPEN),
        (Status.ACTIVE, "pending", False, Follows.OPEN),
        (Status.ACTIVE, "open", False, Follows.NOTHING),
        (Status.ACTIVE, "resolved", False, Follows.NOTHING),
        (Status.CLOSED, "open", True, Follows.RESOLVE),
        (Status.CLOSED, "open", False, Follows.NOTHING),
        (Status.CLOSED, "resolved", True, Follows.NOTHING),
    ],
)
def test_who_answers_is_agreed_upon(desk: Status, there: str, now: bool, what: Follows) -> None:
    """By where the conversation stands here and there."""
    assert follows(desk, there, closed_now=now) is what
