"""What the report counts of the whole log, as parts of its page; every text in it is escaped."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from console.conversation.assistance import Decision
from console.review import drift, evidence, wrap_ups
from console.review.besides import against_of
from console.review.bot_answers import counted
from console.review.impact import lines as impact_lines
from console.review.model_calls import line_of
from console.review.periods import whole_of
from console.review.sections import Section, heads, table
from console.review.talks import said_of

_UNBROKEN: Final = 1_000
"""Characters of a line: a page breaks by itself."""

_COLUMNS: Final = (
    "suggested", "shown", "decided", *(d.value for d in Decision), "thumbs_up", "thumbs_down", "mean_stars"
)  # fmt: skip


def parts_of(report: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the parts; what is to be read one by one stands last."""
    period = whole_of(report)
    told = list(impact_lines.lines_of(report["impact"]))
    yield Section("impact", "Do the suggestions help?", period, _list(told), " ".join(told[:2]))
    opened = f"{report['conversations'].get('opened', 0):,} conversations"
    yield Section("whole-log", "Since the log began", period, _counts(report), opened)
    if report.get("language_model"):
        rows = (line_of(*row) for row in report["language_model"].items())
        yield Section("language-model", "Language model", period, _list(rows))
    if report["bot_answers"]["answers"]:
        said = counted(report["bot_answers"])
        yield Section("bot-answers", "Answers of the bot", period, _bot(report["bot_answers"]), said)


def _counts(report: Mapping[str, Any]) -> str:
    talks, lines = report["conversations"], report["summary_lines"]
    said = [
        f"Conversations: {said_of(talks)}.",
        f"Lines of summaries: {lines['corrected']} corrected, {lines['removed']} removed by people.",
        *drift.lines_of(report["drift"]),
        *wrap_ups.lines_of(report["wrap_ups"]),
    ]
    tables = "".join(
        _tallies(title, rows)
        for title, rows in (
            ("All suggestions", {"all": report["total"]}),
            ("By kind", report["by_kind"]),
            ("By source", report["by_source"]),
        )
    )
    spoken = _list(line.strip() for line in evidence.lines_of(report["evidence"], _UNBROKEN, against_of(report)))
    return "".join(f"<p>{escape(line)}</p>" for line in said) + tables + spoken


def _bot(figures: Mapping[str, Any]) -> str:
    """Return what people made of the bot's answers, the wrong ones one by one."""
    wrong = (
        f"{one['conversation']} {one['message']}: “{one['text']}” – {one['reason']} ({one['by']})"
        for one in figures["to_review"]
    )
    return f"<p>{escape(counted(figures))}</p>{_list(wrong)}"


def _tallies(title: str, rows: Mapping[str, Mapping[str, Any]]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{_cell(figures, c)}</td>" for c in _COLUMNS)}</tr>'
        for name, figures in rows.items()
    )
    return table(f"{title}, the whole log", heads("", *(one.replace("_", " ") for one in _COLUMNS)), body)


def _cell(figures: Mapping[str, Any], column: str) -> str:
    value, rate = figures[column], figures.get(f"{column}_rate")
    shown = "–" if value is None else str(value)
    return f"{shown} ({rate:.0%})" if rate else shown


def _list(lines: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{rows}</ul>" if rows else ""
