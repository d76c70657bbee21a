"""What to play next: what was never practised first, then the weakest skill; easier before harder. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from console.conversation.practice_training import NextScenario, SkillLevel
from console.conversation.reviews import percent
from console.practice.record import Played
from console.practice.scenario import Difficulty, Scenario

WON_ENOUGH: Final = 2
"""Times somebody wins a scenario before it is not recommended any more."""

_ORDER: Final = tuple(Difficulty)


def won_often(sessions: Iterable[Played]) -> frozenset[str]:
    """Return the scenarios that were won often enough."""
    won = Counter(played.began.scenario for played in sessions if (found := played.outcome) and found[1])
    return frozenset(name for name, times in won.items() if times >= WON_ENOUGH)


def next_up(
    scenarios: Mapping[str, Scenario],
    sessions: Sequence[Played],
    skills: Sequence[SkillLevel],
    done: frozenset[str],
) -> NextScenario | None:
    """Return what to play next and why; ``done`` are scenarios that need not be, ``None`` where nothing is left.

    ``skills`` are the levels of what ``sessions`` practised.
    """
    played = Counter(one.began.scenario for one in sessions)
    left = [scenario for scenario in scenarios.values() if scenario.id not in done]
    left.sort(key=lambda one: (_ORDER.index(one.difficulty), played[one.id], one.title))
    seen = {skill for name in played if name in scenarios for skill in scenarios[name].skills}
    for scenario in left:
        new = [skill for skill in scenario.skills if skill not in seen]
        if new:
            return _chosen(scenario, f"never practised: {', '.join(new)}")
    known = [(one.level.mean, one.skill) for one in skills if one.level.mean is not None]
    for mean, skill in sorted(known):
        found = next((scenario for scenario in left if skill in scenario.skills), None)
        if found is not None:
            return _chosen(found, f"{skill}, {percent(mean)}% so far")
    return _chosen(left[0], "too few sessions yet to tell which skill needs it most") if left else None


def _chosen(scenario: Scenario, why: str) -> NextScenario:
    return NextScenario(scenario.id, scenario.title, why)
