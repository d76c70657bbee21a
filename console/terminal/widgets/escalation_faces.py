"""How escalations read: patterns as lines of a table, a case in full, thresholds with what they would do. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from textual.content import Content

from console.conversation.escalation_commands import Threshold, Trial, TrialMove, Trials
from console.conversation.escalations import (
    BACK,
    Agreement,
    Escalation,
    Escalations,
    Moved,
    Part,
    Pattern,
    Reason,
    Timing,
)
from console.conversation.reviews import FEWEST, percent
from console.conversation.shares import Proportion
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import ROOMY, day
from console.terminal.words import moment
from console.text import counted

TITLES: Final = {Part.ALL: "All", Part.BEHAVIOUR: "By behaviour", Part.TRIGGER: "By trigger"}
STYLES: Final = {Timing.LATE: "$text-warning", Timing.NEVER: "$text-warning", Timing.EARLY: "$text-accent"}
REASONS: Final = {
    Reason.ASKED: "had asked for a person",
    Reason.FAILED: "the bot had failed twice",
    Reason.CROSS: "the customer was cross",
    Reason.REPEATED: "had written the same again",
    Reason.CAME_BACK: f"was back within {BACK} days",
}
TRIGGER: Final = "ended at the bot"
"""What stands for the trigger of what was not handed over."""

CAVEAT: Final = (
    "What the customer and the bot would have written after another moment is not known: those that go later are "
    "followed only to where they were, and whether one goes well that comes sooner nobody can tell from here."
)
_CELL, _WIDE, _COUNT = 9, 15, 7
_BAR: Final = 12


def table_head(part: Part, width: int) -> Content:
    """Return a title of a part of the table, with the names of its columns."""
    cell = _WIDE if width >= ROOMY else _CELL
    names = ("too late", "early", "turns") if width < ROOMY else ("too late", "too early", "turns late")
    cells = f"{'of':>{_COUNT}}" + "".join(f"{name:>{cell}}" for name in names)
    return Content.assemble((fit(TITLES[part], _name_room(width)), "bold $text-primary"), (cells, "$text-muted"))


def pattern_face(pattern: Pattern, width: int) -> Content:
    """Return a pattern as a line of the table, with a bar of what came too late where there is room."""
    roomy = width >= ROOMY
    cell = _WIDE if roomy else _CELL
    turns = "–" if pattern.cost.turns is None else f"{pattern.cost.turns:g}"
    late, early = (_shown(share, roomy=roomy) for share in (pattern.late, pattern.early))
    sure = pattern.late.low is not None and pattern.late.low > 0
    return Content.assemble(
        fit(title_of(pattern), _name_room(width)),
        (f"{pattern.of:>{_COUNT},}", "$text-muted"),
        (f"{late:>{cell}}", "bold $text-warning" if sure and pattern.late.part else ""),
        f"{early:>{cell}}",
        f"{turns:>{cell}}",
        (f"  {_bar(pattern.late)}", "$text-warning") if roomy else "",
    )


def title_of(pattern: Pattern) -> str:
    """Return a pattern's name as it is shown."""
    return pattern.name or (TRIGGER if pattern.part is Part.TRIGGER else pattern.title)


def pattern_detail(pattern: Pattern, found: Escalations, width: int) -> Content:
    """Return everything of a pattern."""
    lines = [Content.styled(title_of(pattern), "bold $text-primary")]
    counts = ", ".join(f"{count:,} {timing.said}" for timing, count in pattern.counts if count)
    lines += hang(
        Content(""), Content.styled(f"{counted(pattern.of, 'escalation')}: {counts or 'none'}", "$text-muted"), width
    )
    late = f"too late or not at all {pattern.late.words}"
    lines += hang(Content(""), Content(f"{late}; too early {pattern.early.words}"), width)
    lines += [line for said in _cost(pattern) for line in hang(Content("  "), Content(said), width)]
    if pattern.reasons:
        lines += [Content(""), Content.styled("Why a person was due", "bold")]
        lines += [Content(f"{count:>4}  {REASONS.get(reason, reason.value)}") for reason, count in pattern.reasons]
    for moved in found.moved:
        if pattern.part is Part.BEHAVIOUR and moved.behaviour == pattern.name:
            lines += [Content(""), *moved_lines(moved, width, found.until)]
    if pattern.part is Part.ALL:
        lines += [Content(""), *hang(Content(""), Content.styled(agreement_said(found.agreement), ""), width)]
    said = (
        "Judged by rule, or by a lead where one has. In brackets: 95 % interval; none where too little was seen. "
        "Enter leads on: to the conversations, and from a behaviour to other thresholds."
    )
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def moved_lines(moved: Moved, width: int, now: datetime | None = None) -> list[Content]:
    """Return what a change of a behaviour did; ``now`` is the desk's time."""
    lines = hang(Content(""), Content.styled(f"{moment(moved.on, now)}  {moved.words}", "bold"), width)
    style = "bold $text-warning" if moved.low is not None else ""
    both = f"{moved.before.words} → {moved.after.words}"
    lines += hang(Content("too late  "), Content.assemble(both, "  ", (moved.verdict, style)), width)
    turns = [f"{value:g}" if value is not None else "too few" for value in (moved.turns_before, moved.turns_after)]
    lines += hang(Content("turns late  "), Content(" → ".join(turns)), width)
    said = (
        "No experiment: what else changed in these weeks counts too. The interval is one of 95 %; under Changes it is "
        "wider, for several measures are compared there at once."
    )
    return lines + hang(Content(""), Content.styled(said, "$text-muted"), width)


def agreement_said(agreement: Agreement) -> str:
    """Return how far leads judge as the rule does."""
    if not agreement.judged:
        return "No lead has judged any yet (j, on a conversation): how far the rule can be trusted is not measured."
    if agreement.same.rate is None:
        return f"{agreement.judged} judged by leads; how far the rule agrees is said from {FEWEST} on."
    kappa = "" if agreement.kappa is None else f", Cohen's kappa {agreement.kappa:.2f}"
    return f"Of {agreement.judged} judged by leads the rule said the same of {agreement.same.words}{kappa}."


def timing_face(timing: Timing | None, count: int, width: int) -> Content:
    """Return how many of a pattern are judged so."""
    name = timing.said if timing else "all"
    return Content.assemble((fit(name, max(12, width - 10)), STYLES.get(timing, "") if timing else ""), f"{count:>8,}")


def case_face(case: Escalation, width: int) -> Content:
    """Return a conversation in a few lines."""
    by = f" · judged {case.timing.said} by {case.judged_by}" if case.judged_by else ""
    said = f"{moment(case.at)} · {case.conversation} {case.due}{by}{' · generated' * case.generated}"
    late = f" by {case.turns} turn{'s' * (case.turns != 1)}" if case.timing is Timing.LATE and case.turns else ""
    head = Content.assemble((f"{case.timing.said}{late}  ", STYLES.get(case.timing, "bold")), case.behaviour)
    return stack(
        [
            *hang(Content(""), head, width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=1),
        ]
    )


def case_detail(case: Escalation, width: int) -> Content:
    """Return why a conversation is judged so, with the messages that say it."""
    trigger = case.trigger or TRIGGER
    lines = [Content.styled(f"{case.timing.said} · {case.behaviour} · {trigger}", "bold $text-primary")]
    lines += hang(Content(""), Content(case.words), width)
    if case.judged_by:
        because = f": {case.judged_why}" if case.judged_why else ""
        said = f"{case.judged_by} judged {case.timing.said}{because}; by rule {case.by_rule.said}."
        lines += hang(Content(""), Content.styled(said, "$text-warning"), width)
    lines += [Content(""), Content.styled("Evidence", "bold")]
    for one in case.evidence:
        label = Content.styled(f"{one.message:<5}", "$text-accent")
        quote = f": “{one.quote}”" if one.quote else ""
        lines += hang(label, Content(one.words + quote), width)
    return stack([*lines, Content(""), Content.styled(f"Enter opens it at {case.due}.", "$text-muted")])


def trial_head(width: int) -> Content:
    """Return the names of the columns of thresholds."""
    cells = "".join(f"{name:>{_CELL}}" for name in ("late", "early", "earlier", "later"))
    return Content.assemble((fit("Hands over …", _trial_room(width)), "bold $text-primary"), (cells, "$text-muted"))


def trial_face(trial: Trial, trials: Trials, width: int) -> Content:
    """Return a threshold with what it would have done, as a line of the table."""
    mark = "  ← in force" if trial.threshold == trials.now else ""
    mark = "  ← proposed" if trial.threshold == trials.proposed else mark
    cells = (trial.late_after, trial.early_after, trial.earlier, trial.later)
    style = "bold $text-success" if trial.threshold == trials.proposed else ""
    name = fit(short(trial.threshold) + mark, _trial_room(width))
    return Content.assemble((name, style), *(f"{value:>{_CELL},}" for value in cells))


def short(threshold: Threshold) -> str:
    """Return a threshold in few words."""
    turns = "usual (2)" if threshold.after is None else f"{threshold.after} turn{'s' * (threshold.after != 1)}"
    return f"{turns}{' or mood' * threshold.mood}"


def trial_detail(trial: Trial, trials: Trials, width: int) -> Content:
    """Return what a threshold would have done, and what would change in the file."""
    lines = hang(Content(""), Content.styled(f"Hands over {trial.threshold.words}", "bold $text-primary"), width)
    for said in trial_said(trial, trials):
        lines += hang(Content(""), Content(said), width)
    if trial.diff:
        lines += [Content(""), Content.styled("In the behaviour's file", "bold"), *diff_lines(trial.diff, width)]
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(CAVEAT, "$text-muted"), width)])


def trial_said(trial: Trial, trials: Trials) -> Iterator[str]:
    """Yield what a threshold would have done, in sentences."""
    if trials.proposed == trial.threshold:
        yield f"Proposed: {trials.why}"
    if not trials.tried:
        yield "It was tried on none: the bot began no conversation of this behaviour in these weeks."
        return
    yield (
        f"Of {trials.tried} past conversations that the bot began {trial.earlier} would have been handed over earlier, "
        f"{trial.later} later or not at all, {trial.same} at the same message."
    )
    yield (
        f"Too late {trial.late_before} → {trial.late_after}, too early {trial.early_before} → {trial.early_after}; "
        f"{trial.sooner} sooner than the rule asks for."
    )
    if trial.turns_saved is not None:
        yield f"Those that come earlier come {trial.turns_saved:g} turns earlier (median)."
    alike = [short(one.threshold) for one in trials.trials if one.threshold != trial.threshold and _same(one, trial)]
    if alike:
        yield f"The same as {', '.join(alike)}: no conversation of these weeks tells them apart."


def _same(one: Trial, other: Trial) -> bool:
    """Return whether two thresholds would have done the same."""
    return replace(one, threshold=other.threshold, diff=other.diff) == other


def trials_said(trials: Trials) -> str:
    """Return what is proposed for a behaviour, or why nothing is."""
    more = f"; {trials.left_out:,} older ones are left out" if trials.left_out else ""
    tried = f"{trials.tried} conversations that the bot began, replayed{more}. " if trials.trials else ""
    return f"{tried}{trials.why}"


def diff_lines(diff: str, width: int) -> list[Content]:
    """Return what changes in a file, a line each."""
    styles = {"+": "$text-success", "-": "$text-error", "@": "$text-muted"}
    return [Content.styled(fit(line, width).rstrip(), styles.get(line[:1], "")) for line in diff.splitlines()]


def move_face(move: TrialMove, width: int) -> Content:
    """Return a conversation that another threshold hands over elsewhere."""
    turns = abs(move.turns)
    way = f"{turns} turn{'s' * (turns != 1)} {'earlier' if move.turns > 0 else 'later'}" if turns else ""
    way = way or ("only now at all" if move.after else "not within what there was")
    where = f"{move.before or 'the bot kept it'} → {move.after or '?'}"
    return Content.assemble((fit(move.conversation, max(12, width - 40)), ""), f" {fit(where, 16)} {way}")


def standing(found: Escalations) -> str:
    """Return what the escalations are of, in a line."""
    if found.since is None or found.until is None:
        return ""
    invented = f" · {found.generated:,} are generated history" if found.generated else ""
    unknown = f" · {found.unknown:,} began before that and are not judged" if found.unknown else ""
    return f"{found.weeks} weeks, {day(found.since.date())} to {day(found.until.date())}{invented}{unknown}"


def _cost(pattern: Pattern) -> Iterator[str]:
    cost = pattern.cost
    if cost.turns is None:
        return
    seconds = f", {cost.seconds / 60:.1f} minutes" if cost.seconds is not None else ""
    yield f"late by {cost.turns:g} turns{seconds} (medians)"
    if cost.mood is not None:
        way = "fell" if cost.mood >= 0 else "rose"
        yield f"the mood {way} by {abs(cost.mood):.2f} meanwhile (mean; from -1 to 1)"
    yield f"opened again within {BACK} days: {cost.reopened.words}"


def _shown(share: Proportion, *, roomy: bool) -> str:
    if share.rate is None:  # too few for a rate: the counts, where there is anything
        return f"{share.part} of {share.of}" if share.part else "–"
    return share.words if roomy else f"{percent(share.rate)}%"


def _bar(share: Proportion) -> str:
    return "" if share.rate is None else "█" * round(share.rate * _BAR)


def _name_room(width: int) -> int:
    cell, bar = (_WIDE, _BAR + 2) if width >= ROOMY else (_CELL, 0)
    return max(8, width - _COUNT - 3 * cell - bar)


def _trial_room(width: int) -> int:
    return max(12, width - 4 * _CELL)
