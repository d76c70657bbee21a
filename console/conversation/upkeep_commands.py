"""What a console asks of the upkeep of the knowledge base, and what it gets back."""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.drafts import ArticleDraft, Audience
from console.conversation.upkeep import Contradiction, Gap


@dataclass(frozen=True, slots=True)
class PutGapAside:
    """A gap is not worth an article, unless it is asked again after what was seen of it."""

    question: str
    """The question that stands for it."""
    last: datetime
    """When it was asked last, as it was seen."""


@dataclass(frozen=True, slots=True)
class BringGapBack:
    """Take it back that a gap was put aside."""

    question: str
    """The question that stood for it when it was put aside."""


@dataclass(frozen=True, slots=True)
class AskedIn:
    """Another conversation in which the same was asked, and the customer's message that asks it."""

    conversation: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """Draft an article from a resolved conversation, or for a question from all in which it was asked."""

    conversation: str
    message: str = ""
    """The customer's message that asks what it is to answer; without one, the first that asks anything."""
    question: str = ""
    """The question as it is to stand in the title; without one, the customer's."""
    also: tuple[AskedIn, ...] = ()
    """Where the question was asked besides: the best answers of all are taken. For leads and trainers."""
    times: int = 0
    """How many times the question was asked, as far as that was seen; 0 where nobody counted."""
    keep: bool = True
    """Whether it is kept among the drafts; without, it is only shown: it has no id, and nothing is left of it."""


def article_for(gap: Gap) -> DraftArticle | None:
    """Return what asks for a draft that answers a gap, only to be shown; ``None`` where nobody asked in a chat."""
    asked = [AskedIn(one.conversation, one.message) for one in gap.examples if one.conversation]
    if not asked:
        return None
    first, *others = asked
    return DraftArticle(
        first.conversation, first.message, gap.question, also=tuple(others), times=gap.questions, keep=False
    )


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Change a draft article; ``seen`` is the ``seq`` of the state that was changed."""

    title: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class ApproveDraft:
    """Publish a draft article for everybody, or for staff alone, as it was ``seen``."""

    audience: Audience
    seen: int


@dataclass(frozen=True, slots=True)
class RejectDraft:
    """Decide against a draft article."""

    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """The draft articles that the person may see, those that wait first, then the newest."""

    drafts: tuple[ArticleDraft, ...]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Articles that contradict each other, the plainest first."""

    pairs: tuple[Contradiction, ...]
