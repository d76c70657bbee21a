"""Names from outside never become paths: of files, of content, of articles, of what is exported."""

import asyncio
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from console.conversation.attachments import Attachment
from console.conversation.events import MessageAdded, NewEvent
from console.conversation.message import Author
from console.conversation.people import Role
from console.desk.attachments import file_name
from console.desk.customer_export import Kept, export
from console.server.article_shelf import ArticleShelf, NewArticle, name_of
from console.store import SqlEventLog
from tests.desks import DANA, arrive
from tests.server.conftest import Served

CLIMBING: Final = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "lost.md%00.txt",
    "%c0%ae%c0%ae/etc/passwd",
    "desk.db",
    "../accounts.db",
    "../../keys/audit.key",
)


PLACES: Final = (
    "/v1/sources/article?id=",
    "/v1/sources/",
    "/chat/static/",
    "/attachments/c1/",
    "/v1/conversations/",
    "/",
)


async def raw(url: str, target: str, token: str) -> bytes:
    """Ask for a target as it is written: clients would put it in order first."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = f"GET {target} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    answer = await reader.read()
    writer.close()
    return answer


async def test_no_address_leads_out_of_what_is_served(served: Served) -> None:
    """Of sources, files, drafts and whatever else takes a name; written as clients would never send it."""
    async with served.listening() as url:
        for name in CLIMBING:
            for place in PLACES:
                answer = await raw(url, f"{place}{name}", served.tokens[Role.LEAD])
                assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 3")), f"{place}{name}: {answer[:200]!r}"
                assert b"root:" not in answer
                assert b"SQLite format" not in answer


@pytest.mark.parametrize(
    "title", ["../../evil", "/etc/cron.d/x", "..", ".", "", "a/b\\c", "con\x00", "\u202e../x", "x" * 5_000]
)
def test_an_article_is_written_into_its_folder_whatever_its_title(tmp_path: Path, title: str) -> None:
    """And under a name that is one."""
    shelf = ArticleShelf(tmp_path / "articles")
    name, _ = shelf.put(NewArticle(title or "x", "We wrap every order.", "public", "2026-03-02", "c1"))
    assert (tmp_path / "articles" / name).read_text(encoding="utf-8").endswith("We wrap every order.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]
    assert name_of(title)
    with pytest.raises(Exception, match="no file of this folder"):
        shelf.take_back(f"../articles/{name}", "")


async def test_an_export_unpacks_into_its_own_folder(served: Served, real_log: SqlEventLog, tmp_path: Path) -> None:
    """Though a file that a customer sent was called otherwise."""
    await arrive(served.desk)
    digest = "a" * 64
    attachment = Attachment(digest, file_name("../../../bill\u202e.pdf"), "text/plain", 1)
    said = MessageAdded(Author.CUSTOMER, "here", attachments=(attachment,))
    await served.desk.live.record([NewEvent("c1", "customer", said, served.desk.now())])

    class Files:
        def get(self, name: str) -> bytes | None:
            return b"x" if name == digest else None

    packed = b"".join(export(Kept(real_log, Files(), None), DANA.id))
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "out")
    assert f"files/{digest[:12]}-bill.pdf" in names
    assert not [name for name in names if name.startswith("/") or ".." in name.split("/")]
