"""What a generation of the index is made of, and whether its files are still as they were written."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged, IndexOutdated

FORMAT = 1
"""Version of the layout on disk."""

NAME = "manifest.json"
ARTICLES = "articles.db"
VECTORS = "vectors.f32"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as it was written."""

    size: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a generation. Which documents it holds, and their checksums, stand in `articles.db`."""

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
    sources: dict[str, int]
    """How many documents come from each source."""
    files: dict[str, FileRecord]


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a generation's folder."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8")


def record(file: Path) -> FileRecord:
    """The facts of a file as it stands."""
    about = file.stat()
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return FileRecord(about.st_size, about.st_mtime_ns, digest)


def read(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexDamaged, or IndexOutdated for another format."""
    try:
        raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise IndexOutdated(f"{folder} has format {raw['format']}, not {FORMAT}; run the index command again")
        return Manifest(**{**raw, "files": {name: FileRecord(**facts) for name, facts in raw["files"].items()}})
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(folder / NAME, "cannot be read") from error


def check(folder: Path, manifest: Manifest, *, thorough: bool = False) -> None:
    """Raise IndexDamaged where a file is absent, of another size, or altered.

    Checksums are compared only of files that were touched since they were written, or of all when `thorough`.
    """
    for name, expected in manifest.files.items():
        file = folder / name
        try:
            about = file.stat()
            if about.st_size != expected.size:
                raise _damaged(file, f"has {about.st_size} bytes instead of {expected.size}")
            if (thorough or about.st_mtime_ns != expected.changed_ns) and record(file).sha256 != expected.sha256:
                raise _damaged(file, "was altered (its checksum differs)")
        except FileNotFoundError as error:
            raise _damaged(file, "is gone") from error


def _damaged(file: Path, what: str) -> IndexDamaged:
    return IndexDamaged(f"{file} {what}; run the index command again on the same documents to build the index anew")
