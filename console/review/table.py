"""The report for a terminal: every word whole from 80 columns on."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.conversation.automation import Automation
from console.conversation.codec import decode
from console.conversation.escalations import Escalations
from console.conversation.forecasts import Forecast
from console.conversation.layers import Layers
from console.conversation.quality_review import Quality
from console.conversation.reviews import Review
from console.review import besides, whole_lines
from console.review.automating.report import lines_of as automation_lines
from console.review.escalating.telling import lines_of as escalations_told
from console.review.forecast.report import lines_of as forecast_lines
from console.review.layers import lines as layers_lines
from console.review.quality import told as quality_told
from console.review.reviewing import lines as review_lines
from console.review.upkeep_lines import upkeep_lines


def table_of(report: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the lines of a report (see :func:`console.review.report.report_of`), none longer than ``width`` from 80 on.

    First what the lead's pages show of some weeks, then the coming one, then what is counted of the whole log: each
    says of which time it is.
    """
    yield from review_lines.lines_of(decode(Review, report["review"]), width)
    yield from layers_lines.lines_of(decode(Layers, report["layers"]), width)
    if "escalations" in report:
        yield from escalations_told(decode(Escalations, report["escalations"]), width)
    yield from quality_told.lines_of(decode(Quality, report["quality"]), width)
    yield from besides.lines_of(report, width)
    if "gaps" in report:
        yield from upkeep_lines(report, width)
    if "forecast" in report:
        yield from forecast_lines(decode(Forecast, report["forecast"]), width)
    if "automation" in report:
        yield from automation_lines(decode(Automation, report["automation"]), width)
    yield from whole_lines.lines_of(report, width)
