"""The scenarios of a workspace, read anew only when a file or the day has changed."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.server.practice_shelf import PracticeShelf
from tests.practice.scripted import DEMO

DAY = date(2026, 3, 2)


def test_they_are_read_when_something_has_changed(tmp_path: Path) -> None:
    """A file that comes, changes or goes, the records, and the day; else what was read stands."""
    shutil.copytree(DEMO / "practice", tmp_path / "practice")
    records = Path(shutil.copy(DEMO / "customers.jsonl", tmp_path))
    days = [DAY]
    shelf = PracticeShelf(tmp_path / "practice", records, lambda: days[-1])
    first = shelf.scenarios()
    assert shelf.scenarios() is first
    days.append(DAY + timedelta(days=1))
    another_day = shelf.scenarios()
    assert another_day is not first
    file = tmp_path / "practice" / f"{next(iter(first))}.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    changed = shelf.scenarios()
    assert changed[file.stem].version != another_day[file.stem].version
    file.unlink()
    assert changed.keys() - shelf.scenarios().keys() == {file.stem}
    records.unlink()
    with pytest.raises(ContentError, match="no customer has the id"):
        shelf.scenarios()
