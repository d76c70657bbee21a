"""Files on the web chat: what is taken from whom, and who can see it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation.attachments import Attachment
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.conversation.state import Conversation
from console.desk.attachments import MEGABYTE, NotTaken
from console.desk.uploads import UploadLimits, require_room
from console.server.app import create_app
from console.server.chat.files import TRIES_PER_MINUTE
from console.server.chat.keeping import EndedVisits
from console.server.chat.routes import chat_router
from console.server.chat.visits import Visits
from console.settings import WebChatSettings
from console.store import files
from tests.accounts.making import new_accounts
from tests.channels.files import PDF, PICTURE
from tests.chat.conftest import KEY, Chat, again, browser, line, running

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
FIRST = "file-0001"


def headers(key: str = FIRST, name: str = "photo.png") -> dict[str, str]:
    """Return what the page sends along with a file."""
    return {"X-File-Key": key, "X-File-Name": name, "Content-Type": "application/octet-stream"}


async def sent(
    page: httpx.AsyncClient, data: bytes = PICTURE, key: str = FIRST, name: str = "photo.png"
) -> httpx.Response:
    """Send a file as the page does."""
    return await page.post("/chat/files", content=data, headers=headers(key, name))


async def test_a_file_reaches_the_desk_once_and_its_customer_sees_it(chat: Chat, page: httpx.AsyncClient) -> None:
    """As a first message too; a page that got no answer sends it again with the same key."""
    for _ in range(2):
        assert (await sent(page, name="Gr%C3%B6%C3%9Fe%2F..%2Fphoto.png")).status_code == 204
    (message,) = (await chat.only()).messages
    assert message.text == "[photo.png]"
    (attachment,) = message.attachments
    shown = await page.get(f"/chat/files/{attachment.id}")
    assert (shown.status_code, shown.content, shown.headers["Content-Type"]) == (200, PICTURE, "image/png")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


async def test_nobody_else_sees_a_file(chat: Chat, page: httpx.AsyncClient) -> None:
    """Not another visitor, not a browser without a visit, and no guess."""
    await sent(page)
    attachment = (await chat.only()).messages[0].attachments[0].id
    async with browser(chat) as other:
        assert (await other.get(f"/chat/files/{attachment}")).status_code == 401
        await other.post("/chat/session", json={})
        assert (await other.get(f"/chat/files/{attachment}")).status_code == 404
        await other.post("/chat/messages", json={"text": "Hello", "key": "key-0001"})
        assert (await other.get(f"/chat/files/{attachment}")).status_code == 404
    assert (await page.get(f"/chat/files/{'0' * 64}")).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Files of this type are not taken"),
        (b"<!doctype html><script>alert(1)</script>", "Files of this type are not taken"),
        (b"MZ\x90\x00", "Files of this type are not taken"),
    ],
)
async def test_what_is_not_taken_is_said_in_a_line(page: httpx.AsyncClient, data: bytes, words: str) -> None:
    """Whatever its name and its sender say of it."""
    answer = await sent(page, data)
    assert (answer.status_code, line(answer)) == (422, "not-taken")
    assert answer.json()["error"]["message"].startswith(words)


async def test_a_file_over_the_limit_is_refused_whether_it_says_so_or_not(chat: Chat, page: httpx.AsyncClient) -> None:
    """And nothing of it is kept."""
    large = PICTURE + bytes(MEGABYTE)

    async def unannounced() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 4096):
            yield large[start : start + 4096]

    for content in (large, unannounced()):
        answer = await page.post("/chat/files", content=content, headers=headers())
        assert (answer.status_code, answer.json()["error"]["message"]) == (413, "The file is larger than 1 MB.")
    assert not (chat.folder / "files").exists()


async def test_the_whole_application_lets_a_file_through_that_is_larger_than_any_message(
    tmp_path: Path, chat: Chat, page: httpx.AsyncClient
) -> None:
    """Its limit of other requests stands."""
    visits = Visits("", lambda _: None, KEY, EndedVisits(tmp_path / "ended"))
    router = chat_router(chat.desk, chat.webchat, WebChatSettings(), visits)
    app = create_app(chat.desk, new_accounts(tmp_path), router)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=str(page.base_url), cookies=page.cookies, headers=page.headers
    ) as client:
        assert (await sent(client, PICTURE + bytes(MEGABYTE // 2))).status_code == 204
        assert (await sent(client, bytes(2 * MEGABYTE))).status_code == 413
        assert (await client.post("/chat/messages", content=bytes(MEGABYTE // 2))).status_code == 413


@pytest.mark.parametrize(
    "changed", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"X-File-Key": "a b"}]
)
async def test_what_another_site_sends_is_not_taken(
    chat: Chat, page: httpx.AsyncClient, changed: Mapping[str, str]
) -> None:
    """Although the browser sends the visitor's cookie along."""
    answer = await page.post("/chat/files", content=PICTURE, headers={**headers(), **changed})
    assert answer.status_code in {403, 421, 422}
    assert not chat.desk.live.rows


async def test_without_a_visit_nothing_is_read(chat: Chat) -> None:
    """The page begins a new one, and sends the file again."""
    async with browser(chat) as client:
        assert (await sent(client)).status_code == 401
    assert not (chat.folder / "files").exists()


async def test_the_files_of_an_hour_are_limited_for_each_customer(tmp_path: Path) -> None:
    """In words, and for that customer alone; one that is sent again does not count again; a restart forgets nothing."""
    limits = UploadLimits(per_hour=2)
    async with running(tmp_path / "desk", limits=limits) as chat, browser(chat) as page, browser(chat) as other:
        for client in (page, other):
            await client.post("/chat/session", json={})
        for key in ("file-0001", "file-0002", "file-0002"):
            assert (await sent(page, key=key)).status_code == 204
        answer = await sent(page, key="file-0003")
        assert (answer.status_code, line(answer)) == (422, "not-taken")
        assert "2 files within an hour" in answer.json()["error"]["message"]
        assert (await sent(other)).status_code == 204
        assert (await page.post("/chat/messages", json={"text": "Words go", "key": "key-0001"})).status_code == 204
        cookies = page.cookies
    async with running(tmp_path / "desk", limits=limits) as chat, browser(chat) as page:
        page.cookies = cookies
        assert (await sent(page, key="file-0003")).status_code == 422


async def test_files_of_one_customer_come_one_at_a_time(chat: Chat, page: httpx.AsyncClient) -> None:
    """A second one waits; the limits could be passed by sending many at once otherwise."""
    held, let = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield PICTURE[:10]
        held.set()
        await let.wait()
        yield PICTURE[10:]

    first = asyncio.create_task(page.post("/chat/files", content=slow(), headers=headers()))
    await held.wait()
    answer = await sent(page, PDF, "file-0002")
    assert (answer.status_code, line(answer), "Retry-After" in answer.headers) == (429, "one-at-a-time", True)
    let.set()
    assert (await first).status_code == 204
    assert (await sent(page, PDF, "file-0002")).status_code == 204


async def test_one_address_begins_so_many_files_a_minute(chat: Chat, page: httpx.AsyncClient) -> None:
    """Whatever they are: what is not taken costs time too."""
    for _ in range(TRIES_PER_MINUTE):
        assert (await sent(page, b"")).status_code == 422
    answer = await sent(page)
    assert (answer.status_code, line(answer)) == (429, "too-fast")


async def test_files_leave_the_log_its_room_on_the_disk(
    page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The customer reads why."""
    monkeypatch.setattr(files, "LEFT_FREE", 2**62)
    answer = await sent(page)
    assert answer.json()["error"]["message"] == "There is no room for files on this desk right now."


async def test_where_none_are_taken_the_page_offers_none(chat: Chat) -> None:
    """And whoever sends one all the same is told."""
    without = again(chat, limits=UploadLimits(per_hour=0))
    async with browser(without) as client:
        assert (await client.post("/chat/session", json={})).json()["files"] is None
        assert (await sent(client)).json()["error"]["message"] == "Files are not taken here."


async def test_the_page_is_told_the_limits_first(page: httpx.AsyncClient) -> None:
    """In one line for people, and in numbers for itself."""
    terms = (await page.post("/chat/session", json={})).json()["files"]
    assert terms["most"] == MEGABYTE
    assert terms["line"] == "Files: pictures, PDF, text, sound and video, up to 1 MB each."


@given(st.lists(st.tuples(st.integers(0, 180), st.integers(1, 50)), max_size=12), st.integers(1, 60))
def test_nobody_passes_the_limits(before: list[tuple[int, int]], size: int) -> None:
    """Of an hour, and of all bytes together, however the files came."""
    limits = UploadLimits(per_hour=4, total_bytes=120)
    messages = [
        Message(
            f"m{n}", Author.CUSTOMER, "", NOW - timedelta(minutes=ago), attachments=(Attachment("a", "a", "b", kept),)
        )
        for n, (ago, kept) in enumerate(before, 1)
    ]
    state = Conversation("c1", messages=messages, customer=Customer(id="u1"))
    fits = sum(ago < 60 for ago, _ in before) < 4 and sum(kept for _, kept in before) + size <= 120
    try:
        require_room(state, size, NOW, limits)
    except NotTaken:
        assert not fits
    else:
        assert fits
