"""What the desk does by itself about damage to its knowledge base: at its start, and while it runs."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from console.desk.desk import Desk
from console.server import equipment
from console.server.equipment import Outfitter
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder, IndexDamaged, KnowledgeIndex
from tests.desks import until

LOST = "# Lost parcels\n\nA parcel counts as lost when its tracking has not moved for seven days. We help.\n"
TENT = (
    "# Washing a tent\n\nPitch the tent, sponge it with lukewarm water, and let it dry for a day.\n"
    + "The tent dries.\n" * 1000
)
"""So long that no page of the file which holds it is read before somebody asks for it."""
WHICH = "Articles were lost; 'secondchair doctor' says which"


@pytest.fixture
def workspace(tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A desk with an article of its own and one of a handbook, both indexed; it looks after them without rest."""
    monkeypatch.setattr(equipment, "LOOKS_EVERY", 0.01)
    workspace = Workspace(tmp_path / "desk")
    _write(workspace.content / "articles", "lost.md", LOST)
    _write(tmp_path / "handbook", "tent.md", TENT)
    index = KnowledgeIndex(workspace.knowledge, embedder)
    index.update_from(workspace.content / "articles")
    index.update_from(tmp_path / "handbook")
    return workspace


def _write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")


def _overwrite(workspace: Workspace, size: int, *, in_silence: bool) -> None:
    """Overwrite the first bytes of every articles file in their place, as a fault of the disk does."""
    for file in workspace.knowledge.glob("generations/*/articles/*.db"):
        about = file.stat()
        with file.open("r+b") as opened:
            opened.write(bytes(min(size, about.st_size)))
        if in_silence:
            os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))


@asynccontextmanager
async def _at_work(desk: Desk, workspace: Workspace) -> AsyncIterator[list[Any]]:
    """Equip a desk, and keep it so; yields what it logs, once the index was looked over for the first time."""
    with capture_logs() as logged:
        outfitter = Outfitter(workspace, Settings())
        task = asyncio.create_task(outfitter.run(desk))
        try:
            await until(lambda: bool(outfitter._tended), within=60)
            yield logged
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def _told(logged: list[Any]) -> list[tuple[str, int]]:
    return [(line["source"], line["documents"]) for line in logged if line["event"].startswith("articles lost")]


def _found(desk: Desk, query: str) -> list[str]:
    return [hit.document for hit in desk.lookup.search(query, 5).hits]


@pytest.mark.parametrize("in_silence", [False, True])
async def test_what_was_lost_before_the_desk_started_is_logged_and_shown(
    desk: Desk, workspace: Workspace, tmp_path: Path, embedder: Embedder, *, in_silence: bool
) -> None:
    """Its own articles are there again by themselves; the handbook's once somebody indexes it."""
    _overwrite(workspace, 200, in_silence=in_silence)
    async with _at_work(desk, workspace) as logged:
        assert desk.damage == WHICH
        assert _found(desk, "lost parcel tracking") == ["lost.md"]
        assert desk.lookup.search("wash a tent", 5).damage == WHICH
        assert [line["log_level"] for line in logged if line["event"] == "knowledge base mended"] == ["warning"]
        assert _told(logged) == [(str(tmp_path / "handbook"), 1)]
        KnowledgeIndex(workspace.knowledge, embedder).update_from(tmp_path / "handbook")
        await until(lambda: desk.damage == "", within=60)
        assert set(_found(desk, "wash a tent")) == {"tent.md", "lost.md"}


async def test_the_desks_own_articles_come_back_when_somebody_else_finds_them_lost(
    desk: Desk, workspace: Workspace, tmp_path: Path, embedder: Embedder
) -> None:
    """By mending the index of a desk that runs."""
    async with _at_work(desk, workspace) as logged:
        _overwrite(workspace, 200, in_silence=True)
        other = KnowledgeIndex(workspace.knowledge, embedder)
        assert len(other.mend().lost) == 2
        await until(lambda: desk.damage == WHICH and bool(_told(logged)), within=60)
        assert _found(desk, "lost parcel tracking") == ["lost.md"]
        assert _told(logged) == [(str(tmp_path / "handbook"), 1)]
        other.reload()
        assert other.contents().lost == {str(tmp_path / "handbook"): 1}


async def test_damage_that_a_search_fails_of_is_mended_while_the_desk_runs(
    desk: Desk, workspace: Workspace, tmp_path: Path
) -> None:
    """A moment later the desk has what could be kept, and says what could not."""
    async with _at_work(desk, workspace) as logged:
        _overwrite(workspace, 1_000_000, in_silence=True)
        with pytest.raises(IndexDamaged, match="was altered"):
            desk.lookup.search("wash a tent", 5)
        await until(lambda: desk.damage == WHICH and bool(_told(logged)), within=60)
        assert _found(desk, "lost parcel tracking") == ["lost.md"]
        assert _told(logged) == [(str(tmp_path / "handbook"), 1)]
