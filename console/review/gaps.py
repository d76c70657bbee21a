"""Knowledge gaps: questions that no article answers, put together by meaning and ranked. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import mean, median
from types import MappingProxyType
from typing import Final

import numpy as np

from console.assist.asking import self_contained
from console.assist.ports import Embed, Nearest, Vectors
from console.assist.slotting import spoken
from console.conversation.upkeep import Aside, Gap, GapExample, Gaps
from console.past.circumstances import about_one
from console.review.aside import asked_again
from console.review.clusters import MERGE, clusters, middle_of
from console.review.mended import Still, mended_of
from console.review.questions import Question, per_week

DAYS: Final = 90
"""How far back is looked: what was asked before that is no longer pressing."""

MOST: Final = 10_000
"""Questions that are looked at, the newest."""

SHOWN: Final = 50
"""Gaps that are named."""

EXAMPLES: Final = 20
"""Times a gap's question was asked that are named: an article is drafted from the answers given then."""

NOTHING_PUBLISHED: Final[Mapping[str, datetime]] = MappingProxyType({})

NOTHING_ASIDE: Final[Mapping[str, Aside]] = MappingProxyType({})

HALF_LIFE: Final = 14.0
"""Days after which a customer's question weighs half."""

LONG: Final = 30.0
"""Minutes of a conversation that weighs as much as an answer in the agent's own words."""


def recent_of(questions: Sequence[Question], now: datetime) -> list[Question]:
    """Return the questions that are looked at."""
    since = now - timedelta(days=DAYS)
    return [question for question in questions if question.at >= since][-MOST:]


def texts_of(questions: Sequence[Question]) -> list[str]:
    """Return what is embedded and asked of questions, each once."""
    return list(dict.fromkeys(spoken(question.text) for question in questions))


def gaps_of(
    questions: Sequence[Question],
    embed: Embed,
    nearest: Callable[[str], Nearest],
    now: datetime,
    asides: Mapping[str, Aside] = NOTHING_ASIDE,
    published: Mapping[str, datetime] = NOTHING_PUBLISHED,
) -> Gaps:
    """Return the gaps, the weightiest first.

    ``nearest`` says what the knowledge base of today holds on a text; a question that it answers is a gap no more.
    A gap weighs as much as the customers who asked: each counts once, half as much after :data:`HALF_LIFE` days, and
    up to two and a half times as much where the answer took an agent's own words, a long conversation, or anger.
    ``asides`` are what leads have put aside, by the question that stood for it: such a gap is named apart until a
    customer asks it again. ``published`` says when articles were that were published on the desk.
    """
    recent = recent_of(questions, now)
    texts = texts_of(recent)
    found = {text: nearest(text) for text in texts}
    open_ = [question for question in recent if not found[spoken(question.text)].answerable]
    vectors = embed.encode([spoken(question.text) for question in open_]) if open_ else None
    gaps: list[Gap] = []
    away: list[Gap] = []
    put = embed.encode([spoken(question) for question in asides]) if asides and open_ else None
    for places in clusters(vectors) if vectors is not None else []:
        asked = [open_[place] for place in places]
        chosen = _speaker(open_, vectors, places)
        gap = _gap(chosen, asked, found[spoken(chosen.text)], now)
        if put is not None and vectors is not None:
            gap = _put_aside(gap, asked, vectors[places], asides, put)
        stays = gap.aside is not None and not asked_again(gap.aside, asked)
        (away if stays else gaps).append(gap)
    gaps.sort(key=lambda gap: (-gap.weight, -gap.last.timestamp(), gap.question))
    away.sort(key=lambda gap: (-gap.aside.at.timestamp() if gap.aside else 0.0, gap.question))
    answered = [question for question in recent if found[spoken(question.text)].answerable]
    mended = tuple(mended_of(answered, Still(open_, vectors), found, embed, now, published))
    return Gaps(tuple(gaps[:SHOWN]), len(recent), len(answered), DAYS, tuple(away[:SHOWN]), mended[:SHOWN])


def _put_aside(gap: Gap, asked: Sequence[Question], rows: Vectors, asides: Mapping[str, Aside], put: Vectors) -> Gap:
    """Return the gap with the newest decision that put it aside, if one did.

    Groups are made anew at every look. One is still the gap of then where it holds the question that stood for it, or
    where its middle is so near to that question that two groups would be one.
    """
    middle = rows.sum(axis=0)
    cosines = put @ middle / max(float(np.linalg.norm(middle)), 1e-9)
    said = {question.text for question in asked}
    held = [name for name, cosine in zip(asides, cosines, strict=True) if name in said or cosine >= MERGE]
    if not held:
        return gap
    newest = max(held, key=lambda name: asides[name].at)
    return replace(gap, aside=asides[newest], aside_as=newest)


def _speaker(questions: Sequence[Question], vectors: Vectors | None, places: Sequence[int]) -> Question:
    """Return the question that speaks for a group: the middle one of those that stand alone and tell of no life."""
    decent = [place for place in places if not about_one(questions[place].text)] or places
    clear = [place for place in decent if self_contained(questions[place].text)] or decent
    return questions[middle_of(vectors, clear)] if vectors is not None else questions[places[0]]


def _gap(chosen: Question, asked: Sequence[Question], nearest: Nearest, now: datetime) -> Gap:
    weights: dict[str, float] = {}
    for question in asked:
        weights[question.who] = max(weights.get(question.who, 0.0), _weight(question, now))
    moods = [question.mood for question in asked if question.mood is not None]
    lengths = {question.conversation: question.minutes for question in asked if question.conversation}
    hit = nearest.hit
    return Gap(
        question=chosen.text,
        questions=len(asked),
        customers=len(weights),
        last=max(question.at for question in asked),
        minutes=round(median(lengths.values()), 1) if lengths else 0.0,
        own_words=sum(question.own_words for question in asked),
        mood=round(mean(moods), 2) if moods else None,
        weight=round(sum(weights.values()), 3),
        examples=_examples(asked),
        nearest=hit.document if hit else "",
        title=hit.title if hit else "",
        score=hit.score if hit else 0.0,
        weeks=per_week(asked, now),
    )


def _weight(question: Question, now: datetime) -> float:
    age = max(0.0, (now - question.at).total_seconds() / 86_400)
    anger = max(0.0, -question.mood) if question.mood is not None else 0.0
    effort = 1 + 0.5 * question.own_words + 0.5 * min(1.0, question.minutes / LONG) + 0.5 * anger
    return float(0.5 ** (age / HALF_LIFE) * effort)


def _examples(asked: Sequence[Question]) -> tuple[GapExample, ...]:
    """Return the newest few; of one conversation, one."""
    chosen: dict[str, Question] = {}
    for question in sorted(asked, key=lambda q: q.at, reverse=True):
        chosen.setdefault(question.conversation or f"{question.agent} {question.text}", question)
    newest = list(chosen.values())[:EXAMPLES]
    return tuple(GapExample(q.text, q.at, q.conversation, q.message, q.agent) for q in newest)
