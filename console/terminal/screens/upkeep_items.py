"""What stands in the lists of the upkeep screen: how each item is told apart, reads, and what can be done with it."""

from collections.abc import Iterable
from typing import Final

from textual.content import Content

from console.conversation.drafts import ArticleDraft, DraftStatus
from console.conversation.upkeep import Contradiction, Gap
from console.terminal.widgets import upkeep_faces as faces
from console.terminal.widgets.clickable import button

GAPS, DRAFTS, PAIRS = "gaps", "drafts", "pairs"
NAMES: Final = {GAPS: "Gaps", DRAFTS: "Drafts", PAIRS: "Contradictions"}
EMPTY: Final = {
    GAPS: "No gaps: whatever was asked lately, an article answers it.",
    DRAFTS: "No drafts yet. One is made from a gap (d), or from a conversation that was closed as resolved (Alt+Y).",
    PAIRS: "No two articles say the same with different figures.",
}

Item = Gap | ArticleDraft | Contradiction


def key_of(item: Item) -> str:
    """Return what tells an item from the others of its list."""
    match item:
        case Gap():
            return item.question
        case ArticleDraft():
            return item.id
        case Contradiction():
            return f"{item.first.article} {item.first.text} {item.second.article} {item.second.text}"


def face_of(item: Item, width: int) -> Content:
    """Return an item as it stands in its list."""
    match item:
        case Gap():
            return faces.gap_face(item, width)
        case ArticleDraft():
            return faces.draft_face(item, width)
        case Contradiction():
            return faces.pair_face(item, width)


def detail_of(item: Item) -> Content:
    """Return everything about an item."""
    match item:
        case Gap():
            return faces.gap_detail(item)
        case ArticleDraft():
            return faces.draft_detail(item)
        case Contradiction():
            return faces.pair_detail(item)


def deeds_of(item: Item | None, *, leads: bool, away: bool) -> Iterable[Content]:
    """Yield what can be done with an item, as buttons; ``away`` says that it is a gap that was put aside."""
    match item:
        case Gap():
            yield button("screen.draft", "Draft", "d")
            if leads and not away:
                yield button("screen.put_aside", "Put aside", "a")
            elif leads:
                yield button("screen.undo", "Bring back", "u")
            yield button("screen.open", "Conversation", "o")
            if item.nearest:
                yield button("screen.nearest", "Nearest", "n")
        case ArticleDraft():
            yield button("screen.open_draft", "Open draft", "Enter")
            yield button("screen.open", "Conversation", "o")
            if leads and item.status is not DraftStatus.OPEN:
                yield button("screen.undo", "Take back", "u")
        case Contradiction():
            yield button("screen.read(0)", "Read first", "1")
            yield button("screen.read(1)", "Read second", "2")
        case None:
            pass
    yield button("screen.renew", "Look again", "r")
