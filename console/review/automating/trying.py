"""A draft behaviour tried on past conversations: what the bot would have kept, and what it would have wrongly. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from console.content.conversations import Transcript
from console.conversation.behaviour_draft_events import Tried
from console.review.automating.grouping import Group
from console.review.dry_run import Outcome, Rules

MOST_OF: Final = 100
"""Conversations of the matter that are tried, the newest …"""

MOST_OTHERS: Final = 300
"""… and of others, evenly from all of them."""

NAMED: Final = 10


def sample(group: Group, count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places that a draft is tried on: of the matter, and of the others."""
    mine = group.places[-MOST_OF:]
    inside = set(group.places)
    others = [place for place in range(count) if place not in inside]
    step = max(1, len(others) // MOST_OTHERS)
    return mine, tuple(others[::step][:MOST_OTHERS])


def tried(
    rules: Rules,
    intent: str,
    read: Callable[[int], Transcript | None],
    group: Group,
    places: tuple[Sequence[int], Sequence[int]],
    report: Callable[[str], None],
) -> Tried:
    """Return what becomes of the conversations under rules that hold the draft; ``read`` returns one by its place.

    One that was erased meanwhile is left out.
    """
    mine, others = places
    routine = set(group.routine)
    caught = handed = of = outside = 0
    wrong: list[str] = []
    for done, place in enumerate((*mine, *others), 1):
        report(f"the draft tried on {done:,} of {len(mine) + len(others):,} conversations")
        transcript = read(place)
        if transcript is None:
            continue
        course = rules.course(transcript)
        hit = course.routing.intent == intent
        if done > len(mine):
            outside += 1
            wrong += [transcript.id] * hit
            continue
        of += 1
        if hit and course.outcome is Outcome.BOT:
            caught += place in routine
            wrong += [transcript.id] * (place not in routine)
        handed += hit and course.outcome is Outcome.HANDED_OVER
    return Tried(of, caught, handed, outside, len(wrong), tuple(wrong[:NAMED]))
