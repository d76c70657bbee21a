"""Which rules a desk works by stands in its log, and consoles say in a line when they change."""

from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library
from console.conversation.content_events import ContentPublished, ContentRefused
from console.desk.desk import Desk
from console.server.publishing import Publishing
from console.store import open_log
from console.terminal.content_news import content_news
from tests.desks import Chair, events_of

RULE = 'title = "Hours"\nlayer = "assisted"\ntier = 1\n[triggers]\npatterns = ["open"]\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one behaviour."""
    file = tmp_path / "content" / "behaviours" / "hours.toml"
    file.parent.mkdir(parents=True)
    file.write_text(RULE, encoding="utf-8")
    return tmp_path / "content"


async def started(folder: Path) -> Desk:
    """Return a desk over a log of its own."""
    desk = Desk(open_log(folder, folder / "keys"), Chair())
    await desk.start({})
    return desk


async def test_the_first_set_is_logged_once_however_often_the_server_starts(tmp_path: Path, content: Path) -> None:
    """And no console says anything of it."""
    desk = await started(tmp_path)
    for _ in range(2):
        await Publishing().published(desk.live, load_library(content), desk.now())
    (event,) = await events_of(desk, ContentPublished)
    assert event.data == ContentPublished(dict(load_library(content).versions))
    assert content_news(event.data, leads=True) == ""
    await desk.stop()


async def test_a_changed_part_is_named_at_every_console(tmp_path: Path, content: Path) -> None:
    """In a line."""
    desk = await started(tmp_path)
    await Publishing().published(desk.live, load_library(content), desk.now())
    (content / "behaviours/hours.toml").write_text(RULE.replace("tier = 1", "tier = 2"), encoding="utf-8")
    await Publishing().published(desk.live, load_library(content), desk.now())
    newest = (await events_of(desk, ContentPublished))[-1].data
    assert content_news(newest, leads=False) == "The desk works by renewed rules: behaviours."
    await desk.stop()


async def test_what_cannot_be_used_is_told_to_leads_with_every_fault_in_the_log(tmp_path: Path, content: Path) -> None:
    """Agents cannot mend it; other trouble than the content's is no event."""
    desk = await started(tmp_path)
    (content / "behaviours/hours.toml").write_text(RULE.replace("title", "titel"), encoding="utf-8")
    (content / "behaviours/other.toml").write_text(RULE.replace("tier = 1", "tier = 5"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(content)
    await Publishing().refused(desk.live, caught.value, desk.now())
    await Publishing().refused(desk.live, OSError("disk"), desk.now())
    (event,) = await events_of(desk, ContentRefused)
    assert isinstance(event.data, ContentRefused)
    assert len(event.data.faults) == 2
    said = content_news(event.data, leads=True)
    assert said == (
        "Changed rules cannot be used, those before stay in force: hours.toml:1: unknown key 'titel'; did you mean "
        "'title'? (and 1 more)"
    )
    assert content_news(event.data, leads=False) == ""
    await desk.stop()
