"""The embedded assist engine: reads a conversation, yields what the second chair has to say, fast parts first.

It needs no language model and no network: it quotes, fills in and compares, and so cannot invent. Text steers nothing
here: what customers, look-ups and articles say is only ever compared, quoted and counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Final

from console.assist.completions import Completion, completions_of
from console.assist.facts import facts_of
from console.assist.flags.personal import repeated
from console.assist.flags.watch import Watch
from console.assist.gaps import gap_of
from console.assist.guard import guard
from console.assist.language import other_language
from console.assist.moments import moment_before
from console.assist.mood.course import mood_and_signs
from console.assist.mood.reading import MoodReader
from console.assist.mood.warning import warning_of
from console.assist.next_step import NextSteps
from console.assist.packet import Handed
from console.assist.packing import Packing
from console.assist.ports import Embed, KeptArrays, KnowledgeBase, PastReplies
from console.assist.quiet import Quiet
from console.assist.replies.ranker import RankerNow, none_learned
from console.assist.replies.retired import RetiredNow, none_retired
from console.assist.replies.suggest import Replies, Suggested, passed_over
from console.assist.routing import Router
from console.assist.slots import record_of, slot_values
from console.assist.slotting import context_text, known_in
from console.assist.summary.build import summarise
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.assist.wrap_up.disposition import dispositions
from console.assist.wrap_up.making import Ending, silence, wrap_up_of
from console.content.behaviours import Behaviour
from console.content.behaviours import Fact as Wanted
from console.content.library import Library
from console.conversation.assist_events import (
    AssistanceWithheld,
    FlagsRaised,
    KnowledgeFound,
    MoodRead,
    NextStepProposed,
    RepliesSuggested,
    SummaryUpdated,
)
from console.conversation.assistance import Flag, KnowledgeHit, PassedOver, Routing, Severity, Suggestion
from console.conversation.events import EventData, RoutingChanged
from console.conversation.handover import Trigger
from console.conversation.message import Author, Layer
from console.conversation.packet import Packet
from console.conversation.ranking import BUILT_IN
from console.conversation.wrap_up import Wrapped, WrapUpProposal

NAME: Final = "embedded"
KNOWLEDGE_SHOWN: Final = 5
REPLIES_SHOWN: Final = 3
MOODS_READ: Final = 8
"""Customer's messages, the newest among them, whose mood is read where it is not known yet."""

QUIET: Final = Quiet()


def _never() -> bool:
    return False


class Engine:
    """One set of content, one embedder, one knowledge base, one collection of past conversations.

    ``knowledge`` and ``past`` may be ``None``: then those parts stay empty. ``version`` names this program's version.
    ``hits`` and ``replies`` are the most articles and suggested replies of a turn, ``quiet`` says how sure those must
    be, ``ranker`` gives what orders the replies at the moment, ``retired`` the sources from which none are made.
    Building one embeds the examples of the content (about a second for a thousand), and fits the head of the intents
    where ``kept`` has none for them.
    """

    def __init__(
        self,
        library: Library,
        embed: Embed,
        knowledge: KnowledgeBase | None = None,
        past: PastReplies | None = None,
        *,
        version: str = "",
        hits: int = KNOWLEDGE_SHOWN,
        replies: int = REPLIES_SHOWN,
        kept: KeptArrays | None = None,
        quiet: Quiet = QUIET,
        ranker: RankerNow = none_learned,
        retired: RetiredNow = none_retired,
    ) -> None:
        self._quiet, self._ranker, self._retired = quiet, ranker, retired
        self._most_hits, self._most_replies = hits, replies
        self._library, self._knowledge, self._past, self._version = library, knowledge, past, version
        self._embed = embed if isinstance(embed, VectorCache) else VectorCache(embed)
        self._router = Router(library.behaviours, self._embed, kept, library.policies)
        self._watch = Watch(library, self._embed)
        self._moods = MoodReader(self._embed)
        self._replies = Replies(library, self._embed, past, self._watch.instructions)
        self._steps = NextSteps(past, library.behaviours, self._embed) if past else None
        self._packing = Packing(library, self._embed, self._router, self._watch, self._moods)

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of everything that suggestions are made from."""
        return {
            **self._library.versions,
            "engine": f"{NAME} {self._version}".strip(),
            "heads": ", ".join((*self._watch.versions, *self._router.versions)),
            "knowledge": self._knowledge.version if self._knowledge else "",
            "past": self._past.version if self._past else "",
        }

    @property
    def router(self) -> Router:
        """What tells the intents apart."""
        return self._router

    @property
    def watch(self) -> Watch:
        """What raises flags."""
        return self._watch

    def forget(self) -> None:
        """Let go of texts of past conversations, one of which was erased; what is needed is read again."""
        if self._steps is not None:
            self._steps.forget()

    def turn(self, talk: Talk, cancelled: Callable[[], bool] = _never) -> Iterator[EventData]:
        """Yield what the newest message changes: routing, flags, mood, knowledge, replies, and so on.

        The parts come in this order, then next step, summary and gap. What is wrong with an article that is shown is
        flagged behind the replies, for that takes longest.

        Of each message its beginning is read (:data:`console.assist.talk.READ`).
        ``cancelled`` is asked between parts, and between messages where all are looked at; once it says so, nothing
        more is worked out. In human-only, and where the agent has hidden assistance, there are only routing and flags.
        Each event carries how long its part took, in milliseconds.
        """
        talk = talk.as_read()
        routing = self._router.route(talk)
        if routing != talk.routing:
            yield RoutingChanged(routing, self._library.versions.get("behaviours", ""))
        start = perf_counter()
        flags = self._watch.new_flags(talk, cancelled)
        if flags:
            yield FlagsRaised(talk.turn, flags, _since(start))
        if routing.layer is Layer.HUMAN_ONLY or talk.hidden or cancelled():
            return
        talk = replace(talk, flagged=frozenset(flag.policy for flag in flags if flag.message == talk.turn))
        language = other_language([m.text for m in talk.messages if m.role is Author.CUSTOMER])
        if language:
            yield AssistanceWithheld(
                talk.turn, f"Assistance is English only; this customer seems to write in {language}."
            )
            return
        for part in (self._mood, self._found_and_replies, self._next_step, self._summary, self._gap):
            for event in part(talk, routing):
                if isinstance(event, MoodRead):  # replies and what comes after them know it
                    talk = replace(talk, moods={**talk.moods, event.turn: event.mood.score})
                yield event
                if cancelled():
                    return

    def check(self, talk: Talk, draft: str) -> tuple[Flag, ...]:
        """Return what stands against sending ``draft``: policies, another customer's data, unfilled slots.

        Dismissed flags stay away. Public articles that were found for this conversation vouch for their own words.
        The whole draft is read, and the whole conversation for whose data it is.
        """
        own = (*guard(draft, talk, self._public(talk)), *repeated(draft, talk))
        flags = (*own, *self._watch.on_draft(draft, record_of(talk)))
        return tuple(flag for flag in flags if flag.id not in talk.dismissed)

    def packet(self, talk: Talk, handed: Handed) -> Packet:
        """Return the hand-over packet as of the newest message, with a first sentence that policy lets through.

        What was not read yet of the flags and the mood is read here; nothing needs the knowledge base.
        """
        talk = talk.as_read()
        packet = self._packing.packet(talk, handed)
        first = (o for o in self._packing.openings(talk, packet) if not self.check(talk, o.text))
        return replace(packet, opening=next(first, None)) if not packet.dark else packet

    def triggers(self, talk: Talk, handed: Handed, *, answered: bool | None = None) -> tuple[Trigger, ...]:
        """Return what speaks for a person as of the newest message; ``answered``: whether there is a supported answer.

        ``talk`` and ``handed`` need hold no more than is known already; the rest is read here.
        """
        return self._packing.triggers(talk.as_read(), handed, answered=answered)

    def wrap_up(self, talk: Talk, earlier: Wrapped | None = None) -> WrapUpProposal:
        """Return the wrap-up that is proposed when the conversation is closed; ``earlier`` is that of its last closing.

        Nothing is read in human-only, and where the agent has hidden assistance. ``talk`` holds the routing so far.
        """
        talk = talk.as_read()
        behaviour = self._behaviour(talk.routing)
        if silence(talk):
            return wrap_up_of(talk, Ending(behaviour, earlier))
        alike = self._steps.alike(talk, talk.routing.intent if talk.routing else "") if self._steps else []
        return wrap_up_of(talk, Ending(behaviour, earlier, *dispositions(talk, alike, self._embed)))

    def published(self, talk: Talk) -> tuple[str, ...]:
        """Return what the company publishes on this matter: the public passages found for it, and all macros."""
        public = (hit.passage for hit in self._hits(talk.as_read(), talk.routing) if hit.audience == "public")
        return (*public, *(macro.text for macro in self._library.macros))

    def _public(self, talk: Talk) -> Iterator[str]:
        """Yield what is published on this matter; it is looked for when the first text is asked for."""
        yield from self.published(talk)

    def completions(self, talk: Talk, suggestions: tuple[Suggestion, ...]) -> tuple[Completion, ...]:
        """Return sentences that the composer may complete to, the likeliest first; none where it is dark."""
        if talk.hidden or (talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY):
            return ()
        talk = talk.as_read()
        values = slot_values(talk, facts_of(talk.messages, self._wanted(talk.routing)))
        intent = talk.routing.intent if talk.routing else ""
        macros = self._replies.macros.sentences(values, record_of(talk), intent, self._retired())
        if self._past is None:
            return completions_of(suggestions, macros)
        known = known_in(talk.customer, talk.messages, values)
        moment = moment_before(talk.messages, lambda message: context_text(message, known))
        return completions_of(suggestions, macros, self._past.sentences(moment), known.values)

    def _mood(self, talk: Talk, routing: Routing) -> Iterator[EventData]:
        if not talk.messages or talk.messages[-1].role is not Author.CUSTOMER:
            return
        for place in _unread(talk):  # a conversation that was handed over shows how it came to this
            start = perf_counter()
            read = mood_and_signs(replace(talk, messages=talk.messages[: place + 1]), self._moods)
            if read:
                mood, signs = read
                talk = replace(talk, moods={**talk.moods, talk.messages[place].id: mood.score})
                yield MoodRead(talk.messages[place].id, mood, _since(start))
        warning = warning_of(signs, talk.turn, ", ".join(mood.words), talk.raised, talk.dismissed) if read else None
        if warning:
            yield FlagsRaised(talk.turn, (warning,))

    def _found_and_replies(self, talk: Talk, routing: Routing) -> Iterator[EventData]:
        start = perf_counter()
        hits = self._hits(talk, routing)
        yield KnowledgeFound(talk.turn, self._quiet.hits(hits), _since(start))
        start = perf_counter()
        values = slot_values(talk, facts_of(talk.messages, self._wanted(routing)))
        ranker = self._ranker()
        suggested = self._replies.suggest(talk, values, routing.intent, hits, ranker, self._retired())
        allowed = [reply for reply in suggested.replies if not self._blocked(reply, talk)]
        replies = self._quiet.replies(allowed, talk.fewer)[: self._most_replies]
        passed = _passed_over(suggested, allowed, replies)
        fewer = " ".join(talk.fewer.values())
        versions = {**self.versions, "ranker": ranker.version if ranker else BUILT_IN}
        yield RepliesSuggested(talk.turn, replies, _since(start), NAME, versions, fewer, passed)
        start = perf_counter()
        found = (flag for hit in hits for flag in self._watch.on_article(hit, talk.turn))
        flags = tuple(flag for flag in found if flag.id not in talk.raised and flag.id not in talk.dismissed)
        if flags:
            yield FlagsRaised(talk.turn, flags, _since(start))

    def _blocked(self, reply: Suggestion, talk: Talk) -> bool:
        """Return whether a policy would keep this very reply from going out."""
        return any(flag.severity is Severity.BLOCK for flag in self._watch.on_draft(reply.text, record_of(talk)))

    def _next_step(self, talk: Talk, routing: Routing) -> Iterator[EventData]:
        if self._steps is not None:
            start = perf_counter()
            yield NextStepProposed(talk.turn, self._steps.propose(talk, routing.intent), _since(start))

    def _summary(self, talk: Talk, routing: Routing) -> Iterator[EventData]:
        start = perf_counter()
        yield SummaryUpdated(talk.turn, summarise(talk, self._wanted(routing)), _since(start))

    def _gap(self, talk: Talk, routing: Routing) -> Iterator[EventData]:
        """Yield the customer's question where no article answers it; last, for nobody waits for it."""
        if self._knowledge is not None:
            gap = gap_of(talk, self._knowledge)
            if gap:
                yield gap

    def _hits(self, talk: Talk, routing: Routing | None) -> tuple[KnowledgeHit, ...]:
        if self._knowledge is None:
            return ()
        behaviour = self._behaviour(routing)
        return tuple(self._knowledge.search(talk.messages, self._most_hits, behaviour.title if behaviour else ""))

    def _wanted(self, routing: Routing | None) -> tuple[Wanted, ...]:
        behaviour = self._behaviour(routing)
        return behaviour.collect if behaviour else ()

    def _behaviour(self, routing: Routing | None) -> Behaviour | None:
        return self._library.behaviour(routing.intent) if routing and routing.intent else None


def _passed_over(
    suggested: Suggested, allowed: Sequence[Suggestion], shown: Sequence[Suggestion]
) -> tuple[PassedOver, ...]:
    """Return what is not shown: first what was chosen and kept back, then what was found beside it."""
    back = (one for one in suggested.replies if one not in shown)
    whys = ((one, "not sure enough to be shown" if one in allowed else "a policy keeps it back") for one in back)
    return (*(passed_over(one.sources, one.score, why) for one, why in whys), *suggested.passed_over)


def _unread(talk: Talk) -> list[int]:
    """Return the places of the customer's last messages whose mood is not known, the newest always among them."""
    said = [place for place, message in enumerate(talk.messages) if message.role is Author.CUSTOMER]
    known = talk.moods
    return [place for place in said[-MOODS_READ:-1] if talk.messages[place].id not in known] + said[-1:]


def _since(start: float) -> float:
    return round((perf_counter() - start) * 1000, 3)
