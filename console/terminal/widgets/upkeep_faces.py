"""How gaps, draft articles and contradictions read: in a list, and in full."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from textual.content import Content

from console.conversation.drafts import ArticleDraft, DraftStatus
from console.conversation.upkeep import Contradiction, Gap, GapExample, Said, bracketed
from console.terminal.hanging import hang, spread, stack

STATUS: Final = {DraftStatus.OPEN: "○ open", DraftStatus.APPROVED: "● published", DraftStatus.REJECTED: "✖ rejected"}
_CROSS: Final = -0.3
_NAMED: Final = 5
"""Times a gap was asked that are named."""


def gap_face(gap: Gap, width: int) -> Content:
    """Return a gap in a few lines."""
    people = _count(gap.customers, "customer")
    own = f"{gap.own_words} in own words" if gap.own_words else ""
    rest = [_times(gap.questions), f"last {_day(gap.last)}", own]
    figures = " · ".join(part for part in (_aside_mark(gap), people, *rest) if part)
    return stack(
        [
            *hang(Content(""), Content.styled(bracketed(gap.question), "bold"), width, most=2),
            *hang(Content("  "), Content.styled(figures, "$text-muted"), width, most=2),
        ]
    )


def gap_detail(gap: Gap) -> Content:
    """Return everything about a gap."""
    own = f"{gap.own_words} of the answers had to be written without a suggestion" if gap.own_words else ""
    cross = "they were cross" if gap.mood is not None and gap.mood <= _CROSS else ""
    length = f"typical length {gap.minutes:.0f} min" if gap.minutes >= 1 else ""
    asked = f"{_count(gap.customers, 'customer')}, {_times(gap.questions)}, last on {_day(gap.last)}"
    nearest = f"{gap.title} ({gap.nearest})" if gap.nearest else "none"
    return _lines(
        Content.styled(bracketed(gap.question), "bold $text-primary"),
        *([Content.styled(aside_standing(gap), "$text-warning")] if gap.aside else []),
        Content("; ".join(part for part in (asked, own, length, cross) if part) + "."),
        Content(""),
        Content.styled("Nearest article", "bold"),
        Content(nearest),
        Content(""),
        Content.styled("Asked in", "bold"),
        *(_example(example) for example in gap.examples[:_NAMED]),
    )


def aside_standing(gap: Gap) -> str:
    """Return who put a gap aside, and what brings it back or has done so."""
    if gap.aside is None:
        return ""
    put = f"Put aside by {gap.aside.by} on {_day(gap.aside.at)}"
    return f"{put}; asked again since." if _is_back(gap) else f"{put}. It comes back when a customer asks it again."


def _is_back(gap: Gap) -> bool:
    return gap.aside is not None and gap.last > gap.aside.last


def _aside_mark(gap: Gap) -> str:
    if gap.aside is None:
        return ""
    return "asked again" if _is_back(gap) else "◌ put aside"


def draft_face(draft: ArticleDraft, width: int) -> Content:
    """Return a draft in two lines."""
    said = f"  {draft.by_name or draft.by} · {_day(draft.at)}"
    return stack(
        [
            spread(Content.styled(draft.title, "bold"), Content(STATUS[draft.status]), width),
            spread(Content.styled(said, "$text-muted"), Content(""), width),
        ]
    )


def draft_detail(draft: ArticleDraft) -> Content:
    """Return a draft with what became of it, and the messages its lines came from."""
    return _lines(
        Content.styled(draft.title, "bold $text-primary"),
        Content.styled(draft_standing(draft), "$text-muted"),
        Content(""),
        Content(draft.text),
        Content(""),
        *drafted_from(draft),
    )


def draft_standing(draft: ArticleDraft) -> str:
    """Return where a draft stands, in a line."""
    match draft.status:
        case DraftStatus.APPROVED:
            whom = "everybody" if draft.audience == "public" else "staff alone"
            return f"Published for {whom} as {draft.file}, by {draft.decided_by}."
        case DraftStatus.REJECTED:
            return f"Rejected by {draft.decided_by}: {draft.reason}"
        case DraftStatus.OPEN if not draft.id:
            return "Not kept yet: Ctrl+S keeps it as a draft, Esc leaves nothing of it."
        case DraftStatus.OPEN:
            return "A draft: nobody finds it until a lead publishes it."


def drafted_from(draft: ArticleDraft) -> Iterator[Content]:
    """Yield the lines as they were drafted, each with its messages."""
    lines = [line for line in draft.lines if line.part != "missing"]
    yield Content.styled(f"Drafted from {draft.conversation}" if lines else "Asked in", "bold")
    for line in draft.lines:
        elsewhere = line.conversation if line.conversation != draft.conversation or not lines else ""
        where = " ".join(part for part in (elsewhere, ", ".join(line.sources)) if part)
        text = "no answer to take over" if line.part == "missing" else line.text
        agents = f"  said by {line.agents} agents" if line.agents > 1 else ""
        yield Content.assemble((f"{where}  ", "$text-accent"), (text, "$text-muted"), agents)


def pair_face(pair: Contradiction, width: int) -> Content:
    """Return a contradiction in a few lines."""
    return stack(
        [
            *hang(Content(""), Content.styled(f"{pair.first.title} ⇄ {pair.second.title}", "bold"), width, most=2),
            *(
                line
                for said in (pair.first, pair.second)
                for line in hang(Content("  "), Content.styled(f"“{said.text}”", "$text-muted"), width, most=1)
            ),
        ]
    )


def pair_detail(pair: Contradiction) -> Content:
    """Return both articles with what they say."""
    return _lines(
        *_said("1", pair.first),
        Content(""),
        *_said("2", pair.second),
        Content(""),
        Content.styled("Correct one of them, or retire it.", "$text-muted"),
    )


def _said(number: str, said: Said) -> Iterable[Content]:
    internal = " · internal" if said.audience == "internal" else ""
    updated = f" · updated {said.updated}" if said.updated else ""
    yield Content.assemble((f"{number} ", "$text-accent"), (said.title, "bold $text-primary"))
    yield Content.styled(f"  {said.article}{updated}{internal}", "$text-muted")
    yield Content(f"  “{said.text}”")


def _example(example: GapExample) -> Content:
    where = example.conversation or "no conversation"
    by = f", looked up by {example.agent}" if example.agent else ""
    return Content.assemble((f"{_day(example.at)} {where}{by}  ", "$text-muted"), f"“{bracketed(example.question)}”")


def _lines(*lines: Content) -> Content:
    return Content("\n").join(lines)


def _day(at: datetime) -> str:
    moment = at.astimezone()
    return f"{moment.day} {moment:%b}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _times(number: int) -> str:
    return "asked once" if number == 1 else f"asked {number} times"
