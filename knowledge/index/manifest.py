"""What a generation holds, with checksums that tell whether its files are still as they were written."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from knowledge.errors import MEND, IndexDamaged, IndexOutdated
from knowledge.index import folder as places

FORMAT = 3
"""Version of the layout on disk."""

NAME = "manifest.json"
COPY = "manifest.copy.json"
"""The same once more: without a manifest, nothing of a generation could be trusted."""

_CHECKSUM = "sha256"
_ALTERED = "was altered (its checksum differs)"

ARTICLES, VECTORS, LEXICAL = "articles", "vectors", "lexical"
"""The folders in which the three stores of a generation lie."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as it was written."""

    size: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a generation. Which documents it holds, and their checksums, stand in the articles."""

    format: int
    made_at: str
    model: str
    embedder: str
    """Fingerprint of the embedder that made the vectors."""
    splitter: int
    """Version of the splitter that made the passages."""
    dimensions: int
    documents: int
    passages: int
    next_document: int
    next_passage: int
    """Numbers that were never given yet."""
    sources: dict[str, int]
    """How many documents come from each source."""
    files: dict[str, FileRecord]
    """By path below the generation's folder."""
    lost: dict[str, int] = field(default_factory=dict)
    """How many documents of each source were lost to damage and not indexed again since; an index that was made before
    this was counted has none."""


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a generation's folder, twice."""
    facts = asdict(manifest)
    text = json.dumps(facts | {_CHECKSUM: _checksum(facts)}, indent=1, ensure_ascii=False)
    for name in (NAME, COPY):
        (folder / name).write_text(text, encoding="utf-8")


def record(folder: Path, earlier: dict[str, FileRecord]) -> dict[str, FileRecord]:
    """The facts of every file of a generation; those that are as an earlier one recorded them are not read again."""
    records: dict[str, FileRecord] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, about = file.relative_to(folder).as_posix(), file.stat()
        before = earlier.get(name)
        if before and (before.size, before.changed_ns) == (about.st_size, about.st_mtime_ns):
            records[name] = before
        else:
            records[name] = FileRecord(about.st_size, about.st_mtime_ns, _sha256(file))
    return records


def read(folder: Path) -> Manifest:
    """The manifest of a generation, from its copy where it is damaged itself.

    Raises IndexDamaged, IndexOutdated for another format, or FileNotFoundError where both are gone.
    """
    try:
        return _read(folder / NAME)
    except (FileNotFoundError, IndexDamaged) as error:
        try:
            return _read(folder / COPY)
        except (FileNotFoundError, IndexDamaged):
            raise error from None


def _read(file: Path) -> Manifest:
    try:
        raw: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        sealed = raw.pop(_CHECKSUM, None)
        if sealed != _checksum(raw) and not (sealed is None and raw["format"] < FORMAT):
            raise _damaged(file, _ALTERED)
        if raw["format"] != FORMAT:
            raise IndexOutdated(f"{file.parent} has format {raw['format']}, not {FORMAT}; run the index command again")
        return Manifest(**{**raw, "files": {name: FileRecord(**facts) for name, facts in raw["files"].items()}})
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _damaged(file, "cannot be read") from error


def whole(folder: Path, manifest: Manifest, name: str) -> bool:
    """Whether a file of a generation, by its path below the folder, is as it was written."""
    return name in manifest.files and not _wrong(folder / name, manifest.files[name], thorough=True)


def damage(folder: Path, manifest: Manifest, *, thorough: bool = False) -> dict[str, IndexDamaged]:
    """What is wrong with each store that has a file which is absent, of another size, or altered.

    By the name of the store; by that of the file for the manifest and for the one that names the generation in use.
    Checksums are compared only of files that were touched since they were written, or of all when `thorough`.
    Raises FileNotFoundError where the whole generation is gone.
    """
    found: dict[str, IndexDamaged] = {}
    if fault := places.pointer_fault(folder.parent.parent):
        found[places.CURRENT] = _damaged(folder.parent.parent / places.CURRENT, fault)
    for name in (NAME, COPY):
        try:
            _read(folder / name)
        except FileNotFoundError:
            found[name] = _damaged(folder / name, "is gone")
        except IndexDamaged as error:
            found[name] = error
    for name, expected in manifest.files.items():
        store = name.partition("/")[0]
        wrong = _wrong(folder / name, expected, thorough=thorough)
        if wrong and store not in found:
            found[store] = _damaged(folder / name, wrong)
    if found:
        folder.stat()
    return found


def _wrong(file: Path, expected: FileRecord, *, thorough: bool) -> str:
    try:
        about = file.stat()
        if about.st_size != expected.size:
            return f"has {about.st_size} bytes instead of {expected.size}"
        if (thorough or about.st_mtime_ns != expected.changed_ns) and _sha256(file) != expected.sha256:
            return _ALTERED
    except FileNotFoundError:
        return "is gone"
    return ""


def _checksum(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _damaged(file: Path, what: str) -> IndexDamaged:
    return IndexDamaged(f"{file} {what}; {MEND}")
