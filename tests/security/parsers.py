"""Every parser of text from outside: what it is given, and how it may refuse it.

Each takes bytes as they come off a wire or a disk. Whatever they are, it returns, or raises what its page says it
raises; nothing else. Hypothesis and the coverage-guided fuzzer (``python -m tests.security.fuzzing``) both ask them.
"""

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from console.assist.bot.ports import ToolTrouble
from console.assist.llm.ports import ModelTrouble
from console.backup.manifest import NotABackup, read_manifest, require_signed
from console.content.conversations import read_conversations
from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.loader import RESERVED, load_library
from console.content.scenarios import load_scenarios
from console.conversation.people import Customer
from console.desk.attachments import file_name
from console.desk.channels.chatwoot import cable
from console.desk.channels.chatwoot import reading as chatwoot
from console.desk.channels.matrix import reading as matrix
from console.desk.channels.remote import RemoteFault
from console.desk.file_types import file_type
from console.llm.streaming import Answer
from console.oidc.claims import read_claims
from console.server.chat.keeping import EndedVisits
from console.server.chat.routes import MessageRequest, ReadRequest, SessionRequest, TypingRequest
from console.server.chat.visits import TokenRefused, Visits, cookie_name
from console.store.audit import AuditKey
from console.text import MAX_CHARACTERS, clean, clean_line
from console.toml import TomlError, read_text
from console.tools.http import read_result
from console.web.frames import BadFrame, read_frame, tab_of, zone_of
from tests.llm.misbehaving import DONE, USAGE, chunk
from tests.security.article_parsers import ARTICLES
from tests.security.parsing import Parser, Read, filed, said, text


def _json(read: Callable[[Any], object]) -> Read:
    """Return a reader of JSON values, as :class:`console.desk.channels.remote.Remote` hands them on."""

    def reading(data: bytes) -> object:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return None
        return read(value)

    return reading


def _cleaned(data: bytes) -> str:
    given = text(data)
    result = clean(given)
    assert len(result) <= MAX_CHARACTERS
    assert "\n" not in clean_line(given)
    return result


def _content(name: str) -> Read:
    def reading(data: bytes) -> object:
        with filed(name, data) as path:
            return load_library(path.parent.parent if "/" in name else path.parent)

    return reading


def _customers(data: bytes) -> object:
    with filed("customers.jsonl", data) as path:
        return load_customers(path, date(2026, 3, 2))


def _scenario(data: bytes) -> object:
    with filed("late.toml", data) as path:
        return load_scenarios(path.parent, {"dana": Customer("dana", "Dana Kovel")}, date(2026, 3, 2))


def _import(data: bytes) -> object:
    with filed("past.jsonl", data) as path:
        return read_conversations(path)


def _toml(data: bytes) -> object:
    with filed("config.toml", data) as path:
        return read_text(path)


def _stream(data: bytes) -> str:
    answer = Answer()
    for start in range(0, len(data), 97):
        answer.feed(data[start : start + 97])
    answer.end()
    return answer.text


def _body(kind: type) -> Read:
    adapter = TypeAdapter(kind)
    return adapter.validate_json


def _visits(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        visits = Visits("a secret of the host page and the desk", lambda _: None, b"0" * 32, EndedVisits(Path(folder)))
        visits.read({cookie_name(False): text(data)}, secure=False)
        return visits.admit(text(data))


def _frame(data: bytes) -> object:
    zone_of(text(data))
    return read_frame(text(data))


def _manifest(data: bytes) -> object:
    manifest, fields = read_manifest(data)
    require_signed(fields, AuditKey(b"0" * 32))
    return manifest


def _claims(value: Any) -> object:  # noqa: ANN401 - JSON is any of its types
    return read_claims(value, "realm.groups", []) if isinstance(value, Mapping) else None


def _upload(data: bytes) -> object:
    name = file_name(text(data[:300]))
    assert "/" not in name
    assert name.strip(". ")
    return name, file_type(data)


_SYNC: Final = {
    "next_batch": "s1",
    "rooms": {
        "join": {
            "!r:desk.test": {
                "timeline": {
                    "limited": True,
                    "prev_batch": "t0",
                    "events": [
                        {
                            "type": "m.room.message",
                            "event_id": "$1",
                            "sender": "@dana:desk.test",
                            "origin_server_ts": 1772445600000,
                            "content": {"msgtype": "m.text", "body": "where are my boots?"},
                        }
                    ],
                }
            }
        }
    },
}
_MESSAGE: Final = {
    "id": 7,
    "content": "where are my boots?",
    "message_type": 0,
    "created_at": 1772445600,
    "sender": {"id": 3, "name": "Dana Kovel", "type": "contact"},
    "attachments": [{"data_url": "https://chat.example/a.png", "file_type": "image"}],
    "content_attributes": {"deleted": False},
}
_CLAIMS: Final = {"iss": "https://login.example", "sub": "1", "name": "Robin", "realm": {"groups": ["leads"]}}
_PAST: Final = {
    "id": "p1",
    "resolved": True,
    "customer": {"id": "u1", "name": "Dana Kovel", "value": 12.5, "orders": []},
    "messages": [{"role": "customer", "text": "late", "at": "2026-03-02T10:00:00Z"}, {"role": "agent", "text": "ok"}],
}
_MANIFEST: Final = {
    "format": 1,
    "made": "2026-03-02",
    "program": "0.1.0",
    "workspace": "w",
    "key": "k",
    "events": 3,
    "last": "00ff",
    "parts": {"desk.db": {"sha256": "0", "size": 1}},
    "mac": "00",
}
_POLICY: Final = (
    b'title="Refunds"\nclause="2"\nseverity="block"\non=["draft"]\ntext="Ask."\nadvice="Ask."\n'
    b"[[trigger]]\npattern='refund'\n"
)
_BEHAVIOUR: Final = (
    b'title="Hours"\nlayer="autonomous"\ntier=1\nstakes="low"\nallowed_actions=["give the hours"]\nsay="One moment."\n'
    b"[triggers]\npatterns=['(?i)opening hours']\nexamples=['when do you open']\nthreshold=0.55\n"
    b'[[tool]]\nname="orders"\nkind="look-up"\ntitle="Looks an order up"\n'
    b"say=[\"It is {status}.\"]\n[tool.returns]\nstatus='[a-z]+'\n"
    b'[[handover]]\nwhen="unresolved"\nafter=2\nwith=["summary"]\n'
)
_MACRO: Final = (
    b'[[macro]]\nid="bye"\ntitle="Goodbye"\ntext="Goodbye, {customer.first_name}."\nsituations=["thank you"]\n'
    b'tone="warm"\nlayers=["assisted"]\n'
)
_SCENARIO: Final = (
    b'title="Late"\ncustomer="dana"\nintent="late-delivery"\ndifficulty="hard"\nskills=["delivery"]\nsubject="Late"\n'
    b'reason="asked"\ntier=1\n[[bot_part]]\nrole="customer"\ntext="It is late since {date:-3}."\nafter=0\n'
    b'[[step]]\nid="start"\nsay=["hello?"]\nwait=180\notherwise="end"\n[[step.branch]]\nwhen=["sorry"]\nnext="end"\n'
    b'[[step]]\nid="end"\nsay=["thanks"]\nends="resolved"\n'
)


PARSERS: Final[Mapping[str, Parser]] = {
    "clean": Parser(_cleaned, (), ("hello 👩‍👩‍👧 \x1b[2J \u202e नमस्ते".encode(),)),
    "Matrix: what happened": Parser(_json(matrix.read_sync), (RemoteFault,), (said(_SYNC),)),
    "Matrix: one event": Parser(
        _json(lambda value: matrix.read_event(value) if isinstance(value, dict) else None),
        (),
        (said(_SYNC["rooms"]["join"]["!r:desk.test"]["timeline"]["events"][0]),),  # type: ignore[index]
    ),
    "Chatwoot: conversations": Parser(
        _json(chatwoot.read_conversations), (), (said({"data": {"payload": [{"id": 1, "messages": [_MESSAGE]}]}}),)
    ),
    "Chatwoot: messages": Parser(
        _json(lambda value: chatwoot.read_messages(value, 1)), (), (said({"payload": [_MESSAGE]}),)
    ),
    "Chatwoot: one message": Parser(_json(chatwoot.read_message), (), (said(_MESSAGE),)),
    "Chatwoot: live stream": Parser(
        cable.read_frame,
        (RemoteFault,),
        (said({"message": {"event": "message.created", "data": _MESSAGE}}), said({"type": "disconnect"})),
    ),
    "web chat: message": Parser(
        _body(MessageRequest), (ValidationError,), (said({"text": "hello", "key": "key-0001"}),)
    ),
    "web chat: session": Parser(_body(SessionRequest), (ValidationError,), (said({"token": "e30.e30.e30"}),)),
    "web chat: typing": Parser(_body(TypingRequest), (ValidationError,), (said({"active": True}),)),
    "web chat: read": Parser(_body(ReadRequest), (ValidationError,), (said({"number": 1}),)),
    "web chat: cookies and tokens": Parser(
        _visits, (TokenRefused,), (b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",)
    ),
    "browser console: frames": Parser(
        _frame, (BadFrame,), (b'["resize",{"width":80,"height":24}]', b'["stdin","a"]', b'["ping","1"]')
    ),
    "browser console: tabs": Parser(lambda data: tab_of(text(data)), (BadFrame,), (b"0123456789abcdef",)),
    "identity provider: claims": Parser(_json(_claims), (), (said(_CLAIMS),)),
    "language model: stream": Parser(
        _stream, (ModelTrouble,), (chunk("Dear ") + chunk("Dana", "stop") + USAGE + DONE,)
    ),
    "tools: answers": Parser(
        read_result, (ToolTrouble,), (said({"found": True, "customer": "u1", "fields": {"status": "sent"}}),)
    ),
    "content: settings as text": Parser(_toml, (TomlError,), (b"[server]\nport = 1\n",)),
    "content: a policy": Parser(_content("policies/refund.toml"), (ContentError,), (_POLICY,), slow=True),
    "content: the company": Parser(_content("company.toml"), (ContentError,), (b'name = "Kestrel"\n',), slow=True),
    "content: a behaviour": Parser(
        _content("behaviours/hours.toml"),
        (ContentError,),
        ((RESERVED / "press.toml").read_bytes(), _BEHAVIOUR),
        slow=True,
    ),
    "content: macros": Parser(_content("macros/closing.toml"), (ContentError,), (_MACRO,), slow=True),
    "content: a scenario": Parser(_scenario, (ContentError,), (_SCENARIO,), slow=True),
    "content: customers": Parser(_customers, (ContentError,), (said({**_PAST["customer"], "since": "@-24"}),)),  # type: ignore[dict-item]
    "content: past conversations": Parser(_import, (ContentError,), (said(_PAST),)),
    "files: names and types": Parser(_upload, (), (b"\x89PNG\r\n\x1a\n", "..\\..//bill\u202e.pdf".encode())),
    "back-ups: manifest": Parser(_manifest, (NotABackup,), (said(_MANIFEST),)),
    **ARTICLES,
}
