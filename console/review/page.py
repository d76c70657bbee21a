"""The report as one self-contained page: no script, no request to anywhere."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from console.conversation.automation import Automation
from console.conversation.codec import decode
from console.conversation.escalations import Escalations
from console.conversation.forecasts import Forecast
from console.conversation.layers import Layers
from console.conversation.quality_review import Quality
from console.conversation.reviews import Review
from console.review import besides, upkeep_page, whole_page
from console.review.automating.report import section_of as automation_section
from console.review.escalating.telling import section_of as escalations_section
from console.review.forecast.report import section_of as forecast_section
from console.review.layers import section as layers_section
from console.review.periods import whole_of
from console.review.quality.told import section_of as quality_section
from console.review.reviewing.section import STYLE, section_of
from console.review.sections import STYLE as SECTIONS_STYLE
from console.review.sections import Section, heads, table

_STYLE = (
    """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:0 0 2rem;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{padding:.3rem .6rem;border-bottom:1px solid #d8dee4;text-align:right}th:first-child{text-align:left}
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#30363d}}
"""
    + SECTIONS_STYLE
    + STYLE
    + layers_section.STYLE
)

_RULES = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The page's own rule for its browser: its style and nothing else; no script, no request, whatever stood in a text."""


def page_of(report: Mapping[str, Any]) -> str:
    """Return the report (see :func:`console.review.report.report_of`) as HTML; every text in it is escaped."""
    parts = list(_parts(report))
    said = f"Its log: {whole_of(report)}. Each part says of which time it is. In brackets stand 95 % intervals, "
    said += "or where it says so 80 % ones."
    entries = table(
        "In short, and where to find it", heads("", "", ""), "".join(part.entry for part in parts), named="gist"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{_RULES}">'
        f"<title>Second Chair report</title><style>{_STYLE}</style>"
        f"<h1>Second Chair report</h1><p>{escape(said)}</p><nav>{entries}</nav>"
        f"{''.join(part.html for part in parts)}</html>"
    )


def _parts(report: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the parts that have anything to say: of some weeks, of the coming one, then of the whole log."""
    made = (
        section_of(decode(Review, report["review"])),
        besides.part_of(report),
        layers_section.section_of(decode(Layers, report["layers"])),
        escalations_section(decode(Escalations, report["escalations"])) if "escalations" in report else None,
        quality_section(decode(Quality, report["quality"])),
        *upkeep_page.parts_of(report),
        forecast_section(decode(Forecast, report["forecast"])) if "forecast" in report else None,
        automation_section(decode(Automation, report["automation"])) if "automation" in report else None,
        *whole_page.parts_of(report),
    )
    yield from (part for part in made if part is not None)
