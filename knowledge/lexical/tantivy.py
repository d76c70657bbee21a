"""Words on tantivy: segment files that are never altered, shared between states of the index by hard links."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import tantivy

from knowledge.errors import MEND, IndexDamaged
from knowledge.lexical.port import Entry
from knowledge.words import terms

_WORDS, _NUMBER, _DOCUMENT = "words", "number", "document"
_COUNTED = "freq"
"""What is kept of a word in a passage: how often it stands there. Where it stands would double the size."""

_SEALED = "sealed.json"
"""Written last: the size of every file."""

_OWN = {"meta.json", ".managed.json"}
"""Files that tantivy writes anew; all others stay as they are once written."""

_HEAP = 64_000_000
"""Bytes of memory for a segment in the making."""

_EQUAL = 248
"""Terms that every passage is filled up to, so that BM25 holds no passage's length against it; see `put`.

One of the lengths that tantivy keeps exactly, and more than all but a few passages have.
"""

_FILLER = "\x00"

_LONGEST = 64
"""Characters of a term that is kept; what is longer is pasted data."""

_REASON = 200

_OS_ERROR = re.compile(r"\(os error (\d+)\)")
_STOPPED = "index writer was killed"
"""What tantivy says of a thread that could not write."""


class TantivyLexical:
    """The words in a folder, mapped into memory as they are needed."""

    def __init__(self, folder: Path) -> None:
        """Open the folder. Raises IndexDamaged where it is unfinished, incomplete or altered."""
        self._folder = folder
        _sealed(folder)
        with _guarded(folder):
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual", 0)
            self._schema = index.schema
            self._searcher = index.searcher()

    @property
    def count(self) -> int:
        """How many passages there are."""
        return self._searcher.num_docs

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        with _guarded(self._folder):
            return {term: self._searcher.doc_freq(_WORDS, term) for term in terms}

    def search(self, terms: Mapping[str, float], k: int) -> list[tuple[int, float]]:
        """Numbers and scores of the k best passages, best first; see `Lexical.search`."""
        if not terms or k < 1:
            return []
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(term), weight))
            for term, weight in terms.items()
        ]
        with _guarded(self._folder):
            found = self._searcher.search(tantivy.Query.boolean_query(parts), k, count=False).hits
            numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in found])
        return [(int(number or 0), float(score)) for number, (score, _) in zip(numbers, found, strict=True)]

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _WORDS, term, _COUNTED)


class TantivyWriter:
    """Writes the next state into a new, empty folder; what the state before it holds is shared, not copied."""

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        """Begin with nothing, or with what an earlier folder holds, which stays as it is."""
        folder.mkdir(exist_ok=True)
        self._folder = folder
        if earlier:
            for name in _sealed(earlier):
                _take(earlier / name, folder / name)
        with _guarded(earlier or folder, writing=True):
            index = tantivy.Index.open(str(folder)) if earlier else tantivy.Index(_schema(), str(folder))
            self._schema = index.schema
            self._writer: tantivy.IndexWriter | None = index.writer(_HEAP, 1)

    def put(self, entries: Iterable[Entry]) -> None:
        """Add passages.

        Each term counts once, and all passages are equally long: BM25 then is the sum of the weights of the terms
        that a passage holds, which is what ranking wants to know of it.
        """
        writer = self._open()
        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned(_NUMBER, entry.number)
            document.add_unsigned(_DOCUMENT, entry.document)
            held = {
                term for term in terms("\n".join([entry.title, *entry.headings, entry.text])) if len(term) <= _LONGEST
            }
            document.add_text(_WORDS, " ".join([*held, *[_FILLER] * (_EQUAL - len(held))]))
            with _guarded(self._folder, writing=True):
                writer.add_document(document)

    def remove(self, documents: Iterable[int]) -> None:
        """Take out all passages of documents."""
        writer = self._open()
        for document in documents:
            # By query, since `delete_documents_by_term` takes the number for a signed one and finds nothing (0.27).
            query = tantivy.Query.term_query(self._schema, _DOCUMENT, document, "basic")
            with _guarded(self._folder, writing=True):
                writer.delete_documents_by_query(query)

    def close(self) -> None:
        """Write everything, and wait until small segments are merged."""
        writer = self._open()
        self._writer = None
        with _guarded(self._folder, writing=True):
            writer.commit()
            writer.wait_merging_threads()
        (self._folder / _SEALED).write_text(json.dumps(_sizes(self._folder)), encoding="utf-8")

    def discard(self) -> None:
        """Give the files back."""
        self._writer = None

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("the writer is closed")
        return self._writer


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_NUMBER, fast=True)
    builder.add_unsigned_field(_DOCUMENT, indexed=True)
    builder.add_text_field(_WORDS, tokenizer_name="whitespace", index_option=_COUNTED)
    return builder.build()


def _take(file: Path, target: Path) -> None:
    if file.name not in _OWN:
        try:
            target.hardlink_to(file)
        except OSError:
            shutil.copy2(file, target)
    else:
        shutil.copy2(file, target)


def _sizes(folder: Path) -> dict[str, int]:
    return {
        file.name: file.stat().st_size
        for file in sorted(folder.iterdir())
        if file.name != _SEALED and not file.name.endswith(".lock")
    }


def _sealed(folder: Path) -> dict[str, int]:
    """The files that belong to a finished folder; raises IndexDamaged where it is unfinished or one is not whole."""
    try:
        sizes: dict[str, int] = json.loads((folder / _SEALED).read_text(encoding="utf-8"))
        odd = [name for name, size in sizes.items() if (folder / name).stat().st_size != size]
    except (OSError, ValueError, AttributeError) as error:
        raise _damaged(folder, error) from error
    if odd:
        raise _damaged(folder, f"{odd[0]} has another size than when it was written")
    return sizes


@contextmanager
def _guarded(folder: Path, *, writing: bool = False) -> Iterator[None]:
    """Raise IndexDamaged for what tantivy raises where its files are altered; OSError where it cannot write."""
    try:
        yield
    except (ValueError, OSError) as error:
        if writing and (fault := _of_disk(error)):
            raise fault from error
        raise _damaged(folder, error) from error
    except BaseException as error:
        # A panic in Rust is no Exception, and its class has no name that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(folder, error) from error


def _of_disk(error: Exception) -> OSError | None:
    """What stands behind an error of writing, be it in one of tantivy's threads; None where it is not the disk."""
    if isinstance(error, OSError):
        return error
    if number := _OS_ERROR.search(str(error)):
        return OSError(int(number[1]), os.strerror(int(number[1])))
    return (
        OSError("the words could not be written, most likely since the disk is full")
        if _STOPPED in str(error)
        else None
    )


def _damaged(folder: Path, reason: object) -> IndexDamaged:
    return IndexDamaged(f"the words in {folder} cannot be read ({_short(reason)}); {MEND}")


def _short(reason: object) -> str:
    return " ".join(str(reason).split())[:_REASON]
