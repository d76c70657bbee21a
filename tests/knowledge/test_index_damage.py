"""Whatever happens to a file of an index: it is found, no process dies of it, search goes on, and it is mended.

The files are those of a real index with every kind of file; each is damaged, looked at and mended in processes of its
own (`faulty.py`), since a fault in a library of C or Rust would end them.
"""

from pathlib import Path

import pytest

from tests.knowledge.faulty import OLD, Seen, lines


def _seen(folder: Path, *arguments: object) -> list[Seen]:
    return [Seen(**line) for line in lines("harmed", folder, *arguments)]


def _allowed(seen: Seen) -> set[str]:
    """How a search may end."""
    if "silently" in seen.how:
        # Only the thorough check knows; what a search reads of it may be as it was.
        return {"whole", "less", "refused"}
    # Damaged texts are shown to nobody. Without vectors or without words, the other of the two answers.
    return {"refused"} if "/articles/" in seen.file else {"less"}


def _check(seen: list[Seen], *, tried_all: bool) -> None:
    for one in seen:
        assert one.search in _allowed(one), one
        assert one.found.startswith("/"), one
        assert "run the index command again" in one.found, one
        if tried_all or one.how.split()[:-1] == ["flipped"]:
            assert one.mended.startswith("the index was damaged: "), one
        assert not one.back, one
        # Of articles, those are lost that were damaged themselves; the index remembers how many.
        assert OLD - one.documents == one.lost, one
        assert not one.lost or "/articles/" in one.file, one


def test_damage_to_any_kind_of_file_is_found_survived_and_mended(tmp_path: Path) -> None:
    """A flipped byte, with and without a new date, and a cut; by one command, and nothing that was removed is back."""
    seen = _seen(tmp_path, 1)
    kinds = {Path(one.file).suffix or Path(one.file).name for one in seen}
    assert {"CURRENT", ".json", ".db", "removed", ".idx", ".term", ".f32", ".numbers", ".clusters"} <= kinds
    _check(seen, tried_all=False)


@pytest.mark.slow
def test_damage_to_any_file_at_many_places_is_found_survived_and_mended(tmp_path: Path) -> None:
    """Also where the file is empty, lacks its last byte, or is gone."""
    seen = _seen(tmp_path, 4, "every")
    assert len({one.file for one in seen}) > len({Path(one.file).suffix for one in seen})
    _check(seen, tried_all=True)
