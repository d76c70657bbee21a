"""What the report counts of the whole log, as rows of its table: ``table`` begins with ``log``. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from console.conversation.assistance import Decision
from console.review.evidence import TAKEN
from console.review.row import row

_COUNTED: Final = ("suggested", "shown", "decided", "thumbs_up", "thumbs_down")
_MEANS: Final = ("mean_stars", "median_seconds_to_decide", "median_edit_distance")
_DECISIONS: Final = tuple(decision.value for decision in Decision)
_BESIDE: Final = ("conversations", "flags", "summary_lines", "wrap_ups", "bot_answers")


def rows_of(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield them."""
    for by, groups in (
        ("all", {"": report["total"]}),
        ("kind", report["by_kind"]),
        ("source", report["by_source"]),
    ):
        for name, figures in groups.items():
            yield from _tallied(by, name, figures)
    for name in _BESIDE:
        yield from _counts(name, report[name])
    for alarm in report["drift"]:
        for side, of in (("before", None), ("after", alarm["turns"])):
            yield row("log alarms", "all", alarm["rate"], side, week=alarm["since"][:10], of=of, rate=alarm[side])
    yield from _evidence(report["evidence"])
    for purpose, figures in report["language_model"].items():
        yield from _counts("language_model", figures, purpose)
        yield from _counts("language_model", figures["outcomes"], purpose)


def _tallied(by: str, name: str, figures: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for measure in _COUNTED:
        yield row("log figures", by, name, measure.replace("_", " "), part=figures[measure])
    for measure in _DECISIONS:
        share = {"part": figures[measure], "of": figures["decided"], "rate": figures[f"{measure}_rate"]}
        yield row("log figures", by, name, measure, **share)
    for measure in _MEANS:
        yield row("log figures", by, name, measure.replace("_", " "), rate=figures[measure])


def _counts(named: str, figures: Mapping[str, Any], name: str = "") -> Iterator[dict[str, Any]]:
    """Yield the numbers among some figures: what is whole is a count, the rest stand where rates do."""
    for measure, value in figures.items():
        if isinstance(value, int | float):
            where = {"part": value} if isinstance(value, int) else {"rate": value}
            yield row(f"log {named.replace('_', ' ')}", "all", name, measure.replace("_", " "), **where)


def _evidence(figures: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, one in figures["sources"].items():
        yield row("log evidence", "source", name, "taken", **_share(one, "decided"))
    for kind, bands in figures["thresholds"].items():
        for one in bands:
            yield row("log evidence", "score", f"{kind} from {one['from']}", "taken", **_share(one, "decided"))
    for name, one in figures["policies"].items():
        yield row("log evidence", "policy", name, "dismissed", **_share(one, "raised"))
        for measure in ("passed", "overridden"):
            yield row("log evidence", "policy", name, measure, part=one[measure])


def _share(one: Mapping[str, Any], of: str) -> dict[str, Any]:
    part = one["dismissed"] if of == "raised" else sum(one[decision.value] for decision in TAKEN)
    return {"part": part, "of": one[of], "rate": one["rate"], "low": one["low"], "high": one["high"]}
