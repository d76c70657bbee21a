"""What the knowledge base lacks and where it contradicts itself, as parts of the report's page; texts are escaped."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from console.conversation.upkeep import bracketed
from console.review.sections import Section, heads, table
from console.review.upkeep_lines import open_and_answered


def parts_of(report: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the gaps and the contradictions, where the report has looked for them."""
    if "gaps" not in report:
        return
    if report["upkeep_missing"]:
        said = f"<p>Not looked for: {escape(report['upkeep_missing'])}</p>"
        yield Section("gaps", "Knowledge gaps", "as of now", said)
        return
    asked, pairs = report["questions"], len(report["contradictions"])
    counts = f"questions without an answer: {open_and_answered(asked)}"
    yield Section("gaps", "Knowledge gaps", f"the last {asked['days']} days", _gaps(report, counts), counts)
    found = f"{pairs} found" if pairs else "none found"
    yield Section("contradictions", "Articles that contradict each other", "as of now", _pairs(report), found)


def _gaps(report: Mapping[str, Any], counts: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(bracketed(gap["question"]))}</th><td>{gap["customers"]}</td>'
        f"<td>{gap['questions']}</td><td>{gap['own_words']}</td><td>{escape(gap['last'][:10])}</td>"
        f"<td>{escape(gap['title'])}</td></tr>"
        for gap in report["gaps"]
    )
    head = heads("", "customers", "asked", "own words", "last", "nearest article")
    said = f"<p>{counts[0].upper()}{counts[1:]}.</p>"
    return said + (table("Asked, and no article answers it", head, rows) if rows else "")


def _pairs(report: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(pair["measures"])}</th>{_said(pair["first"])}{_said(pair["second"])}</tr>'
        for pair in report["contradictions"]
    )
    return table("The same with different figures", heads("", "one", "another"), rows) if rows else "<p>None found.</p>"


def _said(said: Mapping[str, Any]) -> str:
    return f"<td>{escape(said['title'])}: “{escape(said['text'])}”</td>"
