"""What two statements are about, as far as their articles' titles, their numbers and their names tell them apart.

"In 90 percent of cases it is inherited", "The trial lasts 14 days": which illness or plan is meant stands in the title
of the article. Figures of two such statements differ because their subjects do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.document import Document
from knowledge.words import words

NOTHING = re.compile(
    r"(?:an?|the|of|to|in|on|at|by|for|from|as|is|are|was|were|be|been|it|its|this|that|we|you|your|our|us|i|or|and|may|"
    r"can|will|must|up|per|each|all|any|if|when|which|who|than|then|also|have|ha|has|had|do|does|so|there|their|they)"
)
"""Words that say nothing of what a statement is about."""

_ASKING = re.compile(
    r"(?:what|why|where|how|long|much|many|often|take|taking|get|getting|use|using|need|know|work|working|make|making|"
    r"about|with|into|after|before|time|day|guide|help|faq|question|answer|rule|policy|policie|information|info|detail|"
    r"overview|term|condition|page|step|way|thing|everything|not|no|my|new|old|current|general|common|cause|treatment|"
    r"symptom|cost|price|fee)"
)
"""Words of a title that say what is asked, and not of what."""

_NUMBER = re.compile(r"\d")
_SHORT = 4
_LIST = 25
"""Different words from which a statement is a list, in which a word of a title may stand by chance."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTER = re.compile(r"(?<=\w )[A-HJ-Z](?![\w'’.])")
"""A letter that tells variants apart, as a number does: Hepatitis A, plan B."""

COMMON = 20
"""Titles in which a word may stand and still name one subject; "disorder" or "product" in hundreds of them does not."""

_PERSONAL = frozenset(("we", "our", "us", "you", "your"))
"""Who says one of these speaks of the company or the reader, whatever the title names."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article's subject."""

    names: frozenset[str]
    """The words of its title that may name its subject …"""
    rare: frozenset[str]
    """… and those of them that stand in few titles."""
    variants: frozenset[str]
    """The numbers, codes and single letters of its title, which tell variants apart (type 2, XK-200); years do not."""
    spoken: frozenset[str]
    """All of its words."""


def titles_with(documents: Iterable[Document]) -> Mapping[str, int]:
    """In how many titles each word stands."""
    return Counter(word for document in documents for word in subject_words(document.title))


def article_of(document: Document, titles: Mapping[str, int]) -> Article:
    """What an article is about, by its words; `titles` as `titles_with` has them."""
    title = subject_words(document.title)
    numbers = numbers_in(title)
    naming = {
        word for word in title if not (NOTHING.fullmatch(word) or _ASKING.fullmatch(word) or _YEAR.fullmatch(word))
    }
    letters = {letter.lower() for letter in _LETTER.findall(document.title)}
    spoken = title | subject_words(document.text)
    names = frozenset(naming - numbers - letters)
    rare = frozenset(word for word in names if titles.get(word, 0) <= COMMON)
    return Article(names, rare, numbers | letters, spoken)


def subject_words(text: str) -> frozenset[str]:
    """The words of a text, deliveries as delivery."""
    return frozenset(f"{word[:-2]}y" if word.endswith("ie") and len(word) > _SHORT else word for word in words(text))


def numbers_in(said: Iterable[str]) -> frozenset[str]:
    """The numbers and codes among words; a year is none."""
    return frozenset(word for word in said if _NUMBER.search(word) and not _YEAR.fullmatch(word))


def of_other_things(one: Article, said: frozenset[str], other: Article, others: frozenset[str]) -> bool:
    """Whether two statements, given by their words without the figures, are about different things.

    They are where each has a number, or its title a variant, that the other lacks; where each names the subject of its
    own article and not the other's; and where each title names what the other article does not speak of at all, unless
    both statements speak of what a title names. If only one title does that, neither statement may name what its title
    has beyond the other's. Titles that ask the same in other words are no difference.
    """
    for mine, theirs in ((one.variants, other.variants), (numbers_in(said), numbers_in(others))):
        if mine - theirs and theirs - mine:
            return True
    own, its = one.names - other.names, other.names - one.names
    if own & (said - others) and its & (others - said):
        return True
    sentences = min(len(said), len(others)) < _LIST
    named = sentences and said & others & (own | its) & (one.rare | other.rare)
    if named or not (own and its) or (said & _PERSONAL and others & _PERSONAL):
        return False
    unspoken, missing = own - other.spoken, its - one.spoken
    return bool(unspoken and missing) or (bool(unspoken or missing) and not (said & own or others & its))
