"""What may stay in a past reply as it is: only words and figures that are certainly nobody's.

Values of the past customer are slots already. What may still hide in a text are other people's names and things, in
capitals or not, in digits or not. So a reply that fewer than several customers were told may hold only common English
words, and what the company says to everybody: in its public articles and macros, or to several customers. Replies about
a customer's own life, or with something spelled out, have to be told to several customers word for word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from console.assist.recognise.spelled import spelled
from console.assist.recognise.words import FIRST_NAMES, OPENERS
from console.content.macros import SLOT
from console.past.circumstances import about_one
from console.past.english import english
from console.past.tokens import Token, tokens

PEOPLE: Final = 3
"""How many different customers must have been told a reply, a name or a figure before it counts as everybody's …"""

SHARE: Final = 0.002
"""… and what share of them: among thousands, three neighbours bear the same name by chance."""

VEIL: Final = "…"
"""Stands for what is not shown of a past conversation."""

_ALSO_NAMES: Final = frozenset({"will", "may", "hope"})
"""Openers that are a name where a capital stands within a sentence."""

_HIDDEN: Final = frozenset(
    {"email", "phone", "card", "iban", "ip", "identifier", "postcode", "address", "url", "name", "earlier"}
)
"""Slots that nothing may fill: what stood there was one customer's, and nobody knows whose."""


class CommonWords:
    """What counts as everybody's: words and figures, and whole replies that several customers were told."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    @classmethod
    def of(cls, said: Iterable[tuple[str, str]], public: Iterable[str] = ()) -> "CommonWords":
        """Count over pairs of a customer's digest and a reply; all that stands in ``public`` texts is everybody's."""
        people: dict[str, set[str]] = defaultdict(set)
        replies: dict[str, set[str]] = defaultdict(set)
        for customer, template in said:
            replies[template].add(customer)
            for token in tokens(template):
                for form in token.forms:
                    people[form].add(customer)
        several = max(PEOPLE, round(SHARE * len(set().union(*replies.values()))))
        common = {form for form, who in people.items() if len(who) >= several}
        published = {form for text in public for token in tokens(text) for form in token.forms[token.bare :]}
        words = {word for word in common | published if word.lower() not in FIRST_NAMES}
        return cls(words | {template for template, who in replies.items() if len(who) >= PEOPLE})

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._words))

    def allow(self, template: str) -> bool:
        """Return whether everything in ``template`` is everybody's, and no slot of it hides somebody's value."""
        if any(slot in _HIDDEN for slot in SLOT.findall(template)):
            return False
        if template in self._words:
            return True
        if about_one(template) or spelled(template):
            return False
        return all(self._allowed(token) for token in tokens(template))

    def veiled(self, text: str) -> str:
        """Return ``text`` with :data:`VEIL` for every word and figure that is not everybody's."""
        for start, end in reversed(spelled(text)):
            text = f"{text[:start]}{VEIL}{text[end:]}"
        chunks = (chunk if all(map(self._allowed, tokens(chunk))) else VEIL for chunk in text.split(" "))
        return " ".join(chunks)

    def strange(self, text: str) -> tuple[str, ...]:
        """Return the words of ``text`` that are not everybody's, in their order; figures aside."""
        found = (token for token in tokens(text) if not self._allowed(token))
        return tuple(token.text for token in found if any(map(str.isalpha, token.text)))

    def _allowed(self, token: Token) -> bool:
        """Return whether a word or figure is everybody's; of a compound, whether each of its words is."""
        if any(form in self._words for form in token.forms):
            return True
        parts = token.text.split("-")
        return all(part in self._words or self._plain(part, opens=token.opens) for part in parts)

    def _plain(self, word: str, *, opens: bool) -> bool:
        """Return whether a word is plain English; a capital within a sentence makes it a name."""
        lower = word.lower()
        if lower in FIRST_NAMES:
            return False
        if word.islower():
            return lower in english() or lower in OPENERS
        if opens or (word.isupper() and len(word) > 1):
            return lower in english() or lower in OPENERS or lower in self._words
        return lower in OPENERS and lower not in _ALSO_NAMES
