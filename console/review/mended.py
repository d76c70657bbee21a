"""What was asked in vain and has an answer by now, by the article that gives it; and whether it still is asked in vain.

An article that was published here may answer some of the questions that it was written for and miss others, in other
words. Those count as asked in vain as well: an open question is of the same kind as those that an article answers where
it is as near to their middle as a text must be to belong to a group.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from console.assist.ports import Embed, Nearest, Vectors
from console.assist.slotting import spoken
from console.conversation.change_effects import Pace
from console.conversation.upkeep import Answered
from console.review.clusters import JOIN
from console.review.paces import SPAN, pace_of
from console.review.questions import Question, per_week


@dataclass(frozen=True, slots=True)
class Still:
    """The questions that no article answers, with a unit row each; ``None`` where there are none."""

    questions: Sequence[Question]
    vectors: Vectors | None

    def like(self, answered: Vectors) -> list[Question]:
        """Return those that are of the same kind as the answered ones."""
        if self.vectors is None:
            return []
        middle = answered.sum(axis=0)
        near = self.vectors @ middle / max(float(np.linalg.norm(middle)), 1e-9) >= JOIN
        return [self.questions[place] for place in np.flatnonzero(near).tolist()]


def mended_of(
    asked: Sequence[Question],
    still: Still,
    found: Mapping[str, Nearest],
    embed: Embed,
    now: datetime,
    published: Mapping[str, datetime],
) -> Iterator[Answered]:
    """Yield what is answered by now, put together by the article that answers it, the one with the most first.

    ``asked`` are the questions that have an answer, ``still`` those that have none; ``found`` is what the articles hold
    on each, as it is spoken. ``published`` says when articles were that were published here.
    """
    by_article: dict[str, list[Question]] = {}
    titles: dict[str, str] = {}
    for question in asked:
        hit = found[spoken(question.text)].hit
        if hit is not None:
            by_article.setdefault(hit.document, []).append(question)
            titles[hit.document] = hit.title
    for name, some in sorted(by_article.items(), key=lambda row: (-len(row[1]), row[0])):
        on, pace, since = published.get(name), None, set[str]()
        if on is not None and on < now:
            alike = still.like(embed.encode([spoken(question.text) for question in some]))
            pace, since = _pace([*some, *alike], on, now), {_who(question) for question in alike if question.at >= on}
        yield Answered(name, titles[name], len(some), per_week(some, now), pace, len(since))


def _pace(asked: Sequence[Question], on: datetime, now: datetime) -> Pace:
    """Return how often was asked in vain before an article was published and after; each customer counts once a side.

    Within four weeks of it, as everywhere before and after are compared.
    """
    since, until = on - SPAN, min(now, on + SPAN)
    before = {_who(question) for question in asked if since <= question.at < on}
    after = {_who(question) for question in asked if on <= question.at <= until}
    return pace_of("asked in vain", len(before), len(after), (since, on, until))


def _who(question: Question) -> str:
    return question.who or question.conversation
