"""A measured figure beside what is asked of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.review.intervals import wilson


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` should be at least ``asked``, or at most where ``at_most``; ``None`` where nothing is asked."""

    name: str
    value: float
    asked: float | None = None
    at_most: bool = False
    unit: str = ""
    of: int = 0
    """Where it is a share of so many runs: their number. Its own sampling error is then shown."""

    @property
    def error(self) -> str:
        """The 95 % limits (Wilson) of a share of so many runs; empty for any other figure."""
        if not self.of:
            return ""
        low, high = (float(limit) for limit in wilson(self.value, self.of))
        return f"({low:.3f}–{high:.3f})"

    @property
    def holds(self) -> bool:
        """Whether the value is as asked."""
        if self.asked is None:
            return True
        return self.value <= self.asked if self.at_most else self.value >= self.asked


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print figures under a title, each as soon as it is there: the value, what is asked, and whether it holds."""
    print(title)
    for figure in figures:
        asked = ""
        if figure.asked is not None:
            sign = "≤" if figure.at_most else "≥"
            asked = f"{sign} {figure.asked:g}{figure.unit}   {'holds' if figure.holds else 'FALLS SHORT'}"
        value = f"{figure.value:.3f}".rstrip("0").rstrip(".")
        error = f" {figure.error}" if figure.error else ""
        print(f"  {figure.name:<62} {value:>8}{figure.unit:<4}{error} {asked}", flush=True)
