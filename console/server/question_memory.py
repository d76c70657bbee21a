"""What is known of the questions that were asked in vain, kept on disk: their vectors, and what answered them last.

Made to be lost: whatever is missing or damaged is worked out again. Questions are kept by digest, not as text.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import Final

import numpy as np
import structlog

from console.assist.ports import Nearest, Vectors
from console.conversation.assistance import KnowledgeHit
from console.conversation.codec import decode, encode

_SCHEMA: Final = """
create table if not exists vectors (question blob primary key, vector blob not null) without rowid;
create table if not exists answers (question blob primary key, answerable integer not null, hit text) without rowid;
create table if not exists articles (id text primary key, digest blob not null) without rowid;
create table if not exists about (name text primary key, value text not null) without rowid;
"""
AT_ONCE: Final = 500
"""Questions that one statement names; SQLite takes 999 at the least."""

_log = structlog.get_logger(__name__)


class QuestionMemory:
    """One file, or none (then all is in memory). Not safe from several threads: whoever has it takes turns."""

    def __init__(self, file: Path | None, model: str) -> None:
        """``model`` is what makes the vectors; those of another are forgotten."""
        self._connection = _opened(file, model)

    def embedded(self) -> set[bytes]:
        """Return the digests of the texts whose vectors are kept."""
        return {question for (question,) in self._connection.execute("select question from vectors")}

    def vectors_of(self, questions: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors of texts by their digests; what is not kept is left out."""
        found: dict[bytes, Vectors] = {}
        wanted = list(dict.fromkeys(questions))
        for at in range(0, len(wanted), AT_ONCE):
            some = wanted[at : at + AT_ONCE]
            asked = f"select question, vector from vectors where question in ({','.join('?' * len(some))})"  # noqa: S608
            with suppress(sqlite3.Error):  # damaged by now: it is worked out again
                rows = self._connection.execute(asked, some)
                found.update((question, np.frombuffer(vector, np.float32)) for question, vector in rows)
        return found

    def answers(self) -> dict[bytes, Nearest]:
        """Return every answer by the digest of the question."""
        rows = self._connection.execute("select question, answerable, hit from answers")
        return {question: Nearest(bool(answerable), _hit(hit) if hit else None) for question, answerable, hit in rows}

    def articles(self) -> dict[str, bytes]:
        """Return the digests of the articles that the answers come from, by id."""
        return dict(self._connection.execute("select id, digest from articles"))

    def keep_vectors(self, texts: Sequence[str], rows: Vectors) -> None:
        """Keep the vectors of texts."""
        pairs = [(digest(text), np.asarray(row, np.float32).tobytes()) for text, row in zip(texts, rows, strict=True)]
        self._write("insert or replace into vectors values (?, ?)", pairs)

    def keep_answers(self, answers: Mapping[str, Nearest]) -> None:
        """Keep what was found on each question."""
        rows = [
            (digest(text), int(found.answerable), json.dumps(encode(found.hit)) if found.hit else None)
            for text, found in answers.items()
        ]
        self._write("insert or replace into answers values (?, ?, ?)", rows)

    def keep_articles(self, digests: Mapping[str, bytes], outdated: Iterable[bytes]) -> None:
        """Take note of other articles, and forget the answers to these questions; both or neither."""
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany("delete from answers where question = ?", [(q,) for q in outdated])
            self._connection.execute("delete from articles")
            self._connection.executemany("insert into articles values (?, ?)", digests.items())

    def forget_others(self, texts: Iterable[str]) -> None:
        """Forget every question but these: what is erased from the log, or too old, does not stay here."""
        kept = {digest(text) for text in texts}
        for table in ("vectors", "answers"):
            known = {row[0] for row in self._connection.execute(f"select question from {table}")}  # noqa: S608 - ours
            self._write(f"delete from {table} where question = ?", [(q,) for q in known - kept])  # noqa: S608

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Write in one transaction; where nothing can be written, the memory of this process has to do."""
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany(statement, rows)


def digest(text: str) -> bytes:
    """Return what a text is kept by."""
    return hashlib.sha256(text.encode()).digest()[:16]


def slim(hit: KnowledgeHit) -> KnowledgeHit:
    """Return a hit as it is kept: without its passage, which no gap shows, its words shared with other hits."""
    return replace(
        hit,
        document=intern(hit.document),
        title=intern(hit.title),
        passage="",
        status=intern(hit.status),
        audience=intern(hit.audience),
        updated=intern(hit.updated),
    )


def _hit(kept: str) -> KnowledgeHit:
    return slim(decode(KnowledgeHit, json.loads(kept)))


def _opened(file: Path | None, model: str) -> sqlite3.Connection:
    if file is not None:
        for _ in range(2):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(mode=0o600)
                return _prepared(sqlite3.connect(file, timeout=5, check_same_thread=False), model)
            except (OSError, sqlite3.OperationalError):  # read-only, locked, full: the file is good, but not for us now
                break
            except sqlite3.DatabaseError as error:  # damaged, or no database at all: nothing in it cannot be made again
                _log.warning("kept questions are thrown away", file=str(file), why=str(error))
                with suppress(OSError):
                    file.unlink()
    return _prepared(sqlite3.connect(":memory:", check_same_thread=False), model)


def _prepared(connection: sqlite3.Connection, model: str) -> sqlite3.Connection:
    try:
        with connection:
            connection.execute("pragma secure_delete = on")  # what is forgotten is gone from the file
            connection.executescript(_SCHEMA)
            row = connection.execute("select value from about where name = 'model'").fetchone()
            if row != (model,):
                connection.execute("delete from vectors")
                connection.execute("delete from answers")
                connection.execute("insert or replace into about values ('model', ?)", (model,))
        if connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages are damaged")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
