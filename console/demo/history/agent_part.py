"""What an agent writes in a generated conversation: they take a suggestion or not, send it, and mark it."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from console.content.macros import Stage
from console.conversation.assist_events import SuggestionDecided, SuggestionRated, SuggestionsShown, WarningPassed
from console.conversation.assistance import Decision, SourceType, Suggestion, flag_id
from console.demo.history.besides import beside
from console.demo.history.cast import Habits
from console.demo.history.material import Matter
from console.demo.history.plants import Plant
from console.demo.history.suggesting import suggested
from console.demo.history.thread import Thread
from console.demo.history.voice import edited

PASSES: Final = 0.02
"""Share of texts that go out past a warning."""

LIKED: Final = (3, 4, 4, 5, 5)
"""Stars that a usual suggestion gets."""
DISLIKED: Final = (1, 1, 1, 2, 2, 3)
"""Stars that the bad one gets."""

TYPING: Final = 9.0
"""Characters that an agent types in a second, reading and looking up between."""


def agent_turn(thread: Thread, matter: Matter, own: str, stage: Stage = Stage.ANY) -> str:
    """Let the agent answer the customer's newest message; return the id of the macro they took, or nothing.

    ``own`` is what they write where they take no suggestion, and where they have answered already and write on.
    """
    if thread.answered:
        say(thread, own)
        return ""
    habits = thread.agent.habits if thread.agent else Habits()
    replies = suggested(thread, matter, own, stage)
    beside(thread)
    taken = _taken(thread, replies, habits, own)
    thread.wait(4 * habits.pace, 25 * habits.pace)
    if taken is None:
        thread.wait(len(own) / TYPING * habits.pace, 2 * len(own) / TYPING * habits.pace)
        _send(thread, replies, None, own)
        return ""
    text = taken.text
    if thread.rng.random() >= habits.verbatim:
        thread.wait(6 * habits.pace, 30 * habits.pace)
        text = edited(text, thread.customer.first_name, thread.rng.choice(thread.material.staff("extra")), thread.rng)
    _send(thread, replies, taken, text)
    macro = next((source.id for source in taken.sources if source.type is SourceType.MACRO), "")
    if macro and macro == thread.material.bad:
        thread.planted.add(Plant.BAD_MACRO)
    _rate(thread, taken, macro, habits)
    return macro


def say(thread: Thread, text: str) -> None:
    """Let the agent write their own words, with nothing suggested."""
    thread.wait(10, 60)
    thread.sends(text)
    thread.wait(0.05, 0.4)
    thread.delivered()


def _taken(thread: Thread, replies: Sequence[Suggestion], habits: Habits, own: str) -> Suggestion | None:
    """Return the suggestion that the agent takes, if any: mostly the first, where it is near to their own."""
    if not replies:
        return None
    drawn, near = thread.rng.random(), fuzz.token_set_ratio(own, replies[0].text) / 100
    if drawn < habits.first * (1.0 if replies[0].sources[0].id == thread.material.bad else 0.5 + near):
        return replies[0]
    if drawn > 1 - habits.other and len(replies) > 1:
        return thread.rng.choice(replies[1:])
    return None


def _send(thread: Thread, replies: Sequence[Suggestion], taken: Suggestion | None, text: str) -> None:
    """Send a text, with what becomes of each suggestion that stood on the screen."""
    shown = (
        thread.events[-1].at
        if not replies
        else next(e.at for e in reversed(thread.events) if isinstance(e.data, SuggestionsShown))
    )
    seconds = round((thread.at - shown).total_seconds(), 3)
    habits = thread.agent.habits if thread.agent else Habits()
    away = replies[-1] if replies and replies[-1] is not taken and thread.rng.random() < habits.dismisses else None
    if away is not None:
        thread.by_agent(SuggestionDecided(away.id, Decision.DISMISSED, seconds=seconds, reason="not about this"))
    thread.sends(text, suggestion=taken.id if taken else "")
    if thread.rng.random() < PASSES:
        named = flag_id("delivery-promise", "draft", text[:20])
        thread.by_agent(WarningPassed(named, "delivery-promise", "it is the carrier's own estimate", text))
    for one in replies:
        if one is not away:
            thread.by_agent(_decided(one, taken, text, seconds))
    thread.wait(0.05, 0.4)
    thread.delivered()


def _decided(one: Suggestion, taken: Suggestion | None, text: str, seconds: float) -> SuggestionDecided:
    if taken is not None and one is not taken:
        return SuggestionDecided(one.id, Decision.IGNORED, seconds=seconds)
    distance = Levenshtein.distance(one.text, text)
    made = Decision.OVERRIDDEN if taken is None else Decision.ACCEPTED if distance == 0 else Decision.EDITED
    return SuggestionDecided(one.id, made, text, distance, seconds)


def _rate(thread: Thread, taken: Suggestion, macro: str, habits: Habits) -> None:
    """Let the agent mark what they took, now and then; what makes customers angry gets marked more often."""
    rng, bad = thread.rng, bool(macro) and macro == thread.material.bad
    if rng.random() >= habits.rates * (2 if bad else 1):
        return
    stars = rng.choice(DISLIKED if bad else LIKED)
    thumb = 0 if rng.random() < 0.5 else 1 if stars > 3 else -1 if stars < 3 else 0  # noqa: PLR2004 - three is the middle
    kind = "bad_reasons" if bad else "good_reasons" if stars > 3 else "poor_reasons"  # noqa: PLR2004
    reason = rng.choice(thread.material.staff(kind)) if rng.random() < 0.5 else ""  # noqa: PLR2004 - half say why
    thread.wait(2, 12)
    thread.by_agent(SuggestionRated(taken.id, thumb, stars, reason))
