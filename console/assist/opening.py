"""A first sentence for whoever takes over, which proves that the customer need not repeat anything.

It names the matter, what identifies it, what was tried and what was promised, in words of its own: to read one's own
sentence back proves nothing. It is made of what stands in this very conversation; each part is cited.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.summary.promises import is_no_commitment
from console.conversation.assistance import Citation, SourceType, Suggestion, SummaryKind, Support, suggestion_id
from console.conversation.packet import FactKind, Packet, PacketFact
from console.text import shorten

KIND: Final = "opening"
"""The kind of this suggestion."""

QUOTED: Final = 90
"""Characters that are quoted of what was told from here."""

_NAMED: Final = 2
"""Things that are named; more would read like a form."""

_PRIVATE: Final = frozenset(
    {"", "number", "e-mail", "phone", "postcode", "zip code", "address", "iban", "link", "name"}
)
"""Labels of what identifies somebody, or nothing by its name: what need not be said is not said back."""

_WHO: Final = "who the customer is"
"""The title of the look-up that is of nobody's interest but ours."""

_TITLE: Final = re.compile(r"[A-Z][^\d:]{2,30}")
"""How a look-up's title reads."""

_SPEAKER: Final = re.compile(r"^[^:“]{1,40}: ")
_TIMES: Final = re.compile(r" ×\d+$")
_OWN_TROUBLE: Final = re.compile(
    r"\b(?:not sure (?:i|what)|didn['’]?t get|say it in other words|can(?:no|['’]?)t (?:help|find)|sorry|colleague)\b",
    re.IGNORECASE,
)
"""What the bot says where it could not help, and what the hand-over fulfils: nothing to be proud of, or to repeat."""
_DENIED: Final = re.compile(
    r"(?:n['’]t|\bnot|\bno|\bnever|\bwithout|\binstead of|\brather than)\b[^.!?,;]{0,20}$", re.IGNORECASE
)
_WISHES: Final = tuple(
    (re.compile(rule, re.IGNORECASE), words)
    for rule, words in (
        (r"\b(?:refund\w*|money back|reimburse\w*)\b", "you'd like your money back"),
        (r"\b(?:replace\w*|(?:send|get) (?:me |it |them )?(?:another|again|a new)|new (?:one|pair)|re-?ship\w*)\b",
         "you'd like a replacement"),
        (r"\b(?:exchange|swap)\w*\b", "you'd like an exchange"),
        (r"\bcancel\w*\b", "you'd like it cancelled"),
        (r"\b(?:repair\w*|fix(?:ed)?|mend\w*)\b", "you'd like it repaired"),
        (r"\b(?:send|bring)(?:ing)? (?:it|them|this|these) back\b|\breturn(?:ing)?\b", "you'd like to send it back"),
        (r"\b(?:call|ring|phone) me\b", "you'd like a call"),
        (r"\bwhere(?:['’]s| is| are)\b|\bwhen (?:will|does|is)\b|\btrack\w*\b", "you'd like to know where it is"),
    )
)  # fmt: skip
"""What customers ask for, and how it is said to them: the first of it that is meant."""

_LIKED: Final = "you'd like "
_CHOICE: Final = re.compile(
    r"\bor (?!(?:else|not|what|so|i (?:will|['’]?ll|am|['’]?m)|we (?:will|['’]?ll)|at least|rather|two|three)\b)",
    re.IGNORECASE,
)
"""How customers leave open which of two they get."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the sentence, and what it is taken from."""

    text: str
    cited: tuple[Citation, ...]


def openings_of(packet: Packet, name: str) -> Iterator[Suggestion]:
    """Yield first sentences for a customer called ``name``, the fullest first; none where nothing can be named.

    Whoever calls takes the first that policy lets through.
    """
    about, wish = _about(packet), _wish(packet)
    tried, promised = _tried(packet), _promised(packet)
    seen: set[str] = set()
    for parts in (
        (about, wish, tried, promised),
        (about, wish, tried),
        (about, tried),
        (about, wish),
        (about,),
        (_about(packet, named=False),),
    ):
        told = [part for part in parts if part is not None]
        if told and (first := _opening(packet.turn, name, told)).text not in seen:
            seen.add(first.text)
            yield first


def _about(packet: Packet, *, named: bool = True) -> _Part | None:
    """Return what it is about: the matter by its title, and what identifies it; without a title where not ``named``."""
    known = _identifiers(packet.facts)
    things = [_thing(fact) for fact in known]
    issue = next((line for line in packet.issue if line.kind is SummaryKind.ISSUE), None)
    matter = _small(packet.matter) if packet.matter and issue and named else ""
    if not things and not matter:
        return None
    text = ": ".join(filter(None, (" and ".join(things), matter)))
    cited = [_cite(fact.sources[0], fact.value) for fact in known]
    cited += [_cite(issue.sources[0], issue.text)] if issue and matter else []
    return _Part(f"this is about {text}", tuple(cited))


def _identifiers(facts: Sequence[PacketFact]) -> list[PacketFact]:
    """Return what names the matter: orders, or else what else has a name of its own."""
    known = [fact for fact in facts if fact.kind is FactKind.IDENTIFIER and fact.sources]
    orders = [fact for fact in known if fact.label.startswith("Order")]
    return (orders or [fact for fact in known if fact.label.lower() not in _PRIVATE])[:_NAMED]


def _thing(fact: PacketFact) -> str:
    item = fact.record.split(" · ")[0] if fact.record else ""
    what = "order" if fact.label.startswith("Order") else fact.label.removesuffix(" number").lower()
    return f"{what} {fact.value}" + (f" ({item})" if item else "")


def _wish(packet: Packet) -> _Part | None:
    """Return what the customer wants, where it is one of the things that customers want."""
    lines = sorted(packet.issue, key=lambda line: line.kind is not SummaryKind.WANTS)
    for line in lines:
        wished = [words for rule, words in _WISHES if _meant(rule.search(line.text), line.text)]
        if wished and _CHOICE.search(line.text):  # to name one of two would take the other from them
            named = [words.removeprefix(_LIKED) for words in wished if words.startswith(_LIKED)]
            wished = [f"{_LIKED}{' or '.join(named)}"] if len(named) > 1 else []
        if wished:
            return _Part(wished[0], (_cite(line.sources[0], line.text),))
    return None


def _meant(found: re.Match[str] | None, text: str) -> bool:
    return found is not None and not _DENIED.search(text[: found.start()])


def _tried(packet: Packet) -> _Part | None:
    """Return what has been looked up, or what else was tried, in our own words to them."""
    looked_up = [fact for fact in packet.facts if fact.kind is FactKind.LOOK_UP and fact.sources]
    titles = {fact.value.partition(":")[0].strip(): fact for fact in looked_up if ":" in fact.value}
    names = [title for title in titles if title.lower() != _WHO and _TITLE.fullmatch(title)][-_NAMED:]
    if names:
        were = "was" if len(names) == 1 else "were"
        text = f"{' and '.join(f'the {_small(name)}' for name in names)} {were} looked up"
        return _Part(text, tuple(_cite(titles[name].sources[0], name) for name in names))
    for attempt in packet.tried:
        said = _TIMES.sub("", _SPEAKER.sub("", attempt.text))
        if not _OWN_TROUBLE.search(said) and not is_no_commitment(said):
            return _Part(f"you were told “{shorten(said, QUOTED)}”", (_cite(attempt.sources[0], said),))
    return None


def _promised(packet: Packet) -> _Part | None:
    """Return the newest promise of ours that stands: none that policy is against."""
    against = {flag.message for flag in packet.against}
    for promise in reversed(packet.promised):
        ours = promise.by != "customer" and promise.message not in against
        if ours and not _OWN_TROUBLE.search(promise.text):
            return _Part(
                f"you were promised “{shorten(promise.text, QUOTED)}”", (_cite(promise.message, promise.text),)
            )
    return None


def _opening(turn: str, name: str, parts: Sequence[_Part]) -> Suggestion:
    called = f", {name}" if name else ""
    said = [part.text.rstrip(".") for part in parts]
    told = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"
    text = f"I have all your messages in front of me{called}, so you need not repeat anything: {told}."
    cited = tuple(dict.fromkeys(source for part in parts for source in part.cited))
    return Suggestion(suggestion_id(turn, KIND, text), text, KIND, 1.0, Support.FULL, cited)


def _cite(message: str, passage: str) -> Citation:
    return Citation(SourceType.MESSAGE, message, passage)


def _small(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
