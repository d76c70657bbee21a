"""How the sources of suggested replies read: how often each is taken, and what follows. Pure."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS, Share
from console.conversation.sources import SourceFigures, Sources
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import day
from console.terminal.words import moment

_LABEL: Final = 12
_FIGURE: Final = 15


def source_face(one: SourceFigures, width: int) -> Content:
    """Return a source in three lines."""
    mark = ("retired  ", "bold") if one.retired else ("⚑ ", "bold $text-warning") if one.suspect else ("  ", "")
    name = Content.assemble(mark, (one.source, "bold"))
    taken = f"taken {one.taken.words} of {one.taken.of:,}" if one.taken.of else "not decided on in these weeks"
    wrong = f"trouble after {one.went_wrong.words} of {one.went_wrong.of:,}" if one.went_wrong.of else ""
    said = " · ".join(part for part in (taken, wrong) if part)
    return stack(
        [
            *hang(Content(""), name, width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=2),
        ]
    )


def source_detail(one: SourceFigures, every: Sources, width: int) -> Content:
    """Return what speaks for and against a source."""
    return stack(_lines(one, every, width))


def _lines(one: SourceFigures, every: Sources, width: int) -> Iterator[Content]:
    yield from hang(Content(""), Content.styled(one.source, "bold $text-primary"), width)
    if one.retired:
        said = f"Retired {moment(one.retired.at)} by {one.retired.by or 'a lead'}: no reply is suggested from it."
        yield from hang(Content(""), Content.styled(said, "$text-warning"), width)
    elif one.suspect:
        said = "⚑ Surely taken less, or surely followed by trouble more often, than what other sources give."
        yield from hang(Content(""), Content.styled(said, "$text-warning"), width)
    yield Content("")
    yield from _beside("taken", one.taken, every.taken, width)
    yield from _beside("trouble after", one.went_wrong, every.went_wrong, width)
    if one.angered:
        yield from hang(Content(""), Content(f"After {one.angered:,} of those the customer's mood fell."), width)
    yield Content("")
    said = (
        "Taken: as it was or changed, of those that could be read. Trouble: the mood fell, a lead was called, it was "
        "passed on, or the customer came back after the closing, before the next reply was taken. In brackets 95 % "
        f"intervals, from {FEWEST} cases in {FEWEST_CONVERSATIONS} conversations on."
    )
    yield from hang(Content(""), Content.styled(said, "$text-muted"), width)


def _beside(label: str, mine: Share, every: Share | None, width: int) -> Iterator[Content]:
    """Yield a share beside that of all sources, each as a plot of its interval."""
    yield Content.styled(f"{label}: {mine.part:,} of {mine.of:,}", "bold")
    yield _plotted("this one", mine, width)
    if every is not None:
        yield _plotted("all sources", every, width)


def _plotted(label: str, share: Share, width: int) -> Content:
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
    suspect = sum(one.suspect for one in found.sources)
    said = f"⚑ {suspect} surely worse than the others" if suspect else "none surely worse than the others"
    return f"{found.weeks} weeks, {day(found.since.date())} to {day(found.until.date())} · {said}"
