"""The sections of the report's page: a heading that can be linked to, of which time it is, and what it holds."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Section:
    """A section; its ``body`` is HTML in which every text is escaped already."""

    anchor: str
    """Its name within the page."""
    title: str
    period: str
    """Of which time it is, in words: see :mod:`console.review.periods`."""
    body: str

    @property
    def html(self) -> str:
        """The section as it stands on the page."""
        period = self.period[:1].upper() + self.period[1:]
        return (
            f'<section id="{self.anchor}"><h2>{escape(self.title)}</h2><p class="period">{escape(period)}</p>'
            f"{self.body}</section>"
        )


def table(caption: str, head: str, body: str, *, named: str = "review") -> str:
    """Return a table; ``head`` are its column heads and ``body`` its rows, as HTML."""
    return f'<table class="{named}"><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>'


def heads(*names: str) -> str:
    """Return the heads of columns."""
    return "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
