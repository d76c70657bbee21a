"""How figures of quality read: levels with intervals and weeks, marks with the words that speak for them. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content

from console.conversation.quality import Evidence, Mark, Opinion
from console.conversation.quality_review import (
    TOO_FEW,
    CriterionFigures,
    Level,
    LevelWeek,
    Marked,
    Quality,
    QualityGroup,
    Seconded,
)
from console.conversation.reviews import FEWEST_AGENTS
from console.conversation.spread import SPREAD_SAID, between_agents
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import day
from console.terminal.words import moment, sparkline

LEVEL: Final = 15
"""Cells of a level with its interval: ``100% (98–100)``."""

TRUST: Final = 12
_LABEL: Final = 16
_COUNT: Final = 7
SIGNS: Final = {
    Mark.MET: ("✓", "$text-success"),
    Mark.PARTLY: ("◐", "$text-warning"),
    Mark.NOT_MET: ("✗", "$text-error"),
    Mark.DOES_NOT_APPLY: ("–", "$text-muted"),
    Mark.CANNOT_BE_TOLD: ("?", "$text-muted"),
}
"""A sign for each mark; its word always stands beside it."""


def spark(weeks: Iterable[LevelWeek]) -> Content:
    """Return the weeks as bars, oldest first; a week of which too little is known is a dot."""
    return Content.assemble(
        *(
            ("·", "$text-disabled") if one.level.mean is None else (sparkline([one.level.mean * 2 - 1], 1), "$accent")
            for one in weeks
        )
    )


def head(title: str, width: int, *, weeks: int = 0, trust: bool = False) -> Content:
    """Return a title of a part of the table, with the names of its columns."""
    cells = f"{'of':>{_COUNT}}  {'level':<{LEVEL}}" + (f" {'weeks':<{weeks}}" if weeks else "")
    cells += f"  {'agrees':<{TRUST}}" if trust else ""
    return Content.assemble((fit(title, max(8, width - len(cells))), "bold $text-primary"), (cells, "$text-muted"))


def line(title: str, level: Level, width: int, weeks: Iterable[LevelWeek] = (), trust: str | None = None) -> Content:
    """Return a name with how many it is of, its level, its weeks, and whether the engine's marks are trusted."""
    bars = spark(weeks)
    parts: list[Content | tuple[str, str]] = [(f"{level.of:>{_COUNT},}  ", "$text-muted")]
    parts.append((f"{'too few' if level.mean is None else level.words:<{LEVEL}}", "$text-muted" * (level.mean is None)))
    parts += [Content(" "), bars] if bars else []
    parts += [(f"  {trust:<{TRUST}}", "$text-warning" if trust == UNTRUSTED else "$text-muted")] if trust else []
    cells = Content.assemble(*parts)
    return Content.assemble(fit(title, max(8, width - cells.cell_length)), cells)


UNTRUSTED: Final = "not trusted"


def trust_of(one: CriterionFigures) -> str:
    """Return in a word or two whether the engine's marks of a criterion are trusted."""
    agreement = one.agreement
    if agreement.kappa is None:
        return "not checked"
    return f"κ {agreement.kappa:.2f}" if agreement.trusted else UNTRUSTED


def beside(weeks: int) -> int:
    """Return the cells of weeks and agreement, which stand beside a level."""
    return weeks + 1 + 2 + TRUST if weeks else 0


def group_line(group: QualityGroup, width: int) -> Content:
    """Return an intent or a team as a line."""
    if group.overall is None:
        said = "  too few agents"
        cells = Content.assemble((f"{group.scored:>{_COUNT},}", "$text-muted"), (f"{said:<{LEVEL + 2}}", "$text-muted"))
        return Content.assemble(fit(group.title, max(8, width - cells.cell_length)), cells)
    return line(group.title, group.overall, width)


def queue_line(quality: Quality, width: int) -> Content:
    """Return what waits to be marked by people."""
    said = f"{quality.to_mark:,} conversations wait"
    return Content.assemble((fit("To mark: a fair sample", max(8, width - len(said))), "bold"), (said, "$text-muted"))


def standing(quality: Quality) -> str:
    """Return what the figures are of, in a line."""
    if quality.since is None or quality.until is None:
        return ""
    said = f"{quality.weeks} weeks, {day(quality.since.date())} to {day(quality.until.date())}"
    said += f" · {quality.scored:,} of {quality.closed:,} scored"
    said += f", {quality.older:,} by an older rubric" if quality.older else ""
    said += f" · {quality.opinions:,} second opinions" if quality.opinions else ""
    return said + (f" · {quality.generated:,} generated" if quality.generated else "")


def overall_detail(quality: Quality, width: int) -> Content:
    """Return the overall level, week by week, and what it is made of."""
    lines = [
        Content.styled(f"Overall {quality.overall.words}", "bold $text-primary"),
        *_weeks(quality.overall_weeks, width),
    ]
    for one in quality.moved:
        label = Content.styled(f"◆ {day(one.change.on.date())}  ", "$text-accent")
        lines += hang(label, Content.assemble((one.change.words, "bold"), f"  {one.words}"), width)
    left = [one.title for one in quality.criteria if one.left_out]
    unchecked = [one.title for one in quality.criteria if one.agreement.kappa is None]
    said = "The mean of the conversations, each by the weights of the rubric: met 1, partly ½, not met 0."
    said += f" Left out for low agreement: {', '.join(left)}." if left else ""
    if len(unchecked) == len(quality.criteria):
        said += " None of its criteria is checked against people yet."
    elif unchecked:
        said += f" Not checked against people yet: {', '.join(unchecked)}."
    between = f"{between_agents([quality.spread])}. {SPREAD_SAID}"
    told = [text for text in (f"People and engine: {quality.agreement.words}.", seconded(quality.seconded)) if text]
    told += [said, between]
    return stack([*lines, *(part for text in told for part in (Content(""), *_muted(text, width)))])


def seconded(one: Seconded) -> str:
    """Return how far a language model and the engine agree with people; empty where no model marked."""
    if not one.marks:
        return ""
    return f"A language model's second opinion ({one.marks:,} marks, which count nowhere): {one.words}."


def criterion_detail(one: CriterionFigures, width: int) -> Content:
    """Return a criterion: what counts, how it stands, and how far the engine is right."""
    lines = [Content.styled(f"{one.title} {one.level.words}", "bold $text-primary")]
    lines += hang(Content(""), Content(one.text), width)
    lines += [Content(""), *(mark_line(one, mark, width) for mark in Mark)]
    lines += [Content(""), *_weeks(one.weeks, width), Content("")]
    said = f"People and engine: {one.agreement.words}. {one.people} marked by people, whose marks hold."
    said += " Its marks by the engine are no guide; it is left out of the overall figure." if one.left_out else ""
    second = seconded(one.seconded)
    return stack([*lines, *_muted(said, width), *((Content(""), *_muted(second, width)) if second else ())])


def mark_line(one: CriterionFigures, mark: Mark, width: int) -> Content:
    """Return how many conversations have a mark."""
    sign, style = SIGNS[mark]
    total, count = max(1, sum(one.counts)), one.count(mark)
    bar = "█" * round(count / total * max(4, min(30, width - _LABEL - 14)))
    return Content.assemble((f"{sign} ", style), fit(mark.said, _LABEL), f"{count:>7,}  ", (bar, style))


def week_line(week: LevelWeek, width: int) -> Content:
    """Return a week with its level and a bar of the interval."""
    level = week.level
    said = Content.assemble(fit(day(week.start), 8), (f"{level.of:>6,}  ", "$text-muted"), f"{level.words:<{LEVEL}} ")
    room = min(40, width - said.cell_length)
    if level.mean is None or room < 10:  # noqa: PLR2004 - too short to read
        return said
    low, mean, high = (min(room - 1, int(value * room)) for value in (level.low, level.mean, level.high))
    marks = ("●" if n == mean else "━" if low <= n <= high else "·" for n in range(room))
    bar = Content.assemble(*((mark, "$text-disabled" if mark == "·" else "$text-accent") for mark in marks))
    return Content.assemble(said, bar)


def group_detail(quality: Quality, group: QualityGroup, width: int) -> Content:
    """Return the criteria of a group."""
    lines = [Content.styled(group.title, "bold $text-primary")]
    if group.overall is None:
        said = f"Fewer than {FEWEST_AGENTS} agents worked on these: a figure would be that of a person. None is given."
        return stack([*lines, *_muted(said, width)])
    lines += [line("overall", group.overall, width)]
    pairs = zip(quality.criteria, group.criteria, strict=False)
    return stack([*lines, *(line(one.title, level, width) for one, level in pairs)])


def marked_line(one: Marked, width: int) -> Content:
    """Return a mark in two lines: the mark and why, where and when."""
    mark = one.mark
    sign, style = SIGNS[mark] if mark else ("·", "$text-muted")
    why = one.person_reason or (f"marked {one.person.said} by {one.by}" if one.person else one.reason) or one.title
    second = f" · model: {one.opinion.mark.said}" if one.opinion else ""
    said = f"{one.conversation} · closed {moment(one.at)}{second} · {one.intent or 'intent not known'}"
    said += " · generated" if one.generated else ""
    return stack(
        [
            *hang(Content(""), Content.assemble((f"{sign} ", style), why), width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=1),
        ]
    )


def chat_line(one: Marked, width: int) -> Content:
    """Return a criterion of a conversation in a line: its mark, and whose it is."""
    sign, style = SIGNS[one.mark] if one.mark else ("·", "$text-muted")
    whose = f" by {one.by or 'a person'}" if one.person else ""
    said = f"{one.mark.said if one.mark else 'not marked'}{whose}"
    return Content.assemble((f"{sign} ", style), fit(one.title, max(8, width - 3 - len(said))), (said, "$text-muted"))


def marked_detail(one: Marked, width: int, *, others: bool = True) -> Content:
    """Return a mark in full: the evidence, or in the queue the conversation; ``others`` have another mark (v)."""
    return stack(list(_marked(one, width, others=others)))


def _marked(one: Marked, width: int, *, others: bool) -> Iterator[Content]:
    yield from hang(Content(""), Content.styled(one.title, "bold $text-primary"), width)
    yield from _muted(one.text, width)
    if one.person is not None:
        because = f": {one.person_reason}" if one.person_reason else ""
        said = f"{SIGNS[one.person][0]} {one.person.said}, marked by {one.by or 'a person'}{because}"
        yield from (Content(""), *hang(Content(""), Content.styled(said, "bold $text-warning"), width))
    if one.engine is not None:
        sign, style = SIGNS[one.engine]
        said = f"{sign} {one.engine.said}, by the engine: {one.reason}"
        yield from (Content(""), *hang(Content(""), Content.styled(said, style), width))
    yield from _quoted(one.evidence, width)
    if one.opinion is not None:
        yield from _second(one.opinion, width)
    if one.lines:
        yield Content("")
    else:
        said = f"Enter: the transcript{' · v: those with another mark' if others else ''}"
        yield from (Content(""), *_muted(said, width))
    for said_line in one.lines:
        style = "bold" if said_line.role == "agent" else "$text-muted"
        label = Content.styled(f"{said_line.message:<4} {said_line.role:<9}", style)
        yield from hang(label, Content(said_line.text), width)


def _second(opinion: Opinion, width: int) -> Iterator[Content]:
    """Yield what a language model thinks of it, with the words that it quotes: an opinion, whatever mark holds."""
    sign, _ = SIGNS[opinion.mark]
    said = f"{sign} {opinion.mark.said}, thinks the language model {opinion.model}: {opinion.reason}"
    yield from (Content(""), *hang(Content(""), Content.styled(said, "italic"), width))
    yield from _quoted(opinion.evidence, width)
    yield from _muted("A second opinion: it counts nowhere.", width)


def _quoted(evidence: tuple[Evidence, ...], width: int) -> Iterator[Content]:
    for words in evidence:
        yield from hang(Content.styled(f"{words.message:<4} ", "$text-accent"), Content(words.words), width)


def _weeks(weeks: tuple[LevelWeek, ...], width: int) -> list[Content]:
    if all(one.level.mean is None for one in weeks):
        return _muted(f"By week: {TOO_FEW[0].lower()}{TOO_FEW[1:]}", width)
    return [week_line(one, width) for one in weeks]


def _muted(text: str, width: int) -> list[Content]:
    return hang(Content(""), Content.styled(text, "$text-muted"), width)
