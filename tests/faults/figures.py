"""How long it took until all went on after a kill, by what was killed: kept, and told as docs/reliability.md has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Final

ALL: Final = "all together"


@dataclass
class Figures:
    """Seconds from a kill, by what was killed."""

    shown: dict[str, list[float]] = field(default_factory=dict)
    """Until a customer's message stood at a console."""
    answered: dict[str, list[float]] = field(default_factory=dict)
    """Until an agent's answer to it stood on the customer's page."""
    helped: dict[str, list[float]] = field(default_factory=dict)
    """Until assistance for that message came."""
    back: dict[str, list[float]] = field(default_factory=dict)
    """Until what was killed did its own work again."""

    def lines(self) -> list[str]:
        """Return a table in Markdown: a row for all kills and one for each kind, p50, p95 and max of each measure."""
        measures = {
            "message at console": self.shown,
            "answer at page": self.answered,
            "assistance": self.helped,
            "back at its own work": self.back,
        }
        rows = ["| killed | times | " + " | ".join(f"{name}: p50, p95, max" for name in measures) + " |"]
        rows.append("|---" * (2 + len(measures)) + "|")
        for name in (ALL, *self.shown, *(kind for kind in self.back if kind not in self.shown)):
            cells = [_cell(list(_of(measured, name))) for measured in measures.values()]
            times = len(list(_of(self.shown if name in (ALL, *self.shown) else self.back, name)))
            rows.append(f"| {name} | {times} | {' | '.join(cells)} |")
        return rows

    def missed(self, flows: float, helps: float) -> list[str]:
        """Return how often messages took longer than ``flows`` seconds either way, and assistance than ``helps``."""
        late = {
            name: sum(max(both) > flows for both in zip(shown, self.answered[name], strict=True))
            for name, shown in self.shown.items()
        }
        without = {name: sum(one > helps for one in each) for name, each in self.helped.items()}
        return [
            f"longer than {flows:g} s until messages flowed: {sum(late.values())} {late}",
            f"longer than {helps:g} s until assistance: {sum(without.values())} {without}",
        ]


def worst(measured: Mapping[str, list[float]]) -> float:
    """Return the longest of all."""
    return max(second for seconds in measured.values() for second in seconds)


def _of(measured: Mapping[str, list[float]], name: str) -> Iterator[float]:
    for kind, seconds in measured.items():
        if name in (ALL, kind):
            yield from seconds


def _cell(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    cut = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else seconds * 19
    return f"{cut[9]:.1f}, {cut[18]:.1f}, {max(seconds):.1f}"
