"""Whether a scenario can be won and lost: played through by an agent who says what stands in it, and by a poor one.

The good one writes the scenario's own examples: what they are not understood by, nobody will be. It is found out by
playing, not by reading: an offer that is heard as another one, or taken by nobody, shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from console.practice.customer import Ending
from console.practice.hearing import Ear
from console.practice.play import Played, begin, cut_off, say
from console.practice.scenario import UNWRITTEN, Fact, Resolution, Scenario, Told
from console.practice.scoring import scored

SEED: Final = 1
_NOW: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

OPENING: Final = (
    "I'm sorry about this, and I understand how annoying that is. I have read everything, and I'll stay with you."
)
KIND: Final = "I understand, and I'm sorry that it has taken this long. I'm looking at it for you right now."
PARTING: Final = "I'm glad that is settled. Is there anything else? Goodbye and take care."
POOR: Final = ("No.", "We can't do that.", "There is nothing I can do.", "No, that is not possible.", "No.")

DEED: Final = "it is won by what is done, which is not played through: try it in the console"

MOST_KIND: Final = 3
"""Times that the good agent says something kind to win the trust that an offer needs."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of offering a resolution."""

    id: str
    title: str
    allowed: bool
    reached: bool
    blocks: str = ""
    """What is in the way, in words for whoever writes the scenario; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What playing a scenario through has shown."""

    resolutions: tuple[Reached, ...]
    won: bool
    """Whether it can be settled as the company allows, with all that has to be said."""
    lost: bool
    """Whether a poor agent loses it."""
    why: str = ""
    """What keeps a good agent from winning."""
    by_deed: bool = False
    """Whether it is won by what is done; only what is said is played through."""

    @property
    def playable(self) -> bool:
        """Whether it can be both won and lost."""
        return self.won and self.lost


def checked(scenario: Scenario, ear: Ear) -> Checked:
    """Play a scenario through, once for each resolution and once badly. Embeds some dozens of sentences."""
    found, best = [], DEED if scenario.deed else ""
    won = False
    for resolution in scenario.resolutions:
        played = _well(scenario, ear, resolution)
        score = scored(played, ())
        won = won or score.won
        found.append(_reached(scenario, resolution, played))
        if resolution.allowed and not score.won:
            best = best or found[-1].blocks or _left_out(played)
    lost = not scored(_badly(scenario, ear), ()).won
    return Checked(tuple(found), won, lost, "" if won else best, scenario.deed is not None)


def unwritten(text: str) -> str:
    """Return, in words, what a person still has to write in a draft before it is approved; empty for nothing."""
    return f"write what it teaches, in place of “{UNWRITTEN}”" if UNWRITTEN in text else ""


def _well(scenario: Scenario, ear: Ear, resolution: Resolution) -> Played:
    """Return the session of an agent who asks for all that is needed, says all that must be, and offers this."""
    session, at = begin(scenario, SEED, _NOW), _NOW
    for text in _lines(scenario, resolution):
        if session.ending:
            break
        at += timedelta(seconds=scenario.persona.waits / 3)
        session = say(session, ear, text, at)
        for _ in range(MOST_KIND):
            if session.state.settled or session.ending or session.state.trust >= _asks_trust(scenario, resolution):
                break
            at += timedelta(seconds=scenario.persona.waits / 3)
            session = say(session, ear, KIND, at)
    return cut_off(session)


def _lines(scenario: Scenario, resolution: Resolution) -> Iterator[str]:
    yield OPENING
    yield from (must.said[0] for must in scenario.musts)
    for fact in _to_ask(scenario, resolution):
        yield fact.asked[0]
        if fact.wrong:
            yield f"So that I have it right: {fact.wrong}"
    yield from resolution.offered
    yield PARTING


def _to_ask(scenario: Scenario, resolution: Resolution) -> Sequence[Fact]:
    needed = [scenario.fact(name) for name in resolution.needs]
    return [fact for fact in needed if fact.told is not Told.FIRST and fact.asked]


def _asks_trust(scenario: Scenario, resolution: Resolution) -> float:
    return max([resolution.trust, *(fact.trust for fact in _to_ask(scenario, resolution))])


def _badly(scenario: Scenario, ear: Ear) -> Played:
    session, at = begin(scenario, SEED, _NOW), _NOW
    for text in POOR:
        if session.ending:
            break
        at += timedelta(seconds=scenario.persona.waits / 2)
        session = say(session, ear, text, at)
    return cut_off(session)


def _reached(scenario: Scenario, resolution: Resolution, played: Played) -> Reached:
    taken = played.state.settled == resolution.id
    return Reached(
        resolution.id,
        resolution.title,
        resolution.allowed,
        taken,
        "" if taken else _blocks(scenario, resolution, played),
    )


def _blocks(scenario: Scenario, resolution: Resolution, played: Played) -> str:
    state = played.state
    untold = [scenario.fact(name).about for name in resolution.needs if name not in state.told]
    if state.ending is Ending.GAVE_UP:
        return "the customer leaves before it can be offered: give them more patience"
    if state.settled:
        other = next(one.title for one in scenario.resolutions if one.id == state.settled)
        return f"its offers are heard as “{other}”: make the examples of the two differ"
    if untold:
        return f"asked with its own examples, the customer does not tell: {', '.join(untold)}"
    if state.trust < resolution.trust:
        return f"it needs trust {resolution.trust:g}, and a good agent comes to {state.trust:g}"
    return "its own examples are not heard as an offer: write them as an agent would offer it"


def _left_out(played: Played) -> str:
    heard = {name for turn in played.turns if turn.heard for name in turn.heard.duties}
    unsaid = [must.title for must in played.scenario.musts if must.id not in heard]
    broken = [duty.title for duty in played.scenario.must_nots if duty.id in heard]
    if unsaid:
        return f"what must be said is not heard in its own example: {', '.join(unsaid)}"
    if broken:
        return f"a good agent's words are heard as what must not be said: {', '.join(broken)}"
    return "it is settled, and still not won"
