"""Knowledge gaps: questions that no article answers, put together by meaning and ranked. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from statistics import mean, median
from typing import Final

from console.assist.asking import self_contained
from console.assist.ports import Embed, Nearest, Vectors
from console.assist.slotting import spoken
from console.conversation.upkeep import Gap, GapExample, Gaps
from console.past.circumstances import about_one
from console.review.clusters import clusters, middle_of
from console.review.questions import Question

DAYS: Final = 90
"""How far back is looked: what was asked before that is no longer pressing."""

MOST: Final = 10_000
"""Questions that are looked at, the newest."""

SHOWN: Final = 50
"""Gaps that are named."""

EXAMPLES: Final = 5

HALF_LIFE: Final = 14.0
"""Days after which a customer's question weighs half."""

LONG: Final = 30.0
"""Minutes of a conversation that weighs as much as an answer in the agent's own words."""


def gaps_of(questions: Sequence[Question], embed: Embed, nearest: Callable[[str], Nearest], now: datetime) -> Gaps:
    """Return the gaps, the weightiest first.

    ``nearest`` says what the knowledge base of today holds on a text; a question that it answers is a gap no more.
    A gap weighs as much as the customers who asked: each counts once, half as much after :data:`HALF_LIFE` days, and
    up to two and a half times as much where the answer took an agent's own words, a long conversation, or anger.
    """
    since = now - timedelta(days=DAYS)
    recent = [question for question in questions if question.at >= since][-MOST:]
    texts = list(dict.fromkeys(spoken(question.text) for question in recent))
    if texts:
        embed.encode(texts)  # all at once is faster than one by one, for an embedder that remembers
    found = {text: nearest(text) for text in texts}
    open_ = [question for question in recent if not found[spoken(question.text)].answerable]
    vectors = embed.encode([spoken(question.text) for question in open_]) if open_ else None
    gaps = []
    for places in clusters(vectors) if vectors is not None else []:
        asked = [open_[place] for place in places]
        chosen = _speaker(open_, vectors, places)
        gaps.append(_gap(chosen, asked, found[spoken(chosen.text)], now))
    gaps.sort(key=lambda gap: (-gap.weight, -gap.last.timestamp(), gap.question))
    return Gaps(tuple(gaps[:SHOWN]), len(recent), len(recent) - len(open_), DAYS)


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
