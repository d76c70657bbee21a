"""Files that come with messages: what is taken, where it lies, and who can open it."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from console.conversation.message import Author
from console.conversation.people import Role
from console.desk.attachments import NotTaken, file_name
from console.desk.desk import Desk
from console.desk.file_types import file_type
from console.desk.intake import Incoming
from console.server.app import create_app
from console.server.attachment_links import Links
from console.store import SqlEventLog
from console.store.files import FileFolder
from tests.accounts.making import new_accounts
from tests.channels.files import PDF, PICTURE
from tests.desks import Chair, arrive

LIMIT = 4096


@pytest_asyncio.fixture
async def desk(real_log: SqlEventLog, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk that keeps files of up to four kilobytes."""
    desk = Desk(real_log, Chair(), files=FileFolder(tmp_path / "files"), most_bytes=LIMIT)
    await desk.start({})
    yield desk
    await desk.stop()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PICTURE, "image/png"),
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        ("Größe 43\n".encode(), "text/plain"),
        (b"MZ\x90\x00\x03\x00\x00\x00", ""),
        (b"\x7fELF\x02\x01", ""),
        (b"PK\x03\x04\x14\x00", ""),
        (b" <!DOCTYPE html><script>alert(1)</script>", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""),
        (b"\x00\x01\x02", ""),
        (b"   ", ""),
    ],
)
def test_a_type_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    """Programs, archives and what a browser would run are no type that is taken."""
    assert file_type(data) == kind


@given(st.text())
def test_a_name_is_one_line_and_leads_nowhere(name: str) -> None:
    """Whatever it was."""
    made = file_name(name)
    assert made == made.strip()
    assert made
    assert not set(made) & set('/\\<>:"|?*%;\n\r\t\0')
    assert made not in {".", ".."}
    assert len(made) <= 80


async def test_a_file_is_kept_outside_the_log_for_its_owner_alone(desk: Desk, tmp_path: Path) -> None:
    """Under its SHA-256; the same bytes lie there once."""
    first = await desk.attachments.take("../../etc/photo.png", PICTURE)
    again = await desk.attachments.take("other.png", PICTURE)
    assert (first.name, first.type, first.size) == ("photo.png", "image/png", len(PICTURE))
    assert first.id == again.id == hashlib.sha256(PICTURE).hexdigest()
    (file,) = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert file.read_bytes() == PICTURE
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "empty"), (b"a" * (LIMIT + 1), "larger than"), (b"MZ\x90\x00", "not taken")]
)
async def test_what_is_not_taken_is_said(desk: Desk, data: bytes, why: str) -> None:
    """In words for people."""
    with pytest.raises(NotTaken, match=why):
        await desk.attachments.take("file.png", data)


async def test_a_desk_without_a_place_for_them_keeps_no_files(real_log: SqlEventLog) -> None:
    """And says so."""
    with pytest.raises(NotTaken, match="keeps no files"):
        await Desk(real_log, Chair()).attachments.take("photo.png", PICTURE)


class _Served:
    """The application, whose links hold for ten minutes of a clock that the test moves."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.time = 1_000_000.0
        accounts = new_accounts(folder)
        links = Links(b"k" * 32, 600.0, lambda: self.time)
        transport = httpx.ASGITransport(create_app(desk, accounts, links=links))
        token = accounts.mint(Role.AGENT, "Robin Ashdale")[0]
        headers = {"Authorization": f"Bearer {token}"}
        self.staff = httpx.AsyncClient(transport=transport, base_url="http://desk", headers=headers)
        self.browser = httpx.AsyncClient(transport=transport, base_url="http://desk")

    async def link(self, attachment: str, conversation: str = "c1") -> httpx.Response:
        """Ask for a link."""
        return await self.staff.post(f"/v1/conversations/{conversation}/attachments/{attachment}/link")


@pytest.fixture
def served(desk: Desk, tmp_path: Path) -> _Served:
    """The application over the desk."""
    return _Served(desk, tmp_path)


async def _with_file(desk: Desk, data: bytes = PICTURE, name: str = "photo.png") -> str:
    await arrive(desk)
    attachment = await desk.attachments.take(name, data)
    message = Incoming(Author.CUSTOMER, "[photo.png]", "k9", attachments=(attachment,))
    await desk.intake.receive("c1", message)
    return attachment.id


async def test_a_signed_link_opens_a_file_in_a_browser_for_a_while(desk: Desk, served: _Served) -> None:
    """Without a sign-in; a picture is shown, and nothing in it is run."""
    attachment = await _with_file(desk)
    answered = (await served.link(attachment)).json()
    assert answered["seconds"] == 600
    opened = await served.browser.get(answered["path"])
    assert (opened.status_code, opened.content) == (200, PICTURE)
    assert opened.headers["content-type"] == "image/png"
    assert opened.headers["content-disposition"] == "inline; filename*=UTF-8''photo.png"
    assert "sandbox" in opened.headers["content-security-policy"]
    assert opened.headers["x-content-type-options"] == "nosniff"
    served.time += 599
    assert (await served.browser.get(answered["path"])).status_code == 200
    served.time += 2
    assert (await served.browser.get(answered["path"])).status_code == 404


async def test_what_is_no_picture_is_saved_and_not_shown(desk: Desk, served: _Served) -> None:
    """Under its name, whatever is in it."""
    attachment = await _with_file(desk, PDF, "bill (é).pdf")
    opened = await served.browser.get((await served.link(attachment)).json()["path"])
    assert opened.headers["content-disposition"] == "attachment; filename*=UTF-8''bill%20%28%C3%A9%29.pdf"


async def test_a_link_opens_its_own_file_of_its_own_conversation_only(desk: Desk, served: _Served) -> None:
    """Another signature, time, conversation or file does not open; neither does a file by its bare name."""
    attachment = await _with_file(desk)
    await arrive(desk, "c2")
    path = (await served.link(attachment)).json()["path"]
    for changed in (
        path.replace("/c1/", "/c2/"),
        path.replace("until=1", "until=2"),
        path[:-1] + ("0" if path[-1] != "0" else "1"),
        path.replace(attachment, hashlib.sha256(b"other").hexdigest()),
    ):
        assert (await served.browser.get(changed)).status_code == 404
    assert (await served.browser.get(path.partition("?")[0])).status_code == 422
    assert (await served.link(attachment, "c2")).status_code == 404
    assert (await served.browser.post(f"/v1/conversations/c1/attachments/{attachment}/link")).status_code == 401


async def test_a_file_that_was_changed_on_the_disk_is_not_given_out(
    desk: Desk, served: _Served, tmp_path: Path
) -> None:
    """What a link opens is what the customer sent, or nothing."""
    attachment = await _with_file(desk)
    path = (await served.link(attachment)).json()["path"]
    (file,) = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    file.write_bytes(PDF)
    assert (await served.browser.get(path)).status_code == 404
