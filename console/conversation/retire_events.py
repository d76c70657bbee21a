"""The events of sources that leads retire; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRetired:
    """A lead retired a macro or an article: no reply is suggested from it any more, on any server."""

    source: str
    """``macro:ID`` or ``article:ID``."""
    change: str = ""
    """The mark (:class:`~console.conversation.review_events.ChangeMarked`) at which before and after are compared."""
    by: str = ""
    """The lead's name."""


@dataclass(frozen=True, slots=True)
class SourceBroughtBack:
    """A lead brought it back: replies are suggested from it again."""

    source: str
    by: str = ""
