"""Reads what a hand-over needs and nobody has read yet: the routing, the flags, how the customer feels."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from console.assist.flags.watch import Watch
from console.assist.going_along import going_along
from console.assist.language import other_language
from console.assist.mood.course import mood_and_signs
from console.assist.mood.reading import MoodReader
from console.assist.mood.warning import warning_of
from console.assist.opening import openings_of
from console.assist.packet import Handed, packet_of
from console.assist.routing import Router
from console.assist.sentences import LONGEST_WHOLE, texts
from console.assist.talk import Talk
from console.assist.triggers import Seen, triggers
from console.assist.vectors import VectorCache
from console.content.behaviours import Behaviour
from console.content.library import Library
from console.conversation.assistance import Suggestion
from console.conversation.handover import Trigger
from console.conversation.message import Author, Layer
from console.conversation.packet import FELT, Packet

AT_ONCE: Final = 60
"""Texts that are embedded side by side; so few that the model reads each by itself, as it does when they are asked
for later: larger batches give slightly other vectors."""

MOODS: Final = 16
"""Messages of the customer whose mood is read where it is not known yet, the newest: as many as there are bars."""

MOST_PIECES: Final = 120
"""Texts that are embedded ahead, the newest; of a longer conversation the older ones are read by turns."""


class Packing:
    """Makes packets with one set of content; what it reads is read once, by the same readers as the panels' parts."""

    def __init__(self, library: Library, embed: VectorCache, router: Router, watch: Watch, moods: MoodReader) -> None:
        self._library, self._embed = library, embed
        self._router, self._watch, self._moods = router, watch, moods

    def packet(self, talk: Talk, handed: Handed) -> Packet:
        """Return the packet, without a first sentence."""
        talk, handed = self._read(talk, handed)
        behaviour = self._behaviour(talk)
        packet = packet_of(talk, replace(handed, triggers=self._with_named(talk, handed)), behaviour)
        return going_along(packet, behaviour)

    def openings(self, talk: Talk, packet: Packet) -> Iterator[Suggestion]:
        """Yield first sentences; none where the customer writes in another language, or the second chair is silent."""
        if not packet.dark and not _foreign(talk):
            yield from openings_of(packet, talk.customer.called)

    def triggers(self, talk: Talk, handed: Handed, *, answered: bool | None = None) -> tuple[Trigger, ...]:
        """Return what speaks for a person."""
        return self._fired(*self._read(talk, handed), answered=answered)

    def _with_named(self, talk: Talk, handed: Handed) -> tuple[Trigger, ...]:
        """Return the triggers that the hand-over named, and behind them what fires besides."""
        named = {trigger.when for trigger in handed.triggers}
        return (*handed.triggers, *(t for t in self._fired(talk, handed) if t.when not in named))

    def _fired(self, talk: Talk, handed: Handed, *, answered: bool | None = None) -> tuple[Trigger, ...]:
        mood = next((handed.moods[m.id] for m in reversed(talk.messages) if m.id in handed.moods), None)
        seen = Seen(self._behaviour(talk), handed.flags, mood, handed.earlier, answered)
        found = triggers(talk, seen)
        return tuple(t for t in found if t.when not in FELT) if _dark(talk) else found

    def _read(self, talk: Talk, handed: Handed) -> tuple[Talk, Handed]:
        pieces = _pieces(talk)
        for start in range(0, len(pieces), AT_ONCE):  # what follows asks for them one by one
            self._embed.encode(pieces[start : start + AT_ONCE])
        talk = replace(talk, routing=self._router.route(talk))
        handed = replace(handed, flags=(*handed.flags, *self._watch.new_flags(talk)))
        if _dark(talk) or _foreign(talk):
            return talk, replace(handed, moods={})
        moods, warning = dict(handed.moods), None
        said = [place for place, message in enumerate(talk.messages) if message.role is Author.CUSTOMER]
        for place in said[-MOODS:]:
            message = talk.messages[place]
            if message.id in moods:
                continue
            known = {turn: mood.score for turn, mood in moods.items()}
            read = mood_and_signs(replace(talk, messages=talk.messages[: place + 1], moods=known), self._moods)
            if read is not None:
                moods[message.id], signs = read
                words = ", ".join(moods[message.id].words)
                warning = warning_of(signs, message.id, words, talk.raised, talk.dismissed)
        flags = (*handed.flags, warning) if warning else handed.flags
        return talk, replace(handed, moods=moods, flags=flags)

    def _behaviour(self, talk: Talk) -> Behaviour | None:
        return self._library.behaviour(talk.routing.intent) if talk.routing and talk.routing.intent else None


def _pieces(talk: Talk) -> list[str]:
    """Return the texts of a conversation that are going to be compared: sentences, and the customer's messages."""
    said = [m for m in talk.messages if m.role in {Author.CUSTOMER, Author.BOT}]
    whole = [m.text for m in said if m.role is Author.CUSTOMER and len(m.text.split()) <= LONGEST_WHOLE]
    return [*whole, *(text for m in said for text in texts(m.text))][-MOST_PIECES:]


def _dark(talk: Talk) -> bool:
    return talk.hidden or (talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY)


def _foreign(talk: Talk) -> bool:
    return bool(other_language([m.text for m in talk.messages if m.role is Author.CUSTOMER]))
