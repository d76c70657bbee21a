"""From near passages to the documents that are shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.document import Audience
from knowledge.embedding.port import Matrix
from knowledge.query import Query

if TYPE_CHECKING:
    from knowledge.index.articles import Found
    from knowledge.index.generation import Generation

_LOOK_AT = 256


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in the ranking, by its best passage."""

    row: int
    score: float
    cosine: float
    retired: bool


def rank(generation: "Generation", vector: Matrix, query: Query, k: int, audience: Audience | None) -> list[Place]:
    """The best k documents, retired ones last."""
    width = max(_LOOK_AT, 8 * k)
    while True:
        scores, rows = generation.vectors.search(vector, width)
        near = {int(row): float(score) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0}
        found = generation.articles.found(list(near))
        best: dict[int, Place] = {}
        for row, cosine in near.items():
            about: Found | None = found.get(row)
            if about is None or (audience == "public" and about.audience == "internal"):
                continue
            place = Place(row, cosine, cosine, about.status == "retired")
            if about.document not in best or best[about.document].score < place.score:
                best[about.document] = place
        if len(best) >= k or width >= generation.vectors.rows:
            break
        width *= 4
    places = sorted(best.values(), key=lambda place: -place.score)
    return _retired_last(places, k)


def _retired_last(places: list[Place], k: int) -> list[Place]:
    top = places[:k]
    return sorted(top, key=lambda place: place.retired)


def answerability(places: list[Place]) -> float:
    return max((place.cosine for place in places), default=0.0)
