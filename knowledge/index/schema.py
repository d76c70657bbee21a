"""The tables of `articles.db`, and rows to values."""

import hashlib
import json
from dataclasses import astuple

from knowledge.document import Document

TABLES = """
create table documents (
    number integer primary key,
    source text not null,
    id text not null unique,
    title text not null,
    url text not null,
    updated text not null,
    status text not null,
    audience text not null,
    format text not null,
    digest text not null,   -- of everything
    meaning text not null,  -- of what is embedded: title, text and its format
    text text not null      -- last, so that the columns before it are read without it
);
create index documents_source on documents (source);
create table passages (
    row integer primary key,  -- of the vector
    document integer not null,
    ordinal integer not null,
    headings text not null,   -- JSON list, outermost first
    start integer not null,
    end integer not null
);
create index passages_document on passages (document, ordinal);
create table title_words (
    word text primary key,
    documents integer not null  -- in how many titles
) without rowid;
"""

DOCUMENT = "id, title, text, url, updated, status, audience, format"


def digest(document: Document) -> str:
    """Changes with anything in the document."""
    return _hash(astuple(document))


def meaning(document: Document) -> str:
    """Changes with what is embedded of the document."""
    return _hash((document.title, document.text, document.format))


def _hash(values: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
