"""What was done in past conversations like this one, and how that ended: counted, never forecast.

Alike are conversations whose customers came with something near, in the same intent where the desk has behaviours. A
step is named only where it was taken in at least half of them; with fewer than :data:`FEWEST` there is nothing to say.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from console.assist.matter import open_matter
from console.assist.ports import Embed, PastOutcome, PastReplies, Vectors
from console.assist.routing import PATTERN_STRENGTH, PRIORITY_WEIGHT
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.conversation.assistance import Citation, NextStep, SourceType, StepTaken

FEWEST: Final = 3
"""Similar conversations below which nothing is said: two are a coincidence."""

FEWEST_TAKEN: Final = 2
"""Conversations in which a step must have been taken to be called usual."""

SHARE: Final = 0.5
"""Share of the similar conversations in which it must have been taken. On dialogues of STAR such a step is what was
done in two of three, as its counts say; from a third on, in little more than half."""

MOST: Final = 20
"""Similar conversations that are counted, the nearest; the figures change little from ten on."""

LOOKED_AT: Final = 200
"""Near conversations that are looked at for those of the same intent."""

NEAR: Final = 0.5
"""Cosine from which what two customers came with is alike where nothing else tells …"""

NEAR_SAME_INTENT: Final = 0.2
"""… and where both belong to one intent, which tells most of it; of 0 to 0.3 the best balance on the demo's cases."""

SHOWN: Final = 12
"""Cases that are cited."""


class NextSteps:
    """Asks a collection of past conversations, with the behaviours of a library."""

    def __init__(self, past: PastReplies, behaviours: Sequence[Behaviour], embed: Embed) -> None:
        self._past = past
        self._behaviours = tuple(b for b in behaviours if b.examples or b.patterns)
        self._examples = [embed.encode(b.examples) if b.examples else None for b in self._behaviours]
        self._named = frozenset(b.intent for b in behaviours)
        self._intents: dict[str, str] = {}

    def forget(self) -> None:
        """Let go of what past customers came with; what is needed again is read again."""
        self._intents.clear()

    def propose(self, talk: Talk, intent: str) -> NextStep | None:
        """Return what was mostly done in conversations like ``talk``; ``None`` where too few are alike or agree."""
        return step_of(self.alike(talk, intent)[:MOST])

    def alike(self, talk: Talk, intent: str) -> list[PastOutcome]:
        """Return past conversations whose customers came with something like that, the nearest first."""
        matter = open_matter(talk)
        if not matter:
            return []
        near = NEAR_SAME_INTENT if intent else NEAR
        found = [case for case in self._past.similar(matter, LOOKED_AT) if case.likeness >= near]
        if intent:
            found = [case for case in found if self._intent(case) == intent]
        return found

    def _intent(self, case: PastOutcome) -> str:
        """Return the intent a case was worked under, else the one its matter speaks for most; empty for neither."""
        if case.intent in self._named:
            return case.intent
        known = self._intents.get(case.matter)
        if known is None:
            strengths = [self._strength(place, case) for place in range(len(self._behaviours))]
            best = int(np.argmax(strengths)) if strengths else 0
            known = self._behaviours[best].intent if strengths and strengths[best] > 0.0 else ""
            self._intents[case.matter] = known
        return known

    def _strength(self, place: int, case: PastOutcome) -> float:
        behaviour, examples = self._behaviours[place], self._examples[place]
        strength = 0.0 if examples is None else float(likeness(_row(case.vector), examples).max())
        if any(pattern.search(case.matter) for pattern in behaviour.patterns):
            strength = max(strength, PATTERN_STRENGTH)
        return strength + (behaviour.priority - 50) * PRIORITY_WEIGHT


def step_of(similar: Sequence[PastOutcome]) -> NextStep | None:
    """Return the step that most of these conversations took; ``None`` where they are too few or do not agree."""
    taken: dict[str, list[PastOutcome]] = defaultdict(list)
    for case in similar:
        if case.done:
            taken[case.done.casefold()].append(case)
    if len(similar) < FEWEST or not taken:
        return None
    cases = max(taken.values(), key=len)  # of equals the one whose first case is nearest
    if len(cases) < FEWEST_TAKEN or len(cases) < SHARE * len(similar):
        return None
    step = StepTaken(cases[0].done, len(cases), sum(case.resolved for case in cases))
    return NextStep(step, len(similar), tuple(map(_cited, cases[:SHOWN])))


def _cited(case: PastOutcome) -> Citation:
    ended = "resolved" if case.resolved else "not resolved"
    return Citation(SourceType.PAST, case.case, "", f"{case.done} · {ended}")


def _row(vector: Vectors) -> Vectors:
    return np.asarray(vector[None, :], dtype=np.float32)
