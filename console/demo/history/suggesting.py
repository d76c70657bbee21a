"""What the second chair suggests at a turn of the generated history: macros, an article, a past reply, each cited."""

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.slots import filled
from console.content.conditions import Record, all_hold
from console.content.macros import Macro, Stage
from console.conversation.assist_events import (
    KnowledgeFound,
    NextStepProposed,
    QuestionUnanswered,
    RepliesSuggested,
    SuggestionsShown,
    SummaryUpdated,
)
from console.conversation.assistance import (
    Citation,
    KnowledgeHit,
    NextStep,
    SourceType,
    StepTaken,
    Suggestion,
    SummaryKind,
    SummaryLine,
    Support,
    suggestion_id,
)
from console.conversation.message import Author
from console.conversation.passages import as_message
from console.demo.history.material import Matter
from console.demo.history.thread import Thread
from console.text import shorten

MOST: Final = 3
STEPS, SUMMARIES, SEEN = 0.3, 0.5, 0.93
"""Shares of turns with a next step and with a new summary, and in which the agent looks at the replies at all."""

UNHAPPY: Final = -0.3
"""Mood from which a reply that acknowledges it comes first."""


def suggested(thread: Thread, matter: Matter, own: str, stage: Stage) -> tuple[Suggestion, ...]:
    """Note what the second chair finds for the newest message; return the replies that stand on the screen.

    ``own`` is what a colleague would write now: replies that come near to it stand before others. What was looked up
    for this message is done with.
    """
    found, thread.found = thread.found, None
    if thread.dark:
        return ()
    thread.wait(0.02, 0.09)
    hits = _hits(thread, matter, found)
    thread.add(KnowledgeFound(thread.turn, hits, thread.ms(7)), "assist")
    replies = _replies(thread, _quotable(thread, matter, hits, found, stage), own, stage, first=found is not None)
    versions = {name: thread.material.library.versions[name] for name in ("macros", "policies")}
    thread.add(RepliesSuggested(thread.turn, replies, thread.ms(19), "embedded", versions), "assist")
    if thread.rng.random() < STEPS:
        thread.add(NextStepProposed(thread.turn, _step(thread, matter), thread.ms(3)), "assist")
    if thread.rng.random() < SUMMARIES:
        thread.add(SummaryUpdated(thread.turn, summary(thread), thread.ms(5)), "assist")
    if not replies or thread.rng.random() >= SEEN:
        return ()
    thread.wait(0.2, 1.5)
    thread.by_agent(SuggestionsShown(thread.turn, tuple(one.id for one in replies)))
    return replies


def look_up(thread: Thread, question: str, matter: Matter) -> bool:
    """Return whether an article answers a question of the customer's; note that none does where that is so."""
    score = round(thread.rng.uniform(0.18, 0.34), 3)
    if thread.material.answers is None:
        article = thread.material.articles[matter.articles[0]]
        thread.add(QuestionUnanswered(question, thread.turn, article.id, article.title, score), "assist")
        return False
    nearest = thread.material.answers(question)
    hit = nearest.hit
    if nearest.answerable:
        thread.found = hit
    elif hit is None:
        thread.add(QuestionUnanswered(question, thread.turn), "assist")
    else:
        thread.add(QuestionUnanswered(question, thread.turn, hit.document, hit.title, hit.score), "assist")
    return nearest.answerable


def summary(thread: Thread) -> tuple[SummaryLine, ...]:
    """Return a summary of two or three lines, each with the message that it was taken from."""
    first = next(m for m in thread.messages if m.role is Author.CUSTOMER)
    lines = [SummaryLine(SummaryKind.ISSUE, shorten(first.text, 120), (first.id,))]
    named = next((m for m in thread.messages if thread.customer.orders[0].number in m.text), None)
    if named is not None:
        lines.append(SummaryLine(SummaryKind.FACT, f"order {thread.customer.orders[0].number}", (named.id,)))
    if thread.messages[-1].role is Author.CUSTOMER and thread.messages[-1] is not first:
        newest = thread.messages[-1]
        lines.append(SummaryLine(SummaryKind.OPEN, shorten(newest.text, 120), (newest.id,)))
    return tuple(lines)


def _hits(thread: Thread, matter: Matter, answer: KnowledgeHit | None) -> tuple[KnowledgeHit, ...]:
    found = [answer] if answer is not None else []
    for place, name in enumerate(matter.articles):
        article = thread.material.articles[name]
        passage = next(iter(article.text.split("\n\n")))
        score = round(thread.rng.uniform(0.5, 0.78) - 0.12 * place, 3)
        kept = {"status": article.status, "audience": article.audience, "updated": article.updated}
        if answer is None or name != answer.document:
            found.append(KnowledgeHit(name, article.title, passage, max(0.05, score), 0, len(passage), **kept))
    return tuple(found)


def _quotable(
    thread: Thread, matter: Matter, hits: Sequence[KnowledgeHit], answer: KnowledgeHit | None, stage: Stage
) -> Sequence[KnowledgeHit]:
    """Return the articles from which a reply may be suggested; none at a farewell, or where none answers."""
    if stage is Stage.CLOSING or (matter.plant is not None and answer is None):
        return ()
    allowed = (hit for hit in hits if f"article:{hit.document}" not in thread.material.retired)
    return [hit for hit in allowed if hit.audience == "public" and (answer is None or hit is answer)]


def _replies(
    thread: Thread, public: Sequence[KnowledgeHit], own: str, stage: Stage, *, first: bool
) -> tuple[Suggestion, ...]:
    """Return up to three replies, the surest first; ``first`` is whether that is the article's."""
    macros = sorted(_macros(thread, stage), key=lambda one: _fit(thread, one[0], one[1], own), reverse=True)
    found: list[Suggestion] = []
    for macro, text in macros[:2]:
        found.append(_suggestion(thread, text, "macro", Citation(SourceType.MACRO, macro.id, text, macro.title)))
    if public and len(found) < MOST:
        text = as_message(public[0].passage)
        cited = Citation(SourceType.ARTICLE, public[0].document, public[0].passage, public[0].title)
        found.insert(0 if first else len(found), _suggestion(thread, text, "article", cited))
    scores = sorted((thread.rng.uniform(0.35, 0.9) for _ in found), reverse=True)
    return tuple(
        Suggestion(s.id, s.text, s.kind, round(score, 3), s.support, s.sources)
        for s, score in zip(found[:MOST], scores, strict=False)
    )


def _macros(thread: Thread, stage: Stage) -> Iterator[tuple[Macro, str]]:
    """Yield the macros that may be offered now, each with its text."""
    record = Record(thread.customer, thread.customer.orders[0], thread.at.date(), thread.behaviour.intent)
    said = {message.text for message in thread.messages}
    for macro in thread.material.offered(thread.behaviour.intent):
        placed = macro.stage is stage or (macro.stage is Stage.ANY and stage is not Stage.CLOSING)
        placed = placed and not (macro.acknowledges and thread.mood > UNHAPPY)
        text = filled(macro.text, thread.values) if placed and all_hold(macro.when, record) else None
        if text and text not in said:
            yield macro, text


def _fit(thread: Thread, macro: Macro, text: str, own: str) -> float:
    """Return how far up a macro comes: what says the same as a colleague would, then what is of the matter at all."""
    if macro.id == thread.material.bad:
        return 3.0  # its situations are worded as customers ask: it comes first, whatever it then does
    fit = 2 * fuzz.token_set_ratio(own, text) / 100 + 0.5 * (thread.behaviour.intent in macro.intents)
    return fit + 0.4 * macro.acknowledges + thread.rng.uniform(0, 0.3)


def _suggestion(thread: Thread, text: str, kind: str, source: Citation) -> Suggestion:
    return Suggestion(suggestion_id(thread.turn, kind, text), text, kind, 0.0, Support.FULL, (source,))


def _step(thread: Thread, matter: Matter) -> NextStep | None:
    ends = [dialogue.disposition for dialogue in matter.dialogues]
    if len(ends) < MOST:
        return None
    step = StepTaken(ends[0], cases=ends.count(ends[0]), resolved=ends.count(ends[0]))
    cited = Citation(SourceType.PAST, f"{matter.intent}-1", shorten(matter.dialogues[0].opening, 120))
    return NextStep(step, len(ends), (cited,))
