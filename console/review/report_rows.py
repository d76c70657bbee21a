"""Every figure of the report as a row, of the same report that is told in lines, on the page and as JSON. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.conversation.automation import Automation
from console.conversation.codec import decode
from console.conversation.escalations import Escalations
from console.conversation.forecasts import Forecast
from console.conversation.layers import Layers
from console.conversation.quality_review import Quality
from console.conversation.reviews import Review
from console.review import besides, impact_rows, upkeep_rows, whole_rows
from console.review.automating.report import rows_of as automation_rows
from console.review.escalating.telling import rows_of as escalation_rows
from console.review.forecast.report import rows_of as forecast_rows
from console.review.layers.rows import rows_of as layer_rows
from console.review.quality.told import rows_of as quality_rows
from console.review.reviewing import rows as review_rows


def rows_of(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a report, each with the columns of :mod:`console.review.reviewing.rows`."""
    yield from review_rows.rows_of(decode(Review, report["review"]))
    yield from layer_rows(decode(Layers, report["layers"]))
    if "escalations" in report:
        yield from escalation_rows(decode(Escalations, report["escalations"]))
    yield from quality_rows(decode(Quality, report["quality"]))
    if "forecast" in report:
        yield from forecast_rows(decode(Forecast, report["forecast"]))
    if "automation" in report:
        yield from automation_rows(decode(Automation, report["automation"]))
    yield from besides.rows_of(report)
    yield from upkeep_rows.rows_of(report)
    yield from impact_rows.rows_of(report["impact"])
    yield from whole_rows.rows_of(report)
