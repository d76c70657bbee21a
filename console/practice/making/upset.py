"""Where a customer got angry, or asked for somebody above, once an agent was there: what practising it is about. Pure.

The session begins where it escalated: what a colleague had written until then is told as what was, since it is no
words of whoever plays.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from console.assist.asked_for_person import asks_for_person
from console.assist.mood.reading import word_valence
from console.assist.sentences import texts
from console.conversation.message import Author, Message
from console.practice.making.escalation import Escalation
from console.practice.making.skills import UNKNOWN
from console.practice.phrases import Cue
from console.text import shorten

ANGRY: Final = -0.75
"""Valence of a sentence's words from which on it is an angry one: “fed up”, “ridiculous”; “are you there” is none."""

FURIOUS: Final = -0.6
"""The mood of whoever said so, where none was read."""

UNHEARD: Final = -0.35
"""The mood of whoever asked for somebody above in calm words, where none was read."""

MOST: Final = 3
"""Angry sentences that are kept."""

LONGEST: Final = 240
NEEDED: Final = "what-would-help"
"""The id of what is to be found out."""

_FEWEST: Final = 4
"""Words of a wish for somebody else; “anybody” asks whether somebody is there."""

_ABOVE: Final = re.compile(
    r"\b(?:manager|supervisor|superior|boss|team ?lead(?:er)?|in charge|senior)\b", re.IGNORECASE
)


_LEAVES: Final = re.compile(r"\b(?:bye|elsewhere|forget it|never ?mind|leave it)\b", re.IGNORECASE)
_SORRY: Final = (
    "I'm sorry about this, and I understand why you are fed up.",
    "You have every reason to be annoyed, and I'm sorry that it came to this.",
    "I can see how frustrating this has been for you.",
    "I'm sorry that you had to wait so long and were put off again.",
    "I'm sorry, this should not have happened to you.",
)
_GETS_THEM: Final = (
    "I'll ask my team lead to join us in this chat now.",
    "I'm passing you on to a manager, who has all of this before them.",
    "A manager will write to you today; I have told them what happened.",
    "I can put you through to a supervisor, or settle it with you here myself, as you like.",
    "I'll pass this to my lead right away.",
    "Shall I ask my team lead to join us?",
)
_WHO: Final = ("manager", "lead", "supervisor", "senior", "in charge")
_NOT_THEM: Final = ("can't speak", "can’t speak", "cannot speak", "no manager", "what would", "what do", "may I ask")
_ASKS: Final = (
    "What would put this right for you?",
    "What is it that you need most from us now?",
    "What would help you most?",
    "What would you like to happen next?",
)
_ASKS_ABOVE: Final = (
    "What would you like a manager to do for you?",
    "May I ask what you want to speak to a manager about?",
)


@dataclass(frozen=True, slots=True)
class Upset:
    """What escalated, and what of it comes into a draft; of one in which nothing did, nothing."""

    angry: tuple[str, ...] = ()
    """The customer's angry sentences, once an agent had written."""
    wish: str = ""
    """The sentence in which they ask for somebody above."""
    begins: bool = False
    """Whether the session begins there."""
    matter: str = ""
    """How they had said what they came for."""

    def __bool__(self) -> bool:
        """Return whether anything escalated."""
        return bool(self.angry or self.wish)

    @property
    def reason(self) -> str:
        """Why whoever plays has it now; empty where it is as it was."""
        return "" if not self.begins else "asked for a manager" if self.wish else "annoyed with us"

    @property
    def words(self) -> dict[str, object]:
        """What the customer says once patience is short, where the session does not begin with it, and as they go."""
        leaves = [said for said in self.angry if _LEAVES.search(said)]
        upset = [] if self.begins else [said for said in self.angry if said not in leaves]
        return {cue.value: said for cue, said in ((Cue.UPSET, upset), (Cue.LEAVES, leaves)) if said}

    def skills(self, trained: list[str]) -> list[str]:
        """Return what a draft trains that trains this besides."""
        return list(dict.fromkeys((*trained, UNKNOWN))) if self else trained

    def musts(self) -> Iterator[dict[str, object]]:
        """Yield what has to be said."""
        if self.angry:
            yield {"id": "anger-heard", "title": "The anger is taken seriously", "trust": 0.1, "said": _SORRY}
        if self.wish:
            title = "The wish for a manager is answered"
            words = {"only_with": _WHO, "not_with": _NOT_THEM}
            yield {"id": "manager", "title": title, "trust": 0.1, "said": _GETS_THEM, **words}

    def to_find_out(self, wants: Sequence[str]) -> Iterator[dict[str, object]]:
        """Yield what has to be found out: they tell it in the words in which they said what they came for."""
        if self:
            says, asked = [self.matter] if self.matter else wants, (*_ASKS, *(_ASKS_ABOVE if self.wish else ()))
            about = "what would put it right for them"
            yield {"id": NEEDED, "about": about, "told": "asked", "says": says, "asked": asked}

    def needed_by(self, resolutions: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
        """Return the resolutions as ones that are no use before that was found out."""
        more = [NEEDED] if self else []
        return [{**one, **({"needs": [*more, *one.get("needs", ())]} if more else {})} for one in resolutions]

    def remarks(self) -> Iterator[str]:
        """Yield what whoever checks the draft has to know."""
        if self.begins:
            yield "The session begins where it escalated; what a colleague wrote until then stands before it."
        if self:
            yield f"What would help them is not said in the chat: write it in '{NEEDED}', in their words."
        if self.wish:
            yield "Where no manager is to be asked, write in the [[must]] 'manager' how the wish is answered."


def from_there(source: Escalation) -> tuple[Escalation, Upset]:
    """Return a conversation as it is practised, and what escalated in it; one in which nothing did stays as it is."""
    angry = {place: said for place in _later(source) if (said := _angry(source.messages[place].text))}
    wishes = {place: said for place in _later(source) if (said := _wish(source.messages[place].text))}
    wish = next(iter(wishes.values()), "") or _wished_before(source)
    upset = Upset(tuple(dict.fromkeys(angry.values()))[:MOST], wish, matter=_matter(source))
    if not upset:
        return source, upset
    place = next((place for place in (*wishes, *angry) if _goes_on(source, place)), None)
    if place is None:
        worst = min((source.moods.get(source.messages[at].id, FURIOUS) for at in angry), default=0.0)
        return replace(source, mood=min(source.mood, worst / 2)), upset
    return _begun(source, _run(source.messages, place)), replace(upset, begins=True)


def _later(source: Escalation) -> Iterator[int]:
    """Yield the places of what the customer wrote once an agent had."""
    for place in range(source.taken_up + 1, len(source.messages)):
        if source.messages[place].role is Author.CUSTOMER:
            yield place


def _angry(text: str) -> str:
    return next((shorten(said, LONGEST) for said in texts(text) if word_valence(said)[0] <= ANGRY), "")


def _wish(text: str) -> str:
    """Return the sentence in which somebody who has an agent asks for another."""
    said = asks_for_person(text)
    return shorten(said, LONGEST) if len(said.split()) >= _FEWEST else ""


def _wished_before(source: Escalation) -> str:
    """Return the sentence in which they asked the bot for more than an agent."""
    own = (m.text for m in source.messages[: source.taken_up] if m.role is Author.CUSTOMER)
    return next((said for text in own if (said := _wish(text)) and _ABOVE.search(said)), "")


def _matter(source: Escalation) -> str:
    """Return the first sentences in which they told what they came for."""
    own = (m.text for m in source.messages if m.role is Author.CUSTOMER and m.text.strip())
    return shorten(" ".join(next(own, "").split()), LONGEST)


def _goes_on(source: Escalation, place: int) -> bool:
    """Return whether an agent answered it, and when it was said is known."""
    return source.messages[place].at is not None and any(m.role is Author.AGENT for m in source.messages[place:])


def _run(messages: Sequence[Message], place: int) -> int:
    """Return the place from which on the customer alone wrote until then."""
    while place and messages[place - 1].role is Author.CUSTOMER:
        place -= 1
    return place


def _begun(source: Escalation, place: int) -> Escalation:
    """Return a conversation whose agent comes after the message at a place and those that follow it."""
    was = tuple(_told(message) for message in source.messages[:place])
    rest = source.messages[place:]
    came = next(n for n, message in enumerate(rest) if message.role is Author.AGENT)
    moods = [source.moods.get(m.id, FURIOUS if _angry(m.text) else UNHEARD) for m in rest[:came]]
    return replace(source, messages=(*was, *rest), mood=min(moods), handed_at=was[-1].at)


def _told(message: Message) -> Message:
    """Return a message of an agent as what a colleague wrote."""
    if message.role is not Author.AGENT:
        return message
    return replace(message, role=Author.SYSTEM, text=f"A colleague wrote: “{message.text}”")
