"""``index``: what it counts, what it skips, where the vectors lie."""

from pathlib import Path

import pytest

from console.commands.doctor import Mark, findings
from console.workspace import Workspace
from tests.commands.conftest import PARCEL
from tests.commands.running import secondchair
from tests.knowledge.loaders.sites import running
from tests.postgres import Server


def test_indexing_twice_embeds_nothing_twice(workspace: Path, articles: Path) -> None:
    """In a folder that was not made for it; what changed is embedded again, what is gone is gone."""
    first = secondchair("index", articles, "--workspace", workspace)
    assert (first.code, first.out) == (0, "")
    assert "2 added, 0 updated, 0 removed, 0 unchanged, 0 skipped" in first.err
    assert "0 added, 0 updated, 0 removed, 2 unchanged" in secondchair("index", articles, "--workspace", workspace).err
    (articles / "tent.md").unlink()
    (articles / "lost.md").write_text(PARCEL + "Then we send another.\n", encoding="utf-8")
    assert "0 added, 1 updated, 1 removed, 0 unchanged" in secondchair("index", articles, "--workspace", workspace).err
    assert (workspace / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_unreadable_documents_are_named_and_the_rest_indexed(workspace: Path, articles: Path) -> None:
    """Empty or wrongly encoded: skipped, with a count, exit 0."""
    (articles / "empty.md").write_text("", encoding="utf-8")
    (articles / "binary.txt").write_bytes(b"\x00\xff\xfe\x80" * 50)
    done = secondchair("index", articles, "--workspace", workspace)
    assert done.code == 0
    assert "2 added" in done.err
    assert "2 skipped" in done.err
    assert "empty.md" in done.err
    assert "binary.txt" in done.err


def test_a_site_is_indexed_by_its_address(workspace: Path) -> None:
    """One on a private address only where that is asked for; a wrong address is bad input."""
    with running() as site:
        site.html("/", "Lost parcels", '<a href="/gone">gone</a>')
        refused = secondchair("index", site.url, "--workspace", workspace)
        assert refused.code == 2
        assert "private hosts are read only where that is asked for: give --private-hosts" in refused.err
        done = secondchair("index", site.url, "--private-hosts", "--workspace", workspace)
        assert done.code == 0
        assert f"skipped {site.url}gone: is not there (404)" in done.err
        assert f"{site.url}: 1 added, 0 updated, 0 removed, 0 unchanged, 1 skipped" in done.err
    assert secondchair("index", "http://", "--workspace", workspace).code == 2


def test_vectors_can_lie_in_postgresql(workspace: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a setting; the doctor says where, and what is wrong where they do not, never the password."""
    (workspace / "help").mkdir()
    (workspace / "help" / "lost.md").write_text("# Lost parcels\n\nSeven days without a scan: lost.\n")
    dsn = postgres.dsn.replace("app@", "app:hunter2@")
    monkeypatch.setenv("SECONDCHAIR_KNOWLEDGE__VECTORS", dsn)
    assert secondchair("index", workspace / "help", "--workspace", workspace).code == 0
    assert not list((workspace / "knowledge").rglob("*.f32"))
    found = secondchair("search", "my parcel is lost", "--workspace", workspace)
    assert "Lost parcels" in found.out
    doctor = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert doctor["vectors"].mark is Mark.OK
    assert "/postgres, which answers: PostgreSQL" in doctor["vectors"].said
    assert doctor["knowledge"].mark is Mark.OK
    monkeypatch.setenv("SECONDCHAIR_KNOWLEDGE__VECTORS", "postgresql://app:hunter2@127.0.0.1:1/desk")
    doctor = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert doctor["vectors"].mark is doctor["knowledge"].mark is Mark.FAIL
    down = secondchair("index", workspace / "help", "--workspace", workspace)
    assert (down.code, "app@127.0.0.1:1/desk cannot be used" in down.complaint) == (2, True)
    assert "hunter2" not in f"{doctor}{down.complaint}{found}"
