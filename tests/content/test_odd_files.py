"""Whatever lies in a folder of content: each file is read, left alone or named in one line, and nothing freezes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library

PLAIN = 'title = "T"\nlayer = "assisted"\ntier = 1\n[triggers]\n'
GOOD = f'{PLAIN}examples = ["where is my parcel"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the behaviours, with one that is right."""
    made = tmp_path / "behaviours"
    made.mkdir()
    (made / "good.toml").write_text(GOOD, encoding="utf-8")
    return made


def said(folder: Path) -> str:
    """Return what is said of the content, which is one line."""
    with pytest.raises(ContentError) as caught:
        load_library(folder.parent)
    assert str(caught.value).isprintable()
    return str(caught.value)


def in_bytes(name: str, content: bytes) -> Callable[[Path], object]:
    """Return what writes a file."""
    return lambda folder: (folder / name).write_bytes(content)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder named as a file": (lambda f: (f / "x.toml").mkdir(), "x.toml: a folder whose name ends in .toml; rename"),
    "a link to itself": (lambda f: (f / "x.toml").symlink_to(f / "x.toml"), "x.toml: a link that leads to no file"),
    "a link to nothing": (lambda f: (f / "x.toml").symlink_to(f / "gone"), "x.toml: a link that leads to no file"),
    "a pipe": (lambda f: os.mkfifo(f / "x.toml"), "x.toml: not a plain file; take it out"),
    "a picture": (in_bytes("x.toml", bytes(range(256))), "x.toml: not UTF-8 text"),
    "zeros": (in_bytes("x.toml", bytes(9)), "x.toml:1: cannot be read here"),
    "nothing": (in_bytes("x.toml", b" \n"), "x.toml: the file is empty; fill it in or take it out"),
    "sixteen bits": (in_bytes("x.toml", GOOD.encode("utf-16")), "x.toml: not UTF-8 text; save it as UTF-8"),
    "capitals": (in_bytes("x.TOML", GOOD.encode()), "x.TOML: not read, since its name ends in .TOML; rename it"),
    "a name on two lines": (in_bytes("x\ny.toml", GOOD.encode()), "x\\ny.toml: a name with characters that are not"),
    "a name in no encoding": (
        lambda f: Path(os.fsdecode(os.fsencode(f) + b"/\xff.toml")).write_text(GOOD, encoding="utf-8"),
        "\\udcff.toml: a name with characters that are not shown",
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_readable_file_is_named_with_what_to_do(folder: Path, kind: str) -> None:
    """It is never passed over: its author believes that it counts."""
    make, expected = ODD[kind]
    make(folder)
    assert expected in said(folder)


def test_what_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, or a whole folder."""
    (folder / "more").mkdir()
    (folder / "x.toml").write_text(GOOD, encoding="utf-8")
    scan, read = os.scandir, Path.read_text

    def no_folder(path: str) -> object:
        if str(path).endswith("more"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    def no_file(path: Path, encoding: str) -> str:
        if path.name == "x.toml":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, encoding=encoding)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", no_folder)
        assert "more: cannot be read (Permission denied)" in said(folder)
    monkeypatch.setattr(Path, "read_text", no_file)
    assert "x.toml: cannot be read (Permission denied)" in said(folder)


def test_a_byte_order_mark_is_no_fault_and_hidden_files_are_not_content(folder: Path) -> None:
    """Editors and systems leave them: locks, copies, forks."""
    (folder / "marked.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("parcel", "refund").encode())
    (folder / ".#good.toml").symlink_to("robin@desk.1234")
    (folder / "._good.toml").write_bytes(bytes(range(256)))
    (folder / ".old").mkdir()
    (folder / ".old/good.toml").write_text(GOOD, encoding="utf-8")
    (folder / "good.toml~").write_text("x", encoding="utf-8")
    own = [behaviour.intent for behaviour in load_library(folder.parent).behaviours if not behaviour.built_in]
    assert sorted(own) == ["good", "marked"]


def test_a_file_stands_where_a_folder_should_or_the_other_way_round(tmp_path: Path) -> None:
    """Either is named; content that is silently not there would be missed by nobody."""
    (tmp_path / "behaviours").write_text(GOOD, encoding="utf-8")
    assert "behaviours: a file where the folder should be" in said(tmp_path / "behaviours")
    (tmp_path / "behaviours").unlink()
    (tmp_path / "behaviours").symlink_to(tmp_path / "behaviours")
    assert "behaviours: a link that leads to no folder" in said(tmp_path / "behaviours")
    (tmp_path / "behaviours").unlink()
    (tmp_path / "company.toml").mkdir()
    assert "company.toml: a folder whose name ends in .toml" in said(tmp_path / "behaviours")
