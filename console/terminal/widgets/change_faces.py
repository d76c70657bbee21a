"""How marked changes read: what each is about, before against after, and then all suggestions. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from textual.content import Content

from console.conversation.change_effects import About, Pace, Portion
from console.conversation.reviews import By, Change, Compared, Review
from console.conversation.upkeep import Answered
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.gap_rows import still_said
from console.terminal.widgets.review_faces import LABEL, day, standing
from console.terminal.words import moment

_MEASURE: Final = 20
"""Cells of the name of what a change is about."""


def change_face(change: Change, headline: Pace | Portion | None, width: int, now: datetime | None = None) -> Content:
    """Return a marked change in a few lines, the last one what moved by it; ``now`` is the desk's time."""
    by = "by itself" if change.automatic else f"marked by {change.by or 'a lead'}"
    said = f"{moment(change.on, now)} · {by}"
    lines = [
        *hang(Content(""), Content.styled(change.words, "bold"), width, most=2),
        *hang(Content("  "), Content.styled(said, "$text-muted"), width),
    ]
    if headline is not None:
        style = "bold $text-warning" if headline.moved else "$text-muted"
        both = f"{headline.name} {headline.sides}: "
        lines += hang(Content("  "), Content.assemble(both, (headline.words, style)), width, most=2)
    return stack(lines)


def change_detail(
    change: Change, found: Iterable[Compared], they_are: Sequence[About], answered: Answered | None, width: int
) -> Content:
    """Return what moved at a change: what it is about first, then all suggestions."""
    lines = hang(Content(""), Content.styled(change.words, "bold $text-primary"), width)
    if answered is not None and answered.pace is not None:
        asked = "customers who asked what it answers, or the same in words that no article answers"
        lines += [Content(""), Content.styled(f"article:{answered.article}", "bold")]
        lines += [*_told(asked, width), *_measure(answered.pace, width)]
        if answered.still:
            lines += hang(Content(""), Content.styled(still_said(answered), "$text-warning"), width)
    for one in they_are:
        lines += [Content(""), Content.styled(one.subject, "bold")]
        lines += _told(f"{one.where}; {_span(change, one.since, one.until)}", width)
        for measure in one.measures:
            lines += _measure(measure, width)
    named = {one.subject for one in they_are}
    for each in found:
        if each.name in named:
            continue
        lines += [Content(""), Content.styled(_title(each), "bold")]
        lines += _told(_span(change, each.since, each.until), width) if not each.name else []
        for effect in each.effects:
            both = f"{effect.before.words} → {effect.after.words}"
            lines += _line(effect.before.measure.said, both, effect.words, width, moved=effect.moved)
    said = (
        "No experiment: what else changed in these weeks counts too, also what was marked within a day of it. "
        "Intervals are 95 %; but of what a change is about first, they are widened for the number of measures."
    )
    return stack([*lines, Content(""), *_told(said, width)])


def standing_of(review: Review, now: datetime | None = None) -> str:
    """Return what the changes are of, and how far a demo's clock is ahead, in a line."""
    ahead = (review.until or datetime.min.replace(tzinfo=UTC)) - (now or datetime.now(UTC))
    days = round(ahead / timedelta(days=1))
    return (f"Demo clock {days} days ahead · " if days > 0 else "") + standing(review)


def _measure(one: Pace | Portion, width: int) -> list[Content]:
    both = one.sides if isinstance(one, Portion) else f"{one.sides} ({one.counts})"
    return _line(one.name, both, one.words, width, moved=one.moved, label=_MEASURE)


def _line(name: str, both: str, words: str, width: int, *, moved: bool, label: int = LABEL) -> list[Content]:
    return hang(
        Content(fit(name, label)), Content.assemble(both, "  ", (words, "bold $text-warning" if moved else "")), width
    )


def _told(words: str, width: int) -> Iterator[Content]:
    return iter(hang(Content(""), Content.styled(words, "$text-muted"), width))


def _title(one: Compared) -> str:
    return {
        By.ALL: "all suggestions",
        By.INTENT: f"suggestions on {one.name}",
        By.KIND: f"suggestions: {one.name}",
    }.get(one.by, one.name)


def _span(change: Change, since: datetime, until: datetime) -> str:
    return f"{day(since.date())} to {moment(change.on, until)}, then to {day(until.date())}"
