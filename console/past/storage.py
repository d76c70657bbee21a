"""Past moments on disk: whole generations, put in place at once, and a list of cases added since.

``current.json`` names the generation in force; it is replaced in one step after everything else is safe on disk, so a
crash leaves the generation before. Vectors are opened by memory map.
"""

import json
import mmap
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from console.assist.ports import Vectors
from console.content.errors import ContentError
from console.past.head import Head
from console.past.moments import PastCase
from console.past.table import PARTS, Rows, Table

FORMAT: Final = 4
"""Raised when generations are written differently; an older one is then made anew from the conversations."""

MANIFEST: Final = "current.json"
VECTORS: Final = ("vectors", "compact", "basis", "template_vectors", "matters")
HEAD: Final = "head.npz"
HEAD_ARRAYS: Final = ("words", "parts", "replies", "groups")
ADDED: Final = "added.jsonl"


@dataclass(frozen=True, slots=True)
class Stored:
    """One generation: the cases it was made from, their moments as a table, and the vectors."""

    cases: tuple[PastCase, ...]
    table: Table
    leader: Rows
    vectors: Vectors
    """Of ``table.texts``."""
    compact: Vectors
    """The same, compacted along ``basis``: what searches read."""
    basis: Vectors
    template_vectors: Vectors
    matters: Vectors
    """Of what the customer of each case came with, shape (cases, dimensions); zeros where they wrote nothing."""
    words: tuple[str, ...]
    head: Head | None
    model: str
    """What made the vectors; another model's vectors cannot be compared with them."""
    version: str


def read(folder: Path) -> Stored | None:
    """Return the generation in force; ``None`` where there is none, or one of another format.

    Raises :class:`ContentError` where it is damaged.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            return None
        return _read_generation(folder / manifest["generation"], manifest)
    except FileNotFoundError:
        if not (folder / MANIFEST).exists():
            return None
        raise ContentError(folder, "past conversations are incomplete; import them again") from None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ContentError(folder, "past conversations are damaged; import them again") from error


def write(folder: Path, stored: Stored, left: Sequence[PastCase] = ()) -> None:
    """Put ``stored`` in force and drop older generations, and the list of added cases but for those ``left`` out."""
    folder.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    try:
        _write_generation(building, stored)
        name = f"generation-{stored.version}-{building.name.removeprefix('building-')}"
        building.rename(folder / name)
        manifest = {"format": FORMAT, "generation": name, "version": stored.version, "model": stored.model}
        replace_file(folder / MANIFEST, json.dumps(manifest))
        write_added(folder, left)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    for old in (*folder.glob("generation-*"), *folder.glob("building-*")):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def write_added(folder: Path, cases: Sequence[PastCase]) -> None:
    """Let these be the cases added since the generation."""
    if cases:
        lines = (json.dumps(case.to_json(), ensure_ascii=False) + "\n" for case in cases)
        replace_file(folder / ADDED, "".join(lines))
    else:
        (folder / ADDED).unlink(missing_ok=True)


def clear(folder: Path, left: Sequence[PastCase] = ()) -> None:
    """Drop every generation; only these cases, added and not embedded yet, stay."""
    write_added(folder, left)
    (folder / MANIFEST).unlink(missing_ok=True)
    for old in (*folder.glob("generation-*"), *folder.glob("building-*")):
        shutil.rmtree(old, ignore_errors=True)


def added(folder: Path) -> list[PastCase]:
    """Return the cases added since the generation."""
    return added_from(folder, 0)[0]


def newest(folder: Path, most: int) -> tuple[list[PastCase], int]:
    """Return the newest of the cases added since the generation, and the byte behind the last of them.

    Only the ``most`` newest lines are read, however many there are; otherwise as :func:`added_from`.
    """
    try:
        with (folder / ADDED).open("rb") as file:
            if not file.seek(0, os.SEEK_END):
                return [], 0
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                first = data.rfind(b"\n") + 1
                for _ in range(most):
                    first = data.rfind(b"\n", 0, max(0, first - 1)) + 1
    except FileNotFoundError:
        return [], 0
    return added_from(folder, first)


def added_from(folder: Path, first: int) -> tuple[list[PastCase], int]:
    """Return the cases added since the generation, from byte ``first`` on, and the byte behind the last of them.

    A line that somebody is still writing is left for later; one that a crash cut short is passed over.
    """
    try:
        with (folder / ADDED).open("rb") as file:
            file.seek(first)
            whole, newline, _ = file.read().rpartition(b"\n")
    except FileNotFoundError:
        return [], first
    cases = []
    for line in whole.splitlines():
        try:
            cases.append(PastCase.from_json(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return cases, first + len(whole) + len(newline)


def add(folder: Path, case: PastCase) -> None:
    """Append one case, safe on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ADDED).open("a", encoding="utf-8") as file:
        (folder / ADDED).chmod(0o600)
        file.write(json.dumps(case.to_json(), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells, without reading, whether anything has changed."""

    generation: tuple[int, int]
    """When the generation was written, in nanoseconds, and the size of what names it."""
    file: int
    """The file of added cases: another one, once some of them were taken out."""
    size: int
    """Its bytes."""

    def grew_from(self, before: "Stamp") -> bool:
        """Return whether cases were added since ``before``, and nothing else happened."""
        return (self.generation, self.file) == (before.generation, before.file) and self.size > before.size


def stamp(folder: Path) -> Stamp:
    """Return the stamp of a folder as it is."""
    generation = added_file = (0, 0)
    with suppress(FileNotFoundError):
        stat = (folder / MANIFEST).stat()
        generation = (stat.st_mtime_ns, stat.st_size)
    with suppress(FileNotFoundError):
        stat = (folder / ADDED).stat()
        added_file = (stat.st_ino, stat.st_size)
    return Stamp(generation, *added_file)


def replace_file(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` so that a reader finds the old or the new text, never a part."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _write_generation(folder: Path, stored: Stored) -> None:
    table = stored.table
    with (folder / "cases.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(case.to_json(), ensure_ascii=False) + "\n" for case in stored.cases)
    lists = {"texts": table.texts, "templates": table.templates, "cases": table.cases, "words": stored.words}
    (folder / "lists.json").write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    arrays = {"moments": table.moments, "template": table.template, "case": table.case, "leader": stored.leader}
    for name, array in {**arrays, **_vectors_of(stored)}.items():
        np.save(folder / f"{name}.npy", array)
    if stored.head:
        np.savez(folder / HEAD, **{name: getattr(stored.head, name) for name in HEAD_ARRAYS})


def _read_generation(folder: Path, manifest: dict[str, Any]) -> Stored:
    lists = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    cases = [PastCase.from_json(json.loads(line)) for line in _lines(folder / "cases.jsonl")]
    arrays = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r")
        for name in ("moments", "template", "case", "leader", *VECTORS)
    }
    moments = arrays["moments"]
    if moments.shape != (len(arrays["template"]), len(PARTS)) or len(arrays["vectors"]) != len(lists["texts"]):
        raise ValueError("its arrays do not fit together")
    table = Table(
        tuple(lists["texts"]),
        np.asarray(moments),
        np.asarray(arrays["template"]),
        np.asarray(arrays["case"]),
        tuple(lists["templates"]),
        tuple(lists["cases"]),
    )
    return Stored(
        cases=tuple(cases),
        table=table,
        leader=np.asarray(arrays["leader"]),
        vectors=arrays["vectors"],
        compact=np.asarray(arrays["compact"]),
        basis=np.asarray(arrays["basis"]),
        template_vectors=arrays["template_vectors"],
        matters=np.asarray(arrays["matters"]),
        words=tuple(lists["words"]),
        head=_read_head(folder / HEAD),
        model=str(manifest["model"]),
        version=str(manifest["version"]),
    )


def _vectors_of(stored: Stored) -> dict[str, Vectors]:
    return {name: getattr(stored, name) for name in VECTORS}


def _read_head(path: Path) -> Head | None:
    if not path.exists():
        return None
    with np.load(path) as arrays:
        return Head(**{name: arrays[name] for name in HEAD_ARRAYS})


def _lines(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]
