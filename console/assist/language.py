"""Whether the customer writes in a language that the embedding model knows (English)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from console.assist.recognise.entities import entities
from console.assist.recognise.words import words_of
from console.assist.sentences import texts

FEWEST_WORDS: Final = 4
"""Words of plain text below which nothing is decided."""

FEWEST_LETTERS: Final = 12
"""Letters of a script other than Latin that are enough without counting words."""

SURE: Final = 0.9
"""Probability from which the identifier is believed."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOREIGN_SCRIPT: Final = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufaff]")
_ENGLISH: Final = words_of(
    """
    the and is are was to of in it i you my me we have has do does did not for on with this that what when where how
    why can could would will please your but been still an a be at from just they there so if or about order
    """
)
_ENGLISH_SHARE: Final = 0.3
_NAMES: Final = {
    "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "cs": "Czech", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian",
    "fi": "Finnish", "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "tr": "Turkish", "ar": "Arabic",
    "he": "Hebrew", "hi": "Hindi", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "ro": "Romanian",
    "hu": "Hungarian", "bg": "Bulgarian", "hr": "Croatian", "sk": "Slovak", "cy": "Welsh", "ca": "Catalan",
    "vi": "Vietnamese", "th": "Thai", "fa": "Persian", "ur": "Urdu", "id": "Indonesian", "lt": "Lithuanian",
    "lv": "Latvian", "et": "Estonian", "sl": "Slovenian", "ga": "Irish",
}  # fmt: skip


def other_language(said: Sequence[str]) -> str:
    """Return the English name of the customer's language if it is surely not English; empty otherwise.

    The newest texts count: a customer who has changed language is judged by what they write now. Order numbers, links
    and emoji do not count, and a few words decide nothing.
    """
    plain = ""
    for text in reversed(said):
        plain = f"{_without_entities(text)} {plain}"
        if len(_WORD.findall(plain)) >= 3 * FEWEST_WORDS:
            break
    words = [word.lower() for word in _WORD.findall(plain)]
    foreign = len(_FOREIGN_SCRIPT.findall(plain))
    if len(words) < FEWEST_WORDS and foreign < FEWEST_LETTERS:
        return ""
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return ""
    code, sure = _identifier().classify(" ".join(words))
    return _NAMES.get(code, "another language") if code != "en" and sure >= SURE and code in _NAMES else ""


_FOREIGN: Final = words_of(
    """
    ich mich mir nicht und ist mein meine mehr leben wird sie wie wir haben kein
    je vous nous mon votre veux est pas ne suis avec pour
    yo mi quiero que estoy por muy soy porque
    io voglio sono mio che non più
    ik niet mijn het een wil
    mój moja nie jestem chcę mam jest
    jag inte vill jeg ikke vil
    eu quero meu minha não estou
    """
)
"""Small words of other languages that are none of English."""

FEWEST_BY_SENTENCE: Final = 3
"""Words of a single sentence below which nothing is decided."""


def foreign_sentence(text: str) -> str:
    """Return the first sentence of an otherwise English text that is in another language; empty where none is.

    A sentence of three words needs a small word of that language, a longer one the identifier's word or two of them
    beside each other.
    """
    for sentence in texts(text):
        words = [word.lower() for word in _WORD.findall(_without_entities(sentence))]
        if len(words) < FEWEST_BY_SENTENCE:
            if len(_FOREIGN_SCRIPT.findall(sentence)) >= FEWEST_LETTERS:
                return sentence
            continue
        small = [word in _FOREIGN for word in words]
        if any(one and other for one, other in pairwise(small)) or other_language([sentence]):
            return sentence
        if any(small) and not any(word in _ENGLISH for word in words):
            code, sure = _identifier().classify(" ".join(words))
            if code != "en" and sure >= SURE:
                return sentence
    return ""


def prepare() -> None:
    """Load what tells languages apart, 0.7 s, so that the first conversation does not wait for it."""
    _identifier()


def _without_entities(text: str) -> str:
    for entity in reversed(entities(text)):
        text = f"{text[: entity.start]} {text[entity.end :]}"
    return text


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401 - the library is untyped
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", *sorted(code for code in _NAMES if code != "nb")])
    return identifier
