"""How often in an hour the bot may be wrong about who a customer is, and do one and the same thing for them.

Kept in memory: after a restart the counts begin anew.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from console.assist.bot.needs import IDENTIFY, ORDER
from console.assist.bot.ports import Call
from console.assist.bot.trust import SHORTEST_TAIL, plain
from console.content.tools import Tool, ToolKind
from console.conversation.bot_events import Outcome

GUESSES: Final = 6
"""Wrong tries an hour of one customer at one order's number, in all their conversations together."""

GUESSES_OF_ALL: Final = 20
"""Wrong tries an hour at one order's number, whoever makes them.

Whoever opens new chats as somebody else is stopped by this. It is well above :data:`GUESSES`, so that a few strangers
do not keep the rightful customer out; nothing counts by the postcode, which they share with others.
"""

DEEDS: Final = 2
"""Times an hour that one thing is done for a customer: a second time is help, a third one is for people to look at."""

WITHIN: Final = timedelta(hours=1)

_REMEMBERED: Final = 10_000
"""Keys that are counted by; the one that nothing was added to for longest is forgotten first."""

Counted = tuple[tuple[str, ...], int]
"""What is counted by, and the most of it in an hour."""

_WRONG: Final = frozenset({Outcome.NOT_FOUND, Outcome.LATE})
_NOTHING_DONE: Final = frozenset({Outcome.NOT_FOUND, Outcome.REFUSED})


class Limits:
    """Counts calls before they are made, so that many at once do not all pass, and gives back what did not count."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._taken: OrderedDict[tuple[str, ...], deque[datetime]] = OrderedDict()

    def take(self, counted: Iterable[Counted]) -> bool:
        """Count a call, or return false where that would be one too many; nothing is counted then."""
        since, listed = self._now() - WITHIN, tuple(counted)
        if any(sum(at > since for at in self._taken.get(key, ())) >= most for key, most in listed):
            return False
        for key, most in listed:
            self._taken.setdefault(key, deque(maxlen=most)).append(self._now())
            self._taken.move_to_end(key)
        while len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)
        return True

    def give_back(self, counted: Iterable[Counted]) -> None:
        """Take back the newest count."""
        for key, _ in counted:
            taken = self._taken.get(key)
            if taken:
                taken.pop()


def counted_by(tool: Tool, call: Call, asker: str) -> tuple[Counted, ...]:
    """Return what a call is counted by; ``asker`` is who tries to be known."""
    if tool.name == IDENTIFY:
        number = _number(call.arguments.get(ORDER, "") or " ".join(sorted(call.arguments.values())))
        return (("guess", number, asker), GUESSES), (("guess", number), GUESSES_OF_ALL)
    return ((("deed", tool.name, call.customer), DEEDS),) if tool.kind is ToolKind.ACTION else ()


def counts(tool: Tool, outcome: Outcome) -> bool:
    """Return whether a call that ended so stays counted; what nobody knows the end of does."""
    return outcome in _WRONG if tool.name == IDENTIFY else outcome not in _NOTHING_DONE


def _number(value: str) -> str:
    """Return an identifier by its figures alone where these stand for it: “88213” is “LF-88213”."""
    digits = "".join(c for c in value if c.isdigit())
    return digits if len(digits) >= SHORTEST_TAIL else plain(value)
