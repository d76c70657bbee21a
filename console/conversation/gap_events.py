"""The events of knowledge gaps that a lead has decided on; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GapPutAside:
    """A lead judged that a gap is not worth an article, as long as no customer asks it again."""

    question: str
    """The question that stood for the gap."""
    last: datetime
    """When it was asked last, as far as the lead had seen: what is asked later brings it back."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class GapBroughtBack:
    """A lead took it back that a gap was put aside."""

    question: str
    name: str = ""
