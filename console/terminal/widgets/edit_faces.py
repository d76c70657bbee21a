"""How the reasons of edits read. Pure."""

from typing import Final

from textual.content import Content

from console.conversation.edits import REASONS, Edited, Edits, Reason, Saved
from console.conversation.reviews import FEWEST_AGENTS, Share
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import day
from console.terminal.widgets.source_faces import bar

SHOWN: Final = tuple(Reason)
_CELL: Final = 7
_COUNT: Final = 7
_LABEL: Final = 12
_FIGURE: Final = 15


def head(title: str, width: int) -> Content:
    """Return a title of a part of the table, with the names of its columns."""
    short = {Reason.LANGUAGE: "lang."}
    cells = "".join(f"{short.get(reason, reason.value):>{_CELL}}" for reason in SHOWN)
    return Content.assemble(
        (fit(title, _name_room(width)), "bold $text-primary"), (f"{'edits':>{_COUNT}}{cells}", "$text-muted")
    )


def group_face(group: Edited, width: int) -> Content:
    """Return a group as a line of the table."""
    name = Content.assemble(fit(group.title, _name_room(width)), (f"{group.edits:>{_COUNT},}", "$text-muted"))
    if group.withheld:
        return Content.assemble(name, (f"  fewer than {FEWEST_AGENTS} agents", "$text-muted"))
    return Content.assemble(name, *(f"{share.short:>{_CELL}}" for _, share in group.reasons))


def group_detail(group: Edited, width: int) -> Content:
    """Return the shares of a group as plots."""
    lines = [Content.styled(group.title, "bold $text-primary")]
    if group.withheld:
        said = f"Fewer than {FEWEST_AGENTS} agents worked on these: none is given."
        return stack([*lines, *hang(Content(""), Content.styled(said, "$text-muted"), width)])
    lines += [Content.styled(f"{group.edits:,} changed before they were sent", "$text-muted"), Content("")]
    lines += [reason_face(reason, share, width) for reason, share in group.reasons]
    said = "An edit may have several reasons. They are read from the words by rules, which miss some: see “other”."
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def reason_face(reason: Reason, share: Share, width: int) -> Content:
    """Return a reason with its interval as a plot."""
    room = min(50, width - _LABEL - _FIGURE)
    return Content.assemble(fit(reason.value, _LABEL), f"{share.words:<{_FIGURE}}", bar(share, room))


def reason_detail(reason: Reason, share: Share, width: int) -> Content:
    """Return what a share says, in words."""
    counted = f"{share.part:,} of {share.of:,} edits, in {share.conversations:,} conversations: {REASONS[reason]}."
    return stack(
        [
            Content.styled(f"{reason.value}: {share.words}", "bold $text-primary"),
            *hang(Content(""), Content.styled(f"{counted} Enter shows them.", "$text-muted"), width),
        ]
    )


def saved_face(saved: Saved, width: int) -> Content:
    """Return what a turn with suggestions saves, in two lines."""
    said = f"a turn with suggestions {saved.all.words}; were none ever read {saved.unread.words}"
    return stack(
        [
            Content.styled(fit("Seconds saved (an estimate)", width).rstrip(), "bold"),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width),
        ]
    )


def saved_detail(saved: Saved, width: int) -> Content:
    """Return the estimate by what became of the suggestions, and what it rests on."""
    lines = [Content.styled("Seconds saved or lost a turn", "bold $text-primary"), Content("")]
    rows = {
        "accepted": saved.accepted,
        "edited": saved.edited,
        "none taken": saved.refused,
        "all": saved.all,
        "all, unread": saved.unread,
    }
    lines += [Content.assemble((fit(name, _LABEL), "bold"), one.words, (f"  {one.of:,} turns", "$text-muted"))
              for name, one in rows.items()]  # fmt: skip
    said = (
        "An estimate, no experiment: what own words of the same length take the same team, less what the taken reply "
        "took; what is not taken costs the time to read it, at 238 words a minute. Agents who skim lose less: “unread” "
        "is the other end. Own words may be written where the matter was harder. Whether assistance helps is told by "
        f"the hold-out alone. {saved.left_out:,} turns are left out: open for too long, or of a length that is seldom "
        "written by hand."
    )
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def standing(found: Edits) -> str:
    """Return what the table is of, in a line."""
    if found.since is None or found.until is None:
        return ""
    return f"{found.weeks} weeks, {day(found.since.date())} to {day(found.until.date())} · why replies were changed"


def _name_room(width: int) -> int:
    return max(8, width - _COUNT - _CELL * len(SHOWN))
