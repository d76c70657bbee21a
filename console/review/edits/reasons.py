"""Why a suggested reply was changed: rules over what was taken out and what was put in. Pure.

Several may hold. Each names the words it was read from, so that whoever doubts it can see. See docs/metrics.md.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from console.assist.flags.policies import by_pattern
from console.assist.language import other_language
from console.assist.sentences import texts
from console.content.loader import built_in_policies
from console.content.policies import Watched
from console.conversation.edits import Reason
from console.review.edits.gestures import asked, gestures
from console.review.edits.signs import about_us, calmed, conditions, deferrals, facts, hedges, shouted, strong, tone
from console.review.edits.weighed import weighed

CUT: Final = 0.7
"""Share of the words, sent of suggested, up to which it was cut; the other way round, extended."""

ONE_SIDED: Final = 0.8
"""Share of all words that changed which were taken out, or put in, for it to be *mainly* that."""

FEW: Final = 10
"""Words that have to be taken out or put in for a change of length."""

SAME: Final = 60
"""Likeness (0 to 100) from which a sentence that was sent is one that was suggested, in other words."""

ALIKE: Final = 0.6
"""Likeness (0 to 1) of two words from which one is the other put right."""

SHORT: Final = 4
"""Words up to which what was put in front, or taken from there, is no more than a manner of speaking."""

_SPACED: Final = re.compile(r"\S+")
_STOPS: Final = ".,:;!?–-"
_WORD: Final = re.compile(r"\w+(?:['’.,:/-]\w+)*")
_AGREE: Final = re.compile(r"^(?:is|are|was|were|has|have|do|does|did|a|an|the|been|be|it|its|it['’]s|you['’]re|your)$")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, with the words it was read from: those taken out behind a −, those put in behind a +."""

    reason: Reason
    words: tuple[str, ...] = ()


def reasons_of(suggested: str, sent: str) -> tuple[Why, ...]:
    """Return why a text was changed into another; :attr:`Reason.OTHER` where none of the rules says."""
    found = tuple(_found(suggested, sent))
    return found or (Why(Reason.OTHER),)


def _found(suggested: str, sent: str) -> Iterator[Why]:
    foreign = other_language([sent])
    if foreign != other_language([suggested]):
        yield Why(Reason.LANGUAGE, (foreign or "English",))
        return  # nothing else can be told from words that all have changed
    loud, louder = shouted(suggested, sent), shouted(sent, suggested)
    shouts = (*(f"−{word}" for word in loud), *(f"+{word}" for word in louder))
    suggested, sent = calmed(suggested, loud), calmed(sent, louder)
    if moved := _moved(facts(suggested), facts(sent)):
        yield Why(Reason.FACT, moved)
    if moved := (*_manner(suggested, sent), *shouts) or weighed(Reason.TONE, suggested, sent):
        yield Why(Reason.TONE, moved)
    conditional = _moved(*map(conditions, _apart(suggested, sent)))
    told = (*_unflagged(suggested, sent), *_softened(suggested, sent), *conditional)
    if words := told or weighed(Reason.POLICY, suggested, sent):
        yield Why(Reason.POLICY, tuple(dict.fromkeys(words)))
    before, after = _WORD.findall(suggested), _WORD.findall(sent)
    out, put, pairs = _changes([w.lower() for w in before], [w.lower() for w in after])
    if length := _length(len(before), len(after), out, put):
        yield Why(Reason.LENGTH, length)
    if not shouts and (words := _spelling(suggested, sent, pairs)):
        yield Why(Reason.LANGUAGE, words)


def _apart(suggested: str, sent: str) -> tuple[str, str]:
    """Return the sentences of each that the other has not: what both have tells nothing, and takes as long to read."""
    before, after = texts(suggested), texts(sent)
    both = Counter(before) & Counter(after)
    return _without(before, both.copy()), _without(after, both)


def _without(sentences: Sequence[str], left_out: Counter[str]) -> str:
    kept = []
    for sentence in sentences:
        if left_out[sentence]:
            left_out[sentence] -= 1
        else:
            kept.append(sentence)
    return "\n".join(kept)


def _moved(before: Counter[str], after: Counter[str]) -> tuple[str, ...]:
    gone, come = before - after, after - before
    return (*(f"−{word}" for word in gone), *(f"+{word}" for word in come))


def _manner(suggested: str, sent: str) -> tuple[str, ...]:
    """Return by which words a text speaks to whoever reads it in another manner: those of the lists, or any other."""
    listed = _moved(*map(tone, _apart(suggested, sent)))
    shaped = listed or (*_moved(gestures(suggested), gestures(sent)), *asked(suggested, sent))
    return shaped or _aside(suggested, sent)


def _aside(suggested: str, sent: str) -> tuple[str, ...]:
    """Return a remark that was put in or taken out, where nothing else changed: one about people, or a word or two.

    A remark has no fact in it; more than a few words are a matter of length.
    """
    before, after = _SPACED.findall(suggested), _SPACED.findall(sent)
    plain, plainly = ([w.lower().strip(_STOPS) for w in words] for words in (before, after))
    changes = [c for c in SequenceMatcher(None, plain, plainly, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(changes) != 1 or changes[0][0] == "replace":
        return ()
    _, i, j, k, m = changes[0]
    words = " ".join(before[i:j] or after[k:m])
    length, at_end = j - i + m - k, i in {0, len(before)} or j == len(before)
    if length > FEW or facts(f"x {words.lower()}") or words.startswith(("and ", "or ")):
        return ()
    return (f"{'−' if j > i else '+'}{words}",) if about_us(words) or (at_end and length <= SHORT) else ()


def _unflagged(suggested: str, sent: str) -> tuple[str, ...]:
    """Return the words that a policy which comes with the product speaks against, and that are gone."""
    before = _flagged(suggested)
    after = _flagged(sent) if before else {}
    return tuple(f"−{span}" for policy, span in before.items() if policy not in after)


def _flagged(text: str) -> dict[str, str]:
    """Return the words that policies on drafts speak against, by policy; by patterns alone, as no model is at hand."""
    return {flag.policy: flag.span for flag in by_pattern(built_in_policies(), text, Watched.DRAFT)}


def _softened(suggested: str, sent: str) -> tuple[str, ...]:
    """Return the binding words of sentences that are gone, or that bind less where they are still there."""
    sentences = texts(sent)
    found: list[str] = []
    for sentence in texts(suggested):
        if sentence in sentences:
            continue
        bound = strong(sentence)
        if not bound:
            found += _deferred(sentence, suggested, sent)
            continue
        near = max(sentences, key=lambda other: fuzz.ratio(sentence, other), default="")
        left = strong(near) if fuzz.ratio(sentence, near) >= SAME else strong(sent)
        lost = list((Counter(bound) - Counter(left)).elements())
        hedged = list((Counter(hedges(sent)) - Counter(hedges(suggested))).elements())
        if (lost and len(left) < len(bound)) or hedged:
            found += [f"−{word}" for word in lost or bound] + [f"+{word}" for word in hedged]
    return tuple(dict.fromkeys(found))


def _deferred(sentence: str, suggested: str, sent: str) -> list[str]:
    """Return what leaves open now what a sentence that is gone said flatly; a question was never said flatly."""
    if sentence.endswith("?") or deferrals(sentence):
        return []
    return [f"+{word}" for word in Counter(deferrals(sent)) - Counter(deferrals(suggested))]


def _changes(before: list[str], after: list[str]) -> tuple[int, int, list[tuple[str, str]]]:
    """Return how many words were taken out and put in, and those that stand in place of another, pair by pair.

    A word of grammar in a row of words that changed is no agreement put right: the row was put in other words.
    """
    out, put = 0, 0
    pairs: list[tuple[str, str]] = []
    for name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name == "equal":
            continue
        out, put = out + j - i, put + m - k
        if j - i == m - k:
            row = zip(before[i:j], after[k:m], strict=True)
            pairs += [(a, b) for a, b in row if j - i == 1 or not (_AGREE.match(a) and _AGREE.match(b))]
    return out, put, pairs


def _length(before: int, after: int, out: int, put: int) -> tuple[str, ...]:
    if out + put == 0 or max(out, put) < FEW:
        return ()
    if out >= ONE_SIDED * (out + put) and after <= CUT * before:
        return (f"−{out} words",)
    if put >= ONE_SIDED * (out + put) and before <= CUT * after:
        return (f"+{put} words",)
    return ()


def _spelling(suggested: str, sent: str, pairs: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the words that were put right: spelling, agreement, capitals and stops."""
    put_right = tuple(f"{a} → {b}" for a, b in pairs if _is_put_right(a, b))
    if put_right:
        return put_right
    plain, plainly = _WORD.findall(suggested.lower()), _WORD.findall(sent.lower())
    return ("capitals and stops",) if plain == plainly and suggested != sent else ()


def _is_put_right(before: str, after: str) -> bool:
    if before == after or facts(before) or facts(after) or before == f"{after}s" or after == f"{before}s":
        return False
    if _AGREE.match(before) and _AGREE.match(after):
        return True
    return min(len(before), len(after)) > 3 and Levenshtein.normalized_similarity(before, after) >= ALIKE  # noqa: PLR2004
