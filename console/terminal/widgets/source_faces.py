"""How the sources of suggested replies read: how often each is taken, and what follows. Pure."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS, Share, Uptake
from console.conversation.sources import WORTH, KindFigures, SourceFigures, Sources, kinds_said
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import day
from console.terminal.words import moment

TAKEN_SAID: Final = "Taken: as it was or changed, of those that could be read."
TROUBLE_SAID: Final = (
    "Trouble: the mood fell, a lead was called, it was passed on, or the customer came back after the closing, before "
    "the next reply was taken."
)
MOOD_SAID: Final = "The customer's mood fell from their last message to the next by 0.25 or more, to -0.25 or below."
ALL: Final = "all sources"
_LABEL: Final = 14
_FIGURE: Final = 15


def source_face(one: SourceFigures, width: int) -> Content:
    """Return a source in three lines."""
    name = Content.assemble(_mark(one), (one.source, "bold"))
    taken = f"taken {one.taken.words} of {one.taken.of:,}" if one.taken.of else "not decided on in these weeks"
    wrong = f"trouble after {one.went_wrong.words} of {one.went_wrong.of:,}" if one.went_wrong.of else ""
    doubt = "followed by trouble more" if one.more_trouble else "taken less" if one.taken_less else ""
    said = " · ".join(part for part in (doubt, taken, wrong) if part)
    return stack(
        [
            *hang(Content(""), name, width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=3),
        ]
    )


def _mark(one: SourceFigures) -> tuple[str, str]:
    """Return the mark before a name: what is taken less does nobody harm, and stands out less."""
    if one.retired:
        return "retired  ", "bold"
    if one.more_trouble:
        return "⚑ ", "bold $text-warning"
    return ("▽ ", "$text-muted") if one.taken_less else ("  ", "")


def all_face(every: Sources, width: int) -> Content:
    """Return all sources together, in the same lines."""
    taken, wrong = every.taken or Share(), every.went_wrong or Share()
    said = f"taken {taken.words} of {taken.of:,} · trouble after {wrong.words} of {wrong.of:,}"
    return stack(
        [Content.styled(f"  {ALL}", "bold"), *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=3)]
    )


def all_detail(every: Sources, width: int) -> Content:
    """Return what becomes of the replies of each kind of source."""
    lines = [Content.styled(ALL, "bold $text-primary")]
    for kind in every.kinds:
        lines += [Content(""), Content.styled(f"{kind.sources} {kinds_said(kind.kind)}", "bold")]
        lines += [plotted("taken", kind.taken, width), plotted("trouble after", kind.went_wrong, width)]
    said = "Each is compared with the others of its kind: articles are shown where they may help, and taken less."
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def uptake_face(which: Uptake, share: Share, width: int) -> Content:
    """Return what became of replies in a line, with its counts."""
    counted = f"{share.part:,} of {share.of:,}"
    if which is Uptake.MOOD_FELL:
        return Content.assemble(fit(which.said, _LABEL + 6), counted)
    bar_room = max(0, width - len(counted) - 2)
    return Content.assemble(plotted(which.said, share, bar_room), f"  {counted}")


def uptake_detail(which: Uptake, share: Share, width: int) -> Content:
    """Return what such a number counts."""
    said = {Uptake.TAKEN: TAKEN_SAID, Uptake.TROUBLE: TROUBLE_SAID, Uptake.MOOD_FELL: MOOD_SAID}[which]
    counted = f"{share.part:,} of {share.of:,}. Enter shows these exchanges; v there, the others of the {share.of:,}."
    heading = Content.styled(which.said if which is Uptake.MOOD_FELL else f"{which.said}: {share.words}", "bold")
    lines = [heading, *hang(Content(""), Content(counted), width), Content("")]
    return stack([*lines, *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def source_detail(one: SourceFigures, every: Sources, width: int) -> Content:
    """Return what speaks for and against a source."""
    return stack(_lines(one, every, width))


def _lines(one: SourceFigures, every: Sources, width: int) -> Iterator[Content]:
    yield from hang(Content(""), Content.styled(one.source, "bold $text-primary"), width)
    if one.retired:
        said = f"Retired {moment(one.retired.at)} by {one.retired.by or 'a lead'}: no reply is suggested from it."
        yield from hang(Content(""), Content.styled(said, "$text-warning"), width)
    elif one.suspect:
        said = f"{_mark(one)[0]}Surely {one.doubt}, by more than {WORTH * 100:.0f} in a hundred."
        yield from hang(Content(""), Content.styled(said, "$text-warning"), width)
    yield Content("")
    alike = next((kind for kind in every.kinds if kind.kind == one.kind), None)
    yield from _beside("taken", one.taken, alike, alike.taken if alike else None, width)
    yield from _beside("trouble after", one.went_wrong, alike, alike.went_wrong if alike else None, width)
    if one.angered:
        yield from hang(Content(""), Content(f"After {one.angered:,} of those the customer's mood fell."), width)
    yield Content("")
    said = (
        f"{TAKEN_SAID} {TROUBLE_SAID} In brackets 95 % intervals, from {FEWEST} cases in {FEWEST_CONVERSATIONS} "
        "conversations on. Enter opens each of these numbers."
    )
    yield from hang(Content(""), Content.styled(said, "$text-muted"), width)


def _beside(label: str, mine: Share, alike: KindFigures | None, theirs: Share | None, width: int) -> Iterator[Content]:
    """Yield a share beside that of all sources of its kind, each as a plot of its interval."""
    yield Content.styled(f"{label}: {mine.part:,} of {mine.of:,}", "bold")
    yield plotted("this one", mine, width)
    if alike is not None and theirs is not None:
        yield plotted(f"{alike.sources} {kinds_said(alike.kind)}", theirs, width)


def plotted(label: str, share: Share, width: int) -> Content:
    """Return a share with the plot of its interval."""
    room = min(50, width - _LABEL - _FIGURE)
    return Content.assemble(fit(label, _LABEL), f"{share.words:<{_FIGURE}}", bar(share, room))


def bar(share: Share, width: int) -> Content:
    """Return an interval from 0 to 100 %; empty where there is no room to read it."""
    if width < _READABLE:
        return Content("")
    if share.rate is None or share.low is None or share.high is None:
        return Content.styled("·" * width, "$text-disabled")
    low, point, high = (min(width - 1, int(value * width)) for value in (share.low, share.rate, share.high))
    marks = ("●" if n == point else "━" if low <= n <= high else "·" for n in range(width))
    return Content.assemble(*((mark, "$text-disabled" if mark == "·" else "$text-accent") for mark in marks))


_READABLE: Final = 10


def standing(found: Sources) -> str:
    """Return what the list is of, in a line."""
    if found.since is None or found.until is None:
        return ""
    trouble = sum(one.more_trouble for one in found.sources)
    less = sum(one.taken_less and not one.more_trouble for one in found.sources)
    told = [f"⚑ {trouble} followed by trouble more than its kind"] if trouble else []
    told += [f"▽ {less} taken less"] if less else []
    said = ", ".join(told) or "none surely worse than others of its kind"
    return f"{found.weeks} weeks, {day(found.since.date())} to {day(found.until.date())} · {said}"
