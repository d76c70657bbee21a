"""The sections of the report's page: a heading that can be linked to, of which time it is, and what it holds."""

from dataclasses import dataclass
from html import escape
from typing import Final

STANDING: Final = 12
"""Rows of a table that stand there; the others are unfolded."""

FEW: Final = 4
"""Rows that are not worth a fold."""

STYLE: Final = """
nav{margin-bottom:2.5rem}a{color:inherit}td.said{text-align:left}
.wide{overflow-x:auto}table{font-size:.875rem}th[scope=row]{overflow-wrap:anywhere;min-width:8rem;max-width:22rem}
details{margin:-1.5rem 0 2rem}summary{cursor:pointer}
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A section; its ``body`` is HTML in which every text is escaped already."""

    anchor: str
    """Its name within the page."""
    title: str
    period: str
    """Of which time it is, in words: see :mod:`console.review.periods`."""
    body: str
    gist: str = ""
    """What it says, in a line: it stands at the top of the page."""

    @property
    def html(self) -> str:
        """The section as it stands on the page."""
        return (
            f'<section id="{self.anchor}"><h2>{escape(self.title)}</h2><p class="period">{escape(_begun(self.period))}'
            f"</p>{self.body}</section>"
        )

    @property
    def entry(self) -> str:
        """Its row in the summary, which is the list of contents too."""
        return (
            f'<tr><th scope="row"><a href="#{self.anchor}">{escape(self.title)}</a></th>'
            f'<td class="said">{escape(self.gist)}</td><td class="said">{escape(_begun(self.period))}</td></tr>'
        )


def table(caption: str, head: str, body: str, *, named: str = "review") -> str:
    """Return a table; ``head`` are its column heads and ``body`` its rows, as HTML. Of a long one most is folded."""
    rows = body.split("</tr>")[:-1]
    standing = rows if len(rows) <= STANDING + FEW else rows[:STANDING]
    more = rows[len(standing) :]
    found = _table(f"<caption>{escape(caption)}</caption><tr>{head}</tr>", standing, named)
    if not more:
        return found
    folded = _table(f"<tr>{head}</tr>", more, named)
    return f"{found}<details><summary>{len(more)} more: {escape(caption)}</summary>{folded}</details>"


def heads(*names: str) -> str:
    """Return the heads of columns."""
    return "".join(f'<th scope="col">{escape(name)}</th>' for name in names)


def _table(top: str, rows: list[str], named: str) -> str:
    body = "".join(f"{row}</tr>" for row in rows)
    return f'<div class="wide"><table class="{named}">{top}{body}</table></div>'


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
