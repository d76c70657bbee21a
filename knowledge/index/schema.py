"""The tables of a part of the articles, and rows to values."""

import hashlib
from dataclasses import fields

from knowledge.document import Document

TABLES = """
create table documents (
    number integer primary key,  -- for good, over all parts
    source text not null,
    id text not null unique,
    title text not null,
    url text not null,
    updated text not null,
    status text not null,
    audience text not null,
    format text not null,
    origin text not null,
    digest text not null,   -- of everything but the origin
    text text not null      -- last, so that the columns before it are read without it
);
create index documents_source on documents (source);
create table passages (
    number integer primary key,  -- for good, over all parts; the vector has the same
    document integer not null,
    ordinal integer not null,
    headings text not null,   -- JSON list, outermost first
    start integer not null,
    end integer not null
);
create index passages_document on passages (document, ordinal);
"""

_FIELDS = tuple(field.name for field in fields(Document) if field.name != "origin")

DOCUMENT = "id, title, text, url, updated, status, audience, format, origin"


def digest(document: Document) -> str:
    """Changes with anything in the document but its origin."""
    # Clean text holds no control characters, so that nothing but a field's end is one.
    told = "\x00".join([getattr(document, field) for field in _FIELDS])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
