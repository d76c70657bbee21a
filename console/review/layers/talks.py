"""Every conversation of a stretch of the log, and each layer that it was in, in columns: a fold of events.

It holds numbers, ids and dispositions, no text that a customer wrote. A conversation is in one layer at a time: with
the bot from the moment it takes it on, with people from the hand-over (or from when somebody takes it) on; as long as
nobody has it and nobody has answered, the newest routing decides which of their two layers that is. What is held out to
measure assistance is in none.

What came before the stretch is unknown: a conversation that began there has no opening, and no layer until one is
named. Live events and generated ones each have a clock of their own, as a history is written while a desk works.
"""

from typing import ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import ESCALATION_RISK, Routing
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.draft_events import ArticleDrafted, DraftApproved
from console.conversation.handover import HandoverWhen
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author
from console.conversation.presence_events import PresenceChanged
from console.conversation.queue_events import (
    ConversationReturned,
    ConversationTransferred,
    ConversationWoken,
    LeadCalled,
)
from console.conversation.satisfaction_events import HIGHEST, LOWEST, CsatGiven
from console.review.layers import tables as t
from console.review.layers.stretches import Stretches
from console.review.reviewing.columns import NONE

KINDS: Final = (
    "conversation-opened", "identity-changed", "routing-changed", "bot-decided", "message-added", "handed-over",
    "conversation-claimed", "conversation-released", "conversation-returned", "conversation-transferred",
    "conversation-woken", "conversation-closed", "conversation-reopened", "hold-out-assigned", "assistance-allowed",
    "mood-read", "flags-raised", "lead-called", "llm-called", "bot-answer-marked", "article-drafted",
    "draft-approved", "presence-changed", "csat-given",
)  # fmt: skip
"""The kinds of events that it reads."""

MILLIONTHS: Final = 1_000_000

DEAREST: Final = 1_000_000.0
"""More than any call of a language model costs: what says so is no price."""

_ESCALATES: Final = frozenset({HandoverWhen.MOOD, HandoverWhen.PREDICTED})


class Talks(Stretches):
    """The conversations so far."""

    KINDS: ClassVar[tuple[str, ...]] = KINDS

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        self._at, self._run = self._clock(event)
        data = event.data
        if isinstance(data, PresenceChanged):
            self._present(data)
        elif isinstance(data, ArticleDrafted | DraftApproved):
            self._drafted(data)
        elif event.conversation != e.WORKSPACE:
            self._happened(self._talk(event), event)

    # Conversations

    def _happened(self, talk: int, event: e.Event) -> None:
        match event.data:
            case e.MessageAdded() as message:
                self._message(talk, message, event)
            case e.ConversationOpened(channel=channel, customer=customer):
                self.talks.put(
                    talk,
                    opened=self._at,
                    channel=self.channels.number(channel),
                    customer=self.customers.number(customer.id),
                    messages=0,
                )
            case e.IdentityChanged(customer=customer):
                self.talks.put(talk, customer=self.customers.number(customer.id))
            case e.RoutingChanged(routing=routing):
                self._routed(talk, routing)
            case BotDecided(decision=decision) if decision is not Decided.HAND_OVER:
                self._bot_takes_on(talk)
            case e.HandedOver(tier=tier, triggers=triggers):
                self._feels(talk, tier=tier, escalated=any(one.when in _ESCALATES for one in triggers))
                if self.talks.get(talk, "handed") == NONE:
                    when = t.TRIGGERS.index(triggers[0].when) if triggers else NONE
                    self.talks.put(talk, handed=self._at, trigger=when)
                self._let_go(talk)
                self._to_people(talk)
            case HoldOutAssigned(held_out=True):
                self.talks.put(talk, held_out=1)
                if (leg := self._leg(talk)) != NONE and self.legs.get(leg, "layer") == t.ASSISTED:
                    self.legs.put(leg, layer=t.HELD_OUT)
            case AssistanceAllowed(intent=intent, allowed=allowed):
                key = talk, self.intents.number(intent)
                (self._let_in.add if allowed else self._let_in.discard)(key)
                self._layer(talk, t.ASSISTED if allowed else t.HUMAN_ONLY)
            case _:
                self._worked_on(talk, event)

    def _worked_on(self, talk: int, event: e.Event) -> None:
        match event.data:
            case e.ConversationClaimed(agent=agent, name=name):
                self._claimed(talk, agent, name)
            case ConversationTransferred(agent=agent, name=name, skill=skill, tier=tier):
                self._feels(talk, tier=tier)
                if skill:
                    self.talks.put(talk, skill=self.skills.number(skill))
                if agent:
                    self._claimed(talk, agent, name)
                else:
                    self._let_go(talk)
            case e.ConversationReleased(parked=parked):
                self._paused(talk)
                if not parked:
                    self.talks.put(talk, holder=NONE)
            case ConversationReturned():
                self._let_go(talk)
            case ConversationWoken():
                self._at_it(talk)
            case e.ConversationClosed() as closing:
                self._closed(talk, closing)
            case e.ConversationReopened():
                self._reopened(talk, by_customer=event.actor.startswith("customer:"))
            case _:
                self._besides(talk, event.data)

    def _besides(self, talk: int, data: e.EventData) -> None:
        match data:
            case a.MoodRead(mood=mood):
                lowest, score = self.talks.get(talk, "mood"), round(max(-1.0, min(1.0, mood.score)) * 1000) + 1000
                self.talks.put(talk, mood=score if lowest == NONE else min(lowest, score))
            case a.FlagsRaised(flags=flags):
                self._feels(talk, escalated=any(flag.policy == ESCALATION_RISK for flag in flags))
            case LeadCalled():
                self._feels(talk, escalated=True)
            case a.LlmCalled() as call if call.purpose != "quality":  # a review of it is no part of the work
                self._called(talk, call)
            case BotAnswerMarked(message=message, verdict=verdict):
                self._marked(talk, message, verdict)
            case CsatGiven(score=score) if LOWEST <= score <= HIGHEST:
                leg = self.talks.get(talk, "last")
                if leg != NONE and self.legs.get(leg, "how") == t.CLOSED and self.legs.get(leg, "csat") == NONE:
                    self.legs.put(leg, csat=score)
                    self.talks.put(talk, csat=score)
            case _:
                pass

    def _message(self, talk: int, message: e.MessageAdded, event: e.Event) -> None:
        number = self.talks.get(talk, "messages")
        if number != NONE:
            self.talks.put(talk, messages=number + 1)
        match message.role:
            case Author.CUSTOMER:
                self._count(talk, "customer_messages")
                if self.talks.get(talk, "owed") == NONE:
                    self.talks.put(talk, owed=self._at, owed_run=self._run)
                if self.talks.get(talk, "first") == NONE:
                    self.talks.put(talk, first=event.seq)
                self._at_it(talk)
                self._spoken(talk, ours=False)
                if (leg := self._leg(talk)) != NONE and self.legs.get(leg, "first") == NONE:
                    self.legs.put(leg, first=event.seq, message=self.talks.get(talk, "messages"))
            case Author.AGENT:
                self._count(talk, "agent_messages")
                if not self._with_people(talk):
                    self._to_people(talk)
                if self.talks.get(talk, "answered") == NONE:
                    self.talks.put(talk, answered=self._at)
                self._replied(talk)
            case Author.BOT:
                self._count(talk, "bot_messages")
                if not self._with_people(talk):
                    self._replied(talk)
            case _:
                pass

    def _replied(self, talk: int) -> None:
        """Take in that the customer was answered by whoever has the conversation."""
        leg, owed = self._leg(talk), self.talks.get(talk, "owed")
        known = owed != NONE and self.talks.get(talk, "owed_run") == self._run
        if leg != NONE:
            if self.legs.get(leg, "reply") == NONE:
                since, same = self.legs.get(leg, "since"), self.legs.get(leg, "run") == self._run
                took = max(0, self._at - since) if same else NONE
                self.legs.put(leg, reply=self._at, reply_took=took)
            if known:
                began = max(owed, self.legs.get(leg, "since"))
                self.waits.add("", talk=talk, leg=leg, took=max(0, self._at - began))
            self.legs.put(leg, replies=max(0, self.legs.get(leg, "replies")) + 1)
        self._spoken(talk, ours=True)
        self.talks.put(talk, owed=NONE)

    def _spoken(self, talk: int, *, ours: bool) -> None:
        if (leg := self._leg(talk)) != NONE:
            self.legs.put(leg, newest=self._at, quiet=int(ours))

    # Layers

    def _routed(self, talk: int, routing: Routing) -> None:
        intent, skill = self.intents.number(routing.intent), routing.skills[0] if routing.skills else ""
        layer = t.LAYERS.index(routing.layer)
        if layer == t.HUMAN_ONLY and (talk, intent) in self._let_in:
            layer = t.ASSISTED
        self.talks.put(talk, intent=intent, layer=layer, skilled=self.skills.number(skill))
        self._feels(talk, tier=routing.tier)
        if self._with_people(talk):
            self._layer(talk, t.HUMAN_ONLY if layer == t.HUMAN_ONLY else t.ASSISTED)
        elif layer == t.AUTONOMOUS:
            self._bot_takes_on(talk)
        if (leg := self._leg(talk)) != NONE and (self.legs.get(leg, "layer") != t.AUTONOMOUS or layer == t.AUTONOMOUS):
            self.legs.put(leg, intent=intent)

    def _bot_takes_on(self, talk: int) -> None:
        """Begin the bot's part, from when the conversation was opened, or opened again."""
        if self._leg(talk) != NONE or self.talks.get(talk, "over") == 1:
            return
        opened, again = self.talks.get(talk, "opened"), self.talks.get(talk, "last") != NONE
        since = opened if opened != NONE and not again else self._at
        self._enter(talk, t.AUTONOMOUS, t.BY_REOPENING if again else t.BY_OPENING, since)

    def _with_people(self, talk: int) -> bool:
        leg = self._leg(talk)
        return leg != NONE and self.legs.get(leg, "layer") != t.AUTONOMOUS

    def _to_people(self, talk: int) -> None:
        """Let people have it, in the layer that its routing says."""
        if self._with_people(talk):
            return
        if self._leg(talk) != NONE:
            self._leave(talk, t.HANDED)
        self._enter(talk, self._of_people(talk), t.BY_HANDING, self._at)

    def _of_people(self, talk: int) -> int:
        return t.HUMAN_ONLY if self.talks.get(talk, "layer") == t.HUMAN_ONLY else t.ASSISTED

    def _layer(self, talk: int, layer: int) -> None:
        """Let a conversation that people have go on in a layer."""
        self.talks.put(talk, layer=layer)
        leg = self._leg(talk)
        if leg == NONE or self.legs.get(leg, "layer") == t.AUTONOMOUS:
            return
        if layer == t.ASSISTED and self.talks.get(talk, "held_out") == 1:
            layer = t.HELD_OUT
        if self.legs.get(leg, "layer") == layer:
            return
        if self.talks.get(talk, "holder") == NONE and self.legs.get(leg, "reply") == NONE:
            self.legs.put(leg, layer=layer)
            return
        hold = self.talks.get(talk, "hold")
        self._leave(talk, t.MOVED)
        self._enter(talk, layer, t.BY_HANDING, self._at)
        if hold != NONE:
            self._at_it(talk)

    def _closed(self, talk: int, closing: e.ConversationClosed) -> None:
        disposition, resolved = self.dispositions.number(closing.disposition), int(closing.resolved)
        leg = self._leg(talk)
        if leg != NONE:
            self.legs.put(leg, resolved=resolved, disposition=disposition)
        self._leave(talk, t.CLOSED)
        self.talks.put(talk, closed=self._at, resolved=resolved, disposition=disposition, owed=NONE, over=1)
        if leg == NONE:
            self.talks.put(talk, last=NONE)

    def _reopened(self, talk: int, *, by_customer: bool) -> None:
        """Go on after a closing: who of the staff opens it again takes the closing back, a customer comes anew."""
        last = self.talks.get(talk, "last")
        self._count(talk, "reopened")
        self.talks.put(talk, over=0)
        if self._leg(talk) != NONE or last == NONE or self.legs.get(last, "how") != t.CLOSED:
            return
        holder = self.talks.get(talk, "holder")
        if not by_customer:
            self.legs.put(last, until=NONE, how=NONE, resolved=NONE, disposition=NONE)
            self.talks.put(talk, leg=last)
        else:
            self.legs.put(last, reopened=self._at)
            layer = self.legs.get(last, "layer")
            if layer != t.AUTONOMOUS:
                self._enter(talk, self._of_people(talk), t.BY_REOPENING, self._at)
        if holder != NONE:
            self._at_it(talk)

    # Agents

    def _claimed(self, talk: int, agent: str, name: str) -> None:
        self.agent_names[agent] = name or self.agent_names.get(agent, "")
        number = self.agents.number(agent)
        self._to_people(talk)
        self._paused(talk)
        if self.talks.get(talk, "claimed") == NONE:
            self.talks.put(talk, claimed=self._at)
        if (talk, number) not in self._worked:
            self._worked.add((talk, number))
            self._count(talk, "agents")
        self.talks.put(talk, holder=number)
        self._at_it(talk)

    # The rest

    def _called(self, talk: int, call: a.LlmCalled) -> None:
        leg = self.talks.get(talk, "last")
        if leg == NONE:
            return
        unpriced = int(call.cost <= 0 and call.tokens_in + call.tokens_out > 0)
        self.legs.put(
            leg,
            calls=self.legs.get(leg, "calls") + 1,
            unpriced=self.legs.get(leg, "unpriced") + unpriced,
            cost=self.legs.get(leg, "cost") + round(max(0.0, min(call.cost, DEAREST)) * MILLIONTHS),
        )

    def _marked(self, talk: int, message: str, verdict: Verdict) -> None:
        place = self._marks.get((talk, message))
        right = {Verdict.RIGHT: 1, Verdict.WRONG: 0}.get(verdict, NONE)
        if place is None:
            self._marks[talk, message] = self.marks.add(message, talk=talk, right=right)
        else:
            self.marks.put(place, right=right)

    def _drafted(self, data: ArticleDrafted | DraftApproved) -> None:
        if isinstance(data, DraftApproved):
            place = self._drafts.get(data.draft)
            if place is not None:
                self.drafts.put(place, approved=self._at)
            return
        talk = self._talks.get(data.conversation)
        if talk is not None and data.draft not in self._drafts:
            leg = self.talks.get(talk, "last")
            self._drafts[data.draft] = self.drafts.add(data.draft, talk=talk, leg=leg, at=self._at)
