"""The warning before a customer escalates: how often it is right, how early it comes, and the fit of its weights.

    python -m bench.escalation [DATA]

STAR's customers are the ones to be warned of: those who by the agent's own account became annoyed, and those who asked
for somebody's manager. A warning counts only where the customer has not asked yet and writes at least once more. The
weights are fitted on four fifths of the dialogues and judged on the fifth; what is printed last is the fit on them all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.data import MODELS, arguments, lines
from bench.figures import Figure, show
from console.assist.mood.course import mood_and_signs
from console.assist.mood.reading import MoodReader
from console.assist.mood.risk import WARNS, fitted, risk_of
from console.assist.ports import Embed
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from knowledge import open_embedder

Numbers = NDArray[np.float64]
ROLES: Final = {"customer": Author.CUSTOMER, "agent": Author.AGENT, "kb": Author.SYSTEM}
FOLDS: Final = 5
RIDGE: Final = 3.0
"""Penalty on the squared weights of standardised signs."""

_ASKED: Final = re.compile(
    r"\b(?:your (?:manager|boss|supervisor)|real (?:person|human)|report you|formal complaint|sue you|"
    r"never (?:using|use|coming|calling) (?:this|you|back|your))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Course:
    """A dialogue as of each message of the customer: the signs and the risk; where they asked, if they did."""

    signs: Numbers
    risks: tuple[float, ...]
    escalated: bool
    asked: int

    def warned(self, risks: Sequence[float], least: float = WARNS) -> int:
        """Return the place of the first message that warns in time; -1 where none does."""
        return next((n for n, risk in enumerate(risks[:-1]) if n < self.asked and risk >= least), -1)


def main() -> None:
    """Print the figures and the weights."""
    chosen = arguments(__doc__).parse_args()
    show("Escalation warnings", figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield how right the warnings are, cross-validated, and the weights of the fit on everything."""
    courses = list(courses_of(data, VectorCache(open_embedder(models))))
    told = _judged(courses)
    warned = [(course, place) for course, place in told if place >= 0]
    right = [(course, place) for course, place in warned if course.escalated]
    escalated = [course for course in courses if course.escalated]
    yield Figure("customers who were annoyed or asked for a manager", 100 * len(escalated) / len(courses), unit=" %")
    yield Figure("customers warned of", 100 * len(warned) / len(courses), unit=" %")
    yield Figure("of them annoyed in the end, cross-validated", len(right) / max(1, len(warned)), 0.4)
    yield Figure("of the annoyed, warned of in time", len(right) / len(escalated))
    ahead = [min(course.asked, len(course.risks) - 1) - place for course, place in right]
    yield Figure("messages ahead, median", float(median(ahead)) if ahead else 0.0, 2)
    for name, weight in zip(("mood", "lately", "aimed", "impatient", "refused", "turn"), fit(courses)[1:], strict=True):
        yield Figure(f"weight of {name}, fitted on all", float(weight))
    yield Figure("base, fitted on all", float(fit(courses)[0]))


def courses_of(data: Path, embed: Embed) -> Iterator[Course]:
    """Yield STAR's dialogues with at least two messages of the customer and an answer to how they felt."""
    reader = MoodReader(embed)
    for row in lines(data / "star" / "train.jsonl.gz"):
        course = _course(row, reader)
        if course is not None:
            yield course


def _course(row: dict[str, Any], reader: MoodReader) -> Course | None:
    answers = row["questionnaire"] if isinstance(row["questionnaire"], list) else []
    annoyed = [bool(a["Answer"]) for a in answers if "aggressive" in a["Question"]]
    said = [e for e in row["events"] if e["speaker"] in ROLES]
    messages = tuple(Message(f"m{n}", ROLES[e["speaker"]], e["text"]) for n, e in enumerate(said))
    signs, risks, moods, asked = [], [], {}, len(messages)
    for place, message in enumerate(messages):
        if message.role is not Author.CUSTOMER:
            continue
        read = mood_and_signs(Talk("c", Customer("u"), messages[: place + 1], moods=dict(moods)), reader)
        if read is None:
            continue
        mood, found = read
        moods[message.id] = mood.score
        if _ASKED.search(message.text):
            asked = min(asked, len(risks))
        signs.append(fitted(found))
        risks.append(risk_of(found))
    if not annoyed or len(risks) <= 1:
        return None
    return Course(np.array(signs), tuple(risks), annoyed[0] or asked < len(risks), asked)


def _judged(courses: Sequence[Course]) -> Iterator[tuple[Course, int]]:
    """Yield each dialogue with the place of its warning, by weights that were fitted without it."""
    for fold in range(FOLDS):
        base, *weights = fit([c for n, c in enumerate(courses) if n % FOLDS != fold])
        for course in courses[fold::FOLDS]:
            heights = base + LIFT + course.signs @ np.array(weights)
            yield course, course.warned([1 / (1 + exp(-h)) for h in heights])


LIFT: Final = 1.0
"""What :data:`console.assist.mood.risk.BASE` is raised by over the fit."""


def fit(courses: Sequence[Course]) -> Numbers:
    """Return base and weights of a logistic curve over the signs, by Newton's method with a ridge."""
    rows = np.vstack([c.signs[:-1] for c in courses])
    labels = np.concatenate([np.full(len(c.signs) - 1, float(c.escalated)) for c in courses])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    design = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    penalty = np.diag([0.0] + [RIDGE] * rows.shape[1])
    weights = np.zeros(design.shape[1])
    weights[0] = log(labels.mean() / (1 - labels.mean()))
    for _ in range(20):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (likely - labels) + penalty @ weights
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + penalty
        weights = weights - np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


if __name__ == "__main__":
    main()
