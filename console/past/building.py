"""Builds a generation from cases: the table of moments, the vectors, the groups of replies that say the same."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from console.assist.ports import Embed, Moment, Vectors
from console.past.anonymity import CommonWords
from console.past.compact import basis_of, compacted
from console.past.matters import extended, rows_of
from console.past.moments import PastCase
from console.past.storage import Stored
from console.past.table import ABSENT, Table, cluster, table_of, wording
from console.past.training import train

BATCH: Final = 256

Progress = Callable[[int, int], None]
"""Told how many texts are embedded, and of how many."""


def build(
    cases: Sequence[PastCase],
    common: CommonWords,
    old: Stored | None,
    embed: Embed,
    progress: Progress | None = None,
) -> Stored:
    """Return the generation of ``cases``; vectors that ``old`` has of the same model are used again."""
    table = table_of(cases, common)
    templates = [wording(template) for template in table.templates]
    known = vectors_in(old) if old and old.model == model_of(embed) else {}
    matters = [case.matter for case in cases]
    _embed_missing((*table.texts, *templates, *filter(None, matters)), known, embed, progress)
    template_vectors, vectors = _stacked(templates, known), _stacked(table.texts, known)
    leader = cluster(table, template_vectors)
    basis = basis_of(vectors)
    return Stored(
        cases=tuple(cases),
        table=table,
        leader=leader,
        vectors=vectors,
        compact=compacted(vectors, basis),
        basis=basis,
        head=train(table, leader, vectors, _moments_of(table, cases)),
        template_vectors=template_vectors,
        matters=rows_of(matters, known),
        words=tuple(common),
        model=model_of(embed),
        version=_version(cases),
    )


def extend(old: Stored, added: Sequence[PastCase], embed: Embed) -> Stored:
    """Return ``old`` with the cases of ``added``, at the cost of those alone: nothing is grouped or learned anew."""
    replaced = {case.id for case in added}
    table = old.table
    kept = ~np.isin(table.case, [place for place, name in enumerate(table.cases) if name in replaced])
    fresh = table_of(added, CommonWords(old.words))
    texts = {text: place for place, text in enumerate(table.texts)}
    text_places = np.array([texts.setdefault(text, len(texts)) for text in fresh.texts] or [0], dtype=np.int32)
    templates = {template: place for place, template in enumerate(table.templates)}
    places = np.array([templates.setdefault(t, len(templates)) for t in fresh.templates] or [0], dtype=np.int32)
    new_texts, new_templates = tuple(texts)[len(table.texts) :], tuple(templates)[len(table.templates) :]
    moments = np.where(fresh.moments == ABSENT, ABSENT, text_places[fresh.moments])
    vectors = _joined(old.vectors, new_texts, embed)
    basis = old.basis if old.compact.size else basis_of(vectors)
    fresh_rows = compacted(vectors[len(table.texts) :], basis)
    return replace(
        old,
        cases=(*(case for case in old.cases if case.id not in replaced), *added),
        table=Table(
            texts=(*table.texts, *new_texts),
            moments=np.concatenate([table.moments[kept], moments]).astype(np.int32),
            template=np.concatenate([table.template[kept], places[fresh.template]]).astype(np.int32),
            case=np.concatenate([table.case[kept], fresh.case + len(table.cases)]).astype(np.int32),
            templates=(*table.templates, *new_templates),
            cases=(*table.cases, *fresh.cases),
        ),
        leader=np.concatenate([old.leader, np.arange(len(table.templates), len(templates))]).astype(np.int32),
        vectors=vectors,
        compact=np.concatenate([old.compact, fresh_rows]) if old.compact.size else fresh_rows,
        basis=basis,
        template_vectors=_joined(old.template_vectors, [wording(t) for t in new_templates], embed),
        matters=extended(old.cases, old.matters, replaced, added, embed),
        version=_version((*old.cases, *added)),
    )


def vectors_in(stored: Stored) -> dict[str, Vectors]:
    """Return the vectors that a generation has, by their texts."""
    known = dict(zip(stored.table.texts, stored.vectors, strict=True))
    known.update(zip(map(wording, stored.table.templates), stored.template_vectors, strict=True))
    known.update(zip((case.matter for case in stored.cases), stored.matters, strict=True))
    return known


def _moments_of(table: Table, cases: Sequence[PastCase]) -> list[Moment]:
    """Return the moments of a table's rows, in their order: those whose reply may be used again."""
    usable = set(table.templates)
    return [past.moment for case in cases for past in case.moments if past.template in usable]


def model_of(embed: Embed) -> str:
    """Return what identifies the vectors of ``embed``."""
    return str(getattr(embed, "fingerprint", type(embed).__name__))


def _embed_missing(texts: Sequence[str], known: dict[str, Vectors], embed: Embed, progress: Progress | None) -> None:
    """Embed what is not known yet, texts of like length together, which wastes least on padding."""
    missing = sorted({text for text in texts if text not in known}, key=len)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        known.update(zip(batch, embed.encode(batch), strict=True))
        if progress:
            progress(start + len(batch), len(missing))


def _stacked(texts: Sequence[str], known: dict[str, Vectors]) -> Vectors:
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([known[text] for text in texts]).astype(np.float32, copy=False)


def _joined(vectors: Vectors, texts: Sequence[str], embed: Embed) -> Vectors:
    if not texts:
        return vectors
    fresh = embed.encode(texts).astype(np.float32, copy=False)
    return np.concatenate([vectors, fresh]) if vectors.size else fresh


def _version(cases: Iterable[PastCase]) -> str:
    digest = hashlib.sha256()
    for line in sorted(f"{case.id}:{case.digest}" for case in cases):
        digest.update(line.encode())
    return digest.hexdigest()[:12]
