"""Published content: every server judges by the same files, from the same moment on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library
from console.content.thresholds import Untunable
from console.desk.library import NewArticle, Unpublishable
from console.server.behaviour_files import BehaviourFolder
from console.server.published import PublishedFolder, SharedShelf, publish
from console.server.stores import open_store
from console.settings import Settings, StoreSettings
from console.store.postgres import PostgresDatabase
from console.store.postgres.content import PublishedContent
from console.workspace import Workspace
from tests.commands.running import secondchair
from tests.store.desks import PostgresDesk

RULE = """title = "Opening hours"
layer = "autonomous"
tier = 1
stakes = "low"
say = "A colleague knows more."

[triggers]
examples = ["when do you open"]

[[handover]]
when = "unresolved"
after = 5
"""


@pytest.fixture
def content(place: PostgresDesk) -> Iterator[PublishedContent]:
    """The content of a team that has published nothing yet."""
    place.open()
    database = PostgresDatabase(place.address)
    yield PublishedContent(database)
    database.close()


def write(folder: Path, **files: str) -> Path:
    """Write files whose names have ``__`` for a folder's mark."""
    for name, text in files.items():
        place = folder / f"{name.replace('__', '/')}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def listed(folder: Path) -> dict[str, str]:
    """Return what lies below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_every_server_has_the_published_files_and_no_others(content: PublishedContent, tmp_path: Path) -> None:
    """What is published again changes, what is left out goes, and what somebody put there by hand goes too."""
    authored = write(tmp_path / "authored", articles__boots="Boots", articles__tents="Tents")
    done = publish(content, authored)
    assert done is not None
    assert done.added == ("articles/boots.md", "articles/tents.md")
    folders = [PublishedFolder(content, tmp_path / name) for name in ("one", "two")]
    for folder in folders:
        folder.follow()
    write(tmp_path / "one", articles__foreign="Not published")
    write(authored, articles__boots="Better boots")
    (authored / "articles" / "tents.md").unlink()
    done = publish(content, authored)
    assert done is not None
    assert (done.added, done.changed, done.removed) == ((), ("articles/boots.md",), ("articles/tents.md",))
    for folder in folders:
        folder.follow()
    assert listed(tmp_path / "one") == listed(tmp_path / "two") == {"articles/boots.md": "Better boots"}


def test_the_first_server_publishes_and_the_others_follow(place: PostgresDesk, tmp_path: Path) -> None:
    """The second one's own folder is not what it judges by."""
    settings = Settings(store=StoreSettings(address=place.address))
    one, two = Workspace(tmp_path / "one"), Workspace(tmp_path / "two")
    write(one.authored, articles__boots="Boots")
    write(two.authored, articles__tents="Tents")
    for workspace in (one, two):
        store = open_store(workspace, settings)
        assert listed(store.workspace.content) == {"articles/boots.md": "Boots"}
        store.close()


def test_what_cannot_be_judged_by_is_not_published(place: PostgresDesk, tmp_path: Path) -> None:
    """The server says why it does not start; nothing is left behind."""
    settings, workspace = Settings(store=StoreSettings(address=place.address)), Workspace(tmp_path / "one")
    broken = workspace.authored / "policies" / "refunds.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("severity = 'wran'\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"refunds\.toml"):
        open_store(workspace, settings)
    broken.unlink()
    store = open_store(workspace, settings)
    store.close()


def test_an_approved_article_is_published_at_once_and_stays(content: PublishedContent, tmp_path: Path) -> None:
    """Also when the folder is published again that knows nothing of it; what was changed is not taken back."""
    shelf, folder = SharedShelf(content), PublishedFolder(content, tmp_path / "one")
    article = NewArticle("Gift wrapping?", "We wrap gifts.", "public", "2026-01-31", "conversation c1")
    assert shelf.put(article)[0] == "gift-wrapping.md"
    name, digest = shelf.put(article)
    assert name == "gift-wrapping-2.md"
    publish(content, write(tmp_path / "authored", articles__boots="Boots"))
    folder.follow()
    assert set(listed(tmp_path / "one")) == {f"articles/{n}.md" for n in ("boots", "gift-wrapping", "gift-wrapping-2")}
    with pytest.raises(Unpublishable, match="has been changed since"):
        shelf.take_back(name, "another")
    shelf.take_back(name, digest)
    shelf.take_back(name, digest)
    folder.follow()
    assert "articles/gift-wrapping-2.md" not in listed(tmp_path / "one")


@pytest.mark.parametrize("path", ["../evil.md", "/etc/evil.md", "articles/../../evil.md", "a\\b.md"])
def test_a_path_that_leads_out_of_the_folder_is_refused(content: PublishedContent, tmp_path: Path, path: str) -> None:
    """Whoever can write to the database cannot write to the servers' disks."""
    content.publish({path: b"evil"})
    with pytest.raises(ContentError, match="no name that a file may have"):
        PublishedFolder(content, tmp_path / "deep" / "one").follow()
    assert not list(tmp_path.rglob("evil*"))


def test_publishing_by_hand_says_what_changed(place: PostgresDesk, tmp_path: Path) -> None:
    """By the name that the servers give the set under /ready; and a desk of its own has nothing to publish to."""
    workspace = Workspace(tmp_path / "one")
    write(workspace.authored, articles__boots="Boots")
    done = secondchair("publish", "--workspace", workspace.root)
    assert (done.code, "judges by its folder as it is" in done.err) == (2, True)
    workspace.config.write_text(f'[store]\naddress = "{place.address}"\n', encoding="utf-8")
    said = secondchair("publish", "--workspace", workspace.root).out
    assert said == f"Published {load_library(workspace.authored).edition}: 1 added.\n"
    assert ": nothing has changed." in secondchair("publish", "--workspace", workspace.root).out


def test_a_threshold_that_a_lead_changes_is_every_servers_and_taken_back(
    content: PublishedContent, tmp_path: Path
) -> None:
    """What two leads change at once is changed by the first of them; one that was published anew is left alone."""
    authored = tmp_path / "authored" / "behaviours" / "hours.toml"
    authored.parent.mkdir(parents=True)
    authored.write_text(RULE, encoding="utf-8")
    publish(content, tmp_path / "authored")
    one, two = (PublishedFolder(content, tmp_path / name) for name in ("one", "two"))
    here, there = (BehaviourFolder(tmp_path / n, f.follow, content) for n, f in (("one", one), ("two", two)))
    file, text, digest = here.read("hours")
    assert (file, text) == ("behaviours/hours.toml", RULE)
    now = here.replace(file, digest, RULE.replace("after = 5", "after = 2"))
    assert there.read("hours") == (file, RULE.replace("after = 5", "after = 2"), now)
    with pytest.raises(Untunable, match="changed meanwhile"):
        there.replace(file, digest, RULE.replace("after = 5", "after = 3"))
    assert not content.replace(file, digest, b"late")
    there.replace(file, now, RULE)
    assert here.read("hours")[1] == RULE
    with pytest.raises(ContentError, match="tier"):
        here.replace(file, digest, RULE.replace("tier = 1", "tier = 7"))
    assert here.read("hours")[1] == RULE
