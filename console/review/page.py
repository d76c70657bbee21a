"""The report as one self-contained page: no script, no request to anywhere."""

import base64
import hashlib
from html import escape
from typing import Any

from console.conversation.assistance import Decision
from console.conversation.automation import Automation
from console.conversation.codec import decode
from console.conversation.escalations import Escalations
from console.conversation.forecasts import Forecast
from console.conversation.layers import Layers
from console.conversation.quality_review import Quality
from console.conversation.reviews import Review
from console.conversation.upkeep import bracketed
from console.review import drift, evidence, wrap_ups
from console.review.automating.report import section_of as automation_section
from console.review.besides import part_of
from console.review.bot_answers import counted
from console.review.escalating.telling import section_of as escalations_section
from console.review.forecast.report import section_of as forecast_section
from console.review.impact import lines as impact_lines
from console.review.layers import section as layers_section
from console.review.model_calls import line_of
from console.review.periods import whole_of
from console.review.quality import told as quality_told
from console.review.reviewing.section import STYLE, section_of

_STYLE = (
    """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:0 0 2rem;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{padding:.3rem .6rem;border-bottom:1px solid #d8dee4;text-align:right}th:first-child{text-align:left}
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#30363d}}
"""
    + STYLE
    + layers_section.STYLE
)

_RULES = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The page's own rule for its browser: its style and nothing else; no script, no request, whatever stood in a text."""

_UNBROKEN = 1_000
"""Characters of a line: a page breaks by itself."""

_COLUMNS = ("suggested", "shown", "decided", *(d.value for d in Decision), "thumbs_up", "thumbs_down", "mean_stars")


def page_of(report: dict[str, Any]) -> str:
    """Return the report (see :func:`console.review.report.report_of`) as HTML; every text in it is escaped."""
    talks = report["conversations"]
    told = ", ".join(f"{escape(name.replace('_', ' '))} {count}" for name, count in talks.items()) or "none yet"
    lines, review = report["summary_lines"], decode(Review, report["review"])
    layers = decode(Layers, report["layers"])
    put_right = f"{lines['corrected']} corrected, {lines['removed']} removed by people"
    tables = "".join(
        _table(title, rows)
        for title, rows in (
            ("All suggestions", {"all": report["total"]}),
            ("By kind", report["by_kind"]),
            ("By source", report["by_source"]),
        )
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{_RULES}">'
        f"<title>Second Chair report</title><style>{_STYLE}</style>"
        f"<h1>What became of the suggestions</h1><p>Of {whole_of(report)}. Conversations: {told}. "
        f"Lines of summaries: {put_right}.</p>{_moved(report)}{_bot(report)}{_wrap_ups(report)}{_impact(report)}"
        f"{tables}{section_of(review)}{part_of(report)}{layers_section.section_of(layers)}{_quality(report)}{_escalations(report)}"
        f"{_forecast(report)}{_automation(report)}{_evidence(report)}{_calls(report)}{_upkeep(report)}</html>"
    )


def _forecast(report: dict[str, Any]) -> str:
    """Return the coming week, where the report has it."""
    return forecast_section(decode(Forecast, report["forecast"])) if "forecast" in report else ""


def _automation(report: dict[str, Any]) -> str:
    """Return what could be automated, where the report has it."""
    return automation_section(decode(Automation, report["automation"])) if "automation" in report else ""


def _escalations(report: dict[str, Any]) -> str:
    """Return when the bot gave conversations to people; nothing where it gave none."""
    return escalations_section(decode(Escalations, report["escalations"])) if "escalations" in report else ""


def _moved(report: dict[str, Any]) -> str:
    """Return the rates that have moved."""
    return "".join(f"<p>{escape(line)}</p>" for line in drift.lines_of(report["drift"]))


def _quality(report: dict[str, Any]) -> str:
    """Return how good conversations were; nothing where none was marked."""
    return quality_told.section_of(decode(Quality, report["quality"]))


def _evidence(report: dict[str, Any]) -> str:
    """Return what is surely taken most and least, and which policies are mostly dismissed."""
    rows = "".join(f"<li>{escape(line.strip())}</li>" for line in evidence.lines_of(report["evidence"], _UNBROKEN))
    return f"<ul>{rows}</ul>" if rows else ""


def _wrap_ups(report: dict[str, Any]) -> str:
    """Return what became of proposed wrap-ups; nothing where nothing was closed with one."""
    return "".join(f"<p>{escape(line)}</p>" for line in wrap_ups.lines_of(report["wrap_ups"]))


def _impact(report: dict[str, Any]) -> str:
    """Return whether the suggestions help, as far as conversations that are held out tell."""
    rows = "".join(f"<li>{escape(line)}</li>" for line in impact_lines.lines_of(report["impact"]))
    return f"<h2>Impact</h2><ul>{rows}</ul>"


def _bot(report: dict[str, Any]) -> str:
    """Return what people made of the bot's answers, the wrong ones one by one; nothing where it has said nothing."""
    figures = report["bot_answers"]
    rows = "".join(
        f"<li>{escape(wrong['conversation'])} {escape(wrong['message'])}: “{escape(wrong['text'])}” – "
        f"{escape(wrong['reason'])} ({escape(wrong['by'])})</li>"
        for wrong in figures["to_review"]
    )
    return f"<p>{escape(counted(figures))}</p><ul>{rows}</ul>" if figures["answers"] else ""


def _calls(report: dict[str, Any]) -> str:
    """Return what a language model was asked, where one was."""
    rows = "".join(f"<li>{escape(line_of(*row))}</li>" for row in report.get("language_model", {}).items())
    return f"<h2>Language model</h2><ul>{rows}</ul>" if rows else ""


def _table(title: str, rows: dict[str, dict[str, Any]]) -> str:
    head = "".join(f'<th scope="col">{column.replace("_", " ")}</th>' for column in _COLUMNS)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{_cell(figures, c)}</td>" for c in _COLUMNS)}</tr>'
        for name, figures in rows.items()
    )
    return f'<table><caption>{title}</caption><tr><th scope="col"></th>{head}</tr>{body}</table>'


def _upkeep(report: dict[str, Any]) -> str:
    """Return the gaps and contradictions, where the report has looked for them."""
    if "gaps" not in report:
        return ""
    gaps = "".join(
        f'<tr><th scope="row">{escape(bracketed(gap["question"]))}</th>'
        f"<td>{gap['customers']}</td><td>{gap['questions']}</td><td>{gap['own_words']}</td><td>{escape(gap['last'][:10])}</td><td>{escape(gap['title'])}</td></tr>"
        for gap in report["gaps"]
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("", "customers", "asked", "own words", "last", "nearest article")
    )
    pairs = "".join(
        f'<tr><th scope="row">{escape(pair["measures"])}</th>{_said(pair["first"])}{_said(pair["second"])}</tr>'
        for pair in report["contradictions"]
    )
    note = f"<p>{escape(report['upkeep_missing'])}</p>" if report["upkeep_missing"] else ""
    return (
        f"{note}<table><caption>Knowledge gaps</caption><tr>{head}</tr>{gaps}</table>"
        f"<table><caption>Articles that contradict each other</caption>{pairs}</table>"
    )


def _said(said: dict[str, Any]) -> str:
    return f"<td>{escape(said['title'])}: “{escape(said['text'])}”</td>"


def _cell(figures: dict[str, Any], column: str) -> str:
    value, rate = figures[column], figures.get(f"{column}_rate")
    shown = "–" if value is None else str(value)
    return f"{shown} ({rate:.0%})" if rate else shown
