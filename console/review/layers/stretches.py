"""The tables behind :class:`console.review.layers.talks.Talks`, and what they keep open: layers, agents at work.

A stretch that the clock was set back in has an end and no length: how long it took is not known.
"""

from datetime import datetime
from typing import Final

from console.conversation import events as e
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.review.layers import tables as t
from console.review.reviewing.columns import NONE, Columns, Names
from console.review.reviewing.ledger import microseconds

SET_BACK: Final = 60 * 1_000_000
"""Microseconds from which on a time before the newest one is a clock that was set back, not that of another server."""

HIGHEST_TIER: Final = 9
"""Any number above is no tier."""


class Stretches:
    """Conversations, the layers that they are in, and who is at them."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.talks, self.legs, self.waits = Columns(t.TALK), Columns(t.LEG), Columns(t.WAIT)
        self.holds, self.presences = Columns(t.HOLD), Columns(t.PRESENCE)
        self.marks, self.drafts = Columns(t.MARK), Columns(t.DRAFT)
        self.customers, self.channels, self.intents = Names(), Names(), Names("")
        self.dispositions, self.agents, self.skills = Names(""), Names(), Names()
        self.agent_names: dict[str, str] = {}
        """The newest name of each agent, by id."""
        self._talks: dict[str, int] = {}
        self._marks: dict[tuple[int, str], int] = {}
        self._drafts: dict[str, int] = {}
        self._there: dict[int, int] = {}
        """Where the presence of an agent stands who is there."""
        self._worked: set[tuple[int, int]] = set()
        """Which agents have had which conversations."""
        self._let_in: set[tuple[int, int]] = set()
        """In which conversations assistance was let in, and for which intent."""
        self._newest: dict[bool, int] = {}
        self._runs: dict[bool, int] = {False: 0, True: 0}
        self._at = self._run = 0

    def _enter(self, talk: int, layer: int, entered: int, since: int) -> None:
        held_out = layer == t.ASSISTED and self.talks.get(talk, "held_out") == 1
        name = self.talks.text[talk]
        number, first = self.talks.get(talk, "messages"), self.talks.get(talk, "first")
        leg = self.legs.add(
            name,
            talk=talk,
            layer=t.HELD_OUT if held_out else layer,
            since=since,
            run=self._run,
            entered=entered,
            intent=self.talks.get(talk, "intent"),
            message=number if number > 0 else NONE,
            first=first if entered == t.BY_OPENING else NONE,
            newest=self._at,
            quiet=0,
            calls=0,
            unpriced=0,
            cost=0,
            handling=0,
            broken=0,
        )
        self.talks.put(talk, leg=leg, last=leg)

    def _leave(self, talk: int, how: int) -> None:
        self._paused(talk)
        leg = self._leg(talk)
        if leg != NONE:
            broken = int(self.legs.get(leg, "run") != self._run or self.legs.get(leg, "broken") == 1)
            self.legs.put(leg, until=self._at, how=how, broken=broken)
        self.talks.put(talk, leg=NONE)

    def _at_it(self, talk: int) -> None:
        """Take in that whoever has it is at it from now on; nothing where nobody has, or they are already."""
        holder, leg = self.talks.get(talk, "holder"), self._leg(talk)
        if NONE in (holder, leg) or self.talks.get(talk, "hold") != NONE:
            return
        hold = self.holds.add("", talk=talk, leg=leg, agent=holder, since=self._at, run=self._run)
        self.talks.put(talk, hold=hold)

    def _paused(self, talk: int) -> None:
        """Take in that nobody is at it any more."""
        hold = self.talks.get(talk, "hold")
        if hold == NONE:
            return
        self.talks.put(talk, hold=NONE)
        leg, since = self.holds.get(hold, "leg"), self.holds.get(hold, "since")
        if self.holds.get(hold, "run") == self._run:
            until = max(since, self._at)
            self.holds.put(hold, until=until)
            self.legs.put(leg, handling=self.legs.get(leg, "handling") + until - since)
        else:  # how long it was is not known
            self.holds.put(hold, until=since)
            self.legs.put(leg, broken=1)

    def _let_go(self, talk: int) -> None:
        self._paused(talk)
        self.talks.put(talk, holder=NONE)

    def _present(self, data: PresenceChanged) -> None:
        self.agent_names[data.agent] = data.name or self.agent_names.get(data.agent, "")
        agent = self.agents.number(data.agent)
        stands = self._there.pop(agent, NONE)
        if stands != NONE:
            since = self.presences.get(stands, "since")
            same = self.presences.get(stands, "run") == self._run
            self.presences.put(stands, until=max(since, self._at) if same else since)
        if data.presence is Presence.ONLINE:
            self._there[agent] = self.presences.add("", agent=agent, since=self._at, run=self._run)

    def _feels(self, talk: int, *, tier: int = 0, escalated: bool = False) -> None:
        self.talks.put(talk, tier=max(min(tier, HIGHEST_TIER), self.talks.get(talk, "tier")))
        if escalated:
            self.talks.put(talk, escalated=1)

    def _count(self, talk: int, name: str) -> None:
        self.talks.put(talk, **{name: self.talks.get(talk, name) + 1})

    def _leg(self, talk: int) -> int:
        return self.talks.get(talk, "leg")

    def _talk(self, event: e.Event) -> int:
        place = self._talks.get(event.conversation)
        if place is None:
            counts = dict.fromkeys(("customer_messages", "agent_messages", "bot_messages", "agents", "reopened"), 0)
            place = self._talks[event.conversation] = self.talks.add(
                event.conversation, intent=0, generated=int(event.generated), escalated=0, held_out=0, over=0, **counts
            )
        return place

    def _clock(self, event: e.Event) -> tuple[int, int]:
        """Return when an event was, and how often its clock had been set back by then."""
        at, made_up = microseconds(event.at), event.generated
        newest = self._newest.get(made_up, at)
        if at < newest - SET_BACK:
            self._runs[made_up] += 1
            newest = at
        self._newest[made_up] = max(newest, at)
        return at, self._runs[made_up]
