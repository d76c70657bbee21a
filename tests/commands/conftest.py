"""A folder for a desk, articles to index, and a log with a conversation in it."""

from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.store import open_log
from console.workspace import config_folder
from tests.desks import Chair, arrive, suggest, suggestion

PARCEL = "# Lost parcels\nA parcel counts as lost when its tracking has not moved for seven days.\n"
TENT = "# Cleaning a tent\nWash the fly sheet by hand with lukewarm water, and dry it in the shade.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder that holds other files and is no workspace yet."""
    root = tmp_path / "desk"
    root.mkdir()
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    return root


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two documents."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lost.md").write_text(PARCEL, encoding="utf-8")
    (folder / "tent.md").write_text(TENT, encoding="utf-8")
    return folder


@pytest.fixture
async def logged(workspace: Path) -> Path:
    """A workspace whose log holds a conversation with suggestions."""
    desk = Desk(open_log(workspace, config_folder()), Chair())
    await desk.start({})
    desk.assistance.ready(desk.assistant)
    await arrive(desk, "c1", "My boots are late \u202e")
    made = suggestion("I can reship it.")
    await suggest(desk, made)
    await desk.stop()
    return workspace
