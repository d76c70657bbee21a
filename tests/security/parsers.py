"""Every parser of text from outside: what it is given, and how it may refuse it.

Each takes bytes as they come off a wire or a disk. Whatever they are, it returns, or raises what its page says it
raises; nothing else. Hypothesis and the coverage-guided fuzzer (``python -m tests.security.fuzzing``) both ask them.
"""

import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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
from console.content.loader import load_library
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
from knowledge.loaders import docx, html, jsonl, markdown, pdf, plain
from knowledge.loaders.site import sitemap
from tests.llm.misbehaving import DONE, USAGE, chunk

Read = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Parser:
    """``read`` takes bytes; ``refuses`` are the exceptions that its documentation names; ``seeds`` are good input."""

    read: Read
    refuses: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]
    slow: bool = False
    """Whether one reading takes so long that the short form tries few."""


def text(data: bytes) -> str:
    """Return bytes as any text there is: what is no UTF-8 becomes halves of characters."""
    return data.decode("utf-8", "surrogatepass") if _whole(data) else data.decode("utf-8", "surrogateescape")


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


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


@contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        yield path


def _content(name: str) -> Read:
    def reading(data: bytes) -> object:
        with _file(name, data) as path:
            return load_library(path.parent.parent if "/" in name else path.parent)

    return reading


def _customers(data: bytes) -> object:
    with _file("customers.jsonl", data) as path:
        return load_customers(path, date(2026, 3, 2))


def _import(data: bytes) -> object:
    with _file("past.jsonl", data) as path:
        return read_conversations(path)


def _toml(data: bytes) -> object:
    with _file("config.toml", data) as path:
        return read_text(path)


def _stream(data: bytes) -> str:
    answer = Answer()
    for start in range(0, len(data), 97):
        answer.feed(data[start : start + 97])
    answer.end()
    return answer.text


def _document(parse: Callable[..., Iterator[object]], *more: object) -> Read:
    return lambda data: list(parse(io.BytesIO(data), "articles/lost.txt", *more))


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
_MARKDOWN: Final = b"---\ntitle: Lost parcels\naudience: public\nupdated: 2026-03-02\n---\n# Lost\nAfter seven days.\n"
_HTML: Final = (
    b"<html><head><title>Lost</title><meta name='audience' content='public'></head><body><main><h1>Lost parcels</h1>"
    b"<p>A parcel counts as lost after seven days without movement, and is sent again.</p></main></body></html>"
)
_SITEMAP: Final = b"<urlset><url><loc>https://shop.example/help</loc><lastmod>2026-03-02</lastmod></url></urlset>"
_ARTICLE: Final = {"id": "a1", "title": "Lost", "text": "After seven days.", "updated": "2026-03-02"}
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"


def _said(value: object) -> bytes:
    return json.dumps(value).encode()


PARSERS: Final[Mapping[str, Parser]] = {
    "clean": Parser(_cleaned, (), ("hello 👩‍👩‍👧 \x1b[2J \u202e नमस्ते".encode(),)),
    "Matrix: what happened": Parser(_json(matrix.read_sync), (RemoteFault,), (_said(_SYNC),)),
    "Matrix: one event": Parser(
        _json(lambda value: matrix.read_event(value) if isinstance(value, dict) else None),
        (),
        (_said(_SYNC["rooms"]["join"]["!r:desk.test"]["timeline"]["events"][0]),),  # type: ignore[index]
    ),
    "Chatwoot: conversations": Parser(
        _json(chatwoot.read_conversations), (), (_said({"data": {"payload": [{"id": 1, "messages": [_MESSAGE]}]}}),)
    ),
    "Chatwoot: messages": Parser(
        _json(lambda value: chatwoot.read_messages(value, 1)), (), (_said({"payload": [_MESSAGE]}),)
    ),
    "Chatwoot: one message": Parser(_json(chatwoot.read_message), (), (_said(_MESSAGE),)),
    "Chatwoot: live stream": Parser(
        cable.read_frame,
        (RemoteFault,),
        (_said({"message": {"event": "message.created", "data": _MESSAGE}}), _said({"type": "disconnect"})),
    ),
    "web chat: message": Parser(
        _body(MessageRequest), (ValidationError,), (_said({"text": "hello", "key": "key-0001"}),)
    ),
    "web chat: session": Parser(_body(SessionRequest), (ValidationError,), (_said({"token": "e30.e30.e30"}),)),
    "web chat: typing": Parser(_body(TypingRequest), (ValidationError,), (_said({"active": True}),)),
    "web chat: read": Parser(_body(ReadRequest), (ValidationError,), (_said({"number": 1}),)),
    "web chat: cookies and tokens": Parser(
        _visits, (TokenRefused,), (b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",)
    ),
    "browser console: frames": Parser(
        _frame, (BadFrame,), (b'["resize",{"width":80,"height":24}]', b'["stdin","a"]', b'["ping","1"]')
    ),
    "browser console: tabs": Parser(lambda data: tab_of(text(data)), (BadFrame,), (b"0123456789abcdef",)),
    "identity provider: claims": Parser(_json(_claims), (), (_said(_CLAIMS),)),
    "language model: stream": Parser(
        _stream, (ModelTrouble,), (chunk("Dear ") + chunk("Dana", "stop") + USAGE + DONE,)
    ),
    "tools: answers": Parser(
        read_result, (ToolTrouble,), (_said({"found": True, "customer": "u1", "fields": {"status": "sent"}}),)
    ),
    "content: settings as text": Parser(_toml, (TomlError,), (b"[server]\nport = 1\n",)),
    "content: a policy": Parser(_content("policies/refund.toml"), (ContentError,), (_POLICY,), slow=True),
    "content: the company": Parser(_content("company.toml"), (ContentError,), (b'name = "Kestrel"\n',), slow=True),
    "content: customers": Parser(_customers, (ContentError,), (_said({**_PAST["customer"], "since": "@-24"}),)),  # type: ignore[dict-item]
    "content: past conversations": Parser(_import, (ContentError,), (_said(_PAST),)),
    "articles: Markdown": Parser(_document(markdown.parse), (ValueError,), (_MARKDOWN,)),
    "articles: plain text": Parser(_document(plain.parse), (ValueError,), (b"A parcel counts as lost.",)),
    "articles: JSON lines": Parser(_document(jsonl.parse, {}), (ValueError,), (_said(_ARTICLE),)),
    "articles: packed JSON lines": Parser(_document(jsonl.parse_packed, {}), (ValueError,), (b"\x1f\x8b\x08\x00",)),
    "articles: web pages": Parser(_document(html.parse), (ValueError,), (_HTML,), slow=True),
    "articles: PDF": Parser(_document(pdf.parse), (ValueError,), (_PDF,)),
    "articles: Word": Parser(_document(docx.parse), (ValueError,), (b"PK\x03\x04",)),
    "articles: sitemaps": Parser(_document(sitemap.read), (ValueError,), (_SITEMAP,)),
    "files: names and types": Parser(_upload, (), (b"\x89PNG\r\n\x1a\n", "..\\..//bill\u202e.pdf".encode())),
    "back-ups: manifest": Parser(_manifest, (NotABackup,), (_said(_MANIFEST),)),
}
