"""What a customer answers to a question, in their own words without what leads up to it."""

import re
from typing import Final

from console.assist.questions import CHOSE, Asked
from console.assist.recognise.entities import entities
from console.assist.recognise.names import answered
from console.assist.recognise.patterns import Kind
from console.assist.recognise.proper import proper
from console.assist.sentences import texts
from console.assist.shapes import fits

LONGEST: Final = 8
"""Words up to which a sentence is taken as the answer to a question for a fact."""

LONGEST_PLAIN: Final = 5
"""The same for a question of which nobody can tell what it asks for."""

LONGEST_BARE: Final = 3
"""Words of an answer that stand as they are; in a longer one, the very thing that was asked for is looked for."""

LONGEST_STORY: Final = 160
"""Characters of an answer to somebody who wants to be told."""

_LEAD_IN: Final = re.compile(
    r"^(?>(?:(?:(?:sure|yes|yeah|yep|hi|hello|ok|okay|well|oh|um+|hmm+|of course|certainly|alright|"
    r"great|thanks|thank you|no problem|so|actually|and|also|but|my bad|sorry)\b[,.! ]*)|"
    r"(?:(?:it|that|this|there)(?: would be|'?ll be| will be|'?s(?: going to be)?| is(?: going to be)?| was| are)|its|"
    r"my (?:[\w-]+ ){1,3}(?:is|was)|the (?:[\w-]+ ){1,3}(?:is|was)|i am|i'?m|i was|i'?d like|i would like|"
    r"i(?:'| wi)?ll (?:be|go with|take)|i want|i need|i have(?! to\b)(?: had)?|i'?ve (?:had|got)|"
    r"i (?:think|guess|believe)(?: that)?|(?:we|they)(?:'ll| will| would|'re| are)(?: be)?|"
    r"let'?s (?:say|do|try|go (?:with|for))|how about|maybe|probably|please|make (?:it|that)|try|"
    r"at|on|for|in|from|to|around|about|by|a|an|the)\b[: ,]*)+)",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?<![\s,])[\s,]*+(?:(?:would be|is|are|sounds|works) (?:fine|good|great|ok|okay|perfect|best)(?: for me)?|"
    r"please|thanks|thank you|pls|thx)?[\s.!?,]{0,99}$",
    re.IGNORECASE,
)
_NO_FACT: Final = re.compile(
    r"^(?:yes|no|yeah|yep|nope|nah|ok|okay|sure|thanks?|thank you|please|hello|hi|hey|bye|goodbye|"
    r"good ?bye|great|perfect|correct|right|i (?:do|can)(?:n'?t| not) (?:know|remember|recall|have .*+)|"
    r"i can(?:no|')?t (?:remember|recall)|not sure|why|what|huh|sorry|go ahead|do it|"
    r"that'?s (?:all|it|right|fine|correct)|awesome|cool|fine|good|alright|i (?:have|did|do|am)(?:n'?t| not)?|"
    r"never ?mind|wait|one moment|nothing|none|both|either|any|again|really|so|well|and|of course|yes "
    r"please|no thanks|no thank you|sounds (?:good|great)|that works|will do|hang on|fair(?: enough)?|a moment|moment|"
    r"sent|done|me|human|(?:a )?(?:real )?person|looks (?:good|great|perfect|fine)|cheers|(?:ha){2,5}|\[photo\]|"
    r"(?:quite |very |so |really )?nice|wow|lol|haha|oh|u+h*m*|h+m+)?"
    r"(?:[\s,.!?]+(?:yes|hang on|please|thanks?|thank you|sir|cheers|\[photo\]|me|that'?s (?:it|all|fine|right)|"
    r"you too|i do|(?:a |so )?(?:million|bunch|ton)|again|have a (?:\w+ )?(?:day|one|evening|night|weekend)|"
    r"i am|it is|ok|okay|very much|great|right|so much|a lot|for now|bye))*[\s.!?]*$",
    re.IGNORECASE,
)
_NO_ANSWER: Final = re.compile(
    r"^(?:no|have|has|had|are|was|were|why|what|how|might|could|would|will|should|can|may|that|is|does|do|you|your|we|"
    r"they|he|she|it|if|when|not sure|(?:i )?didn['’]?t know|worth a try|read|i have to|i['’]?ve got to|easy$|"
    r"(?:very |quite |so )?(?:hard|difficult|easy|tricky|tough) to (?:\w+)$|an? (?:\w+ )?(?:one|question)$)\b",
    re.IGNORECASE,
)
"""What remarks begin with, where they are not about the speaker."""
_PUT_OFF: Final = re.compile(
    r"^(?:gotta|let me|i['’]?(?:ll| will) (?:check|look|find)|i give up|i forg[eo]t|hold on)\b", re.IGNORECASE
)
"""What puts an answer off, or gives it up: what is said behind that is something else."""
_THERE: Final = re.compile(r"^there\b", re.IGNORECASE)
"""How a sentence begins that tells what there is; it answers how many."""
_DATE: Final = re.compile(r"\d{4}|\d[/.-]\d")
_BOUND: Final = re.compile(r"^(?:least|most)\b", re.IGNORECASE)
"""What the lead-in leaves of “at least three”."""
_MANY: Final = re.compile(r"^(?:people|[a-z ]*s)$", re.IGNORECASE)
_COUNT: Final = re.compile(
    r"(?:\b(?:about|around|at least|up to|only|just|maybe) )?\b\d{1,4}\b(?: [a-z]\w*)?", re.IGNORECASE
)
"""A count in a longer answer to how many."""
_NEEDED: Final = {
    "Size": re.compile(
        r"\d|\b(?:x{0,3}s|m|x{0,3}l|small|medium|large|regular|long|short|bigger|smaller)\b", re.IGNORECASE
    ),
    "E-mail": re.compile(r"@"),
}
"""What has to stand in an answer to some labels."""
_NEEDS_DIGITS: Final = re.compile(
    r"^(?:phone|account|order|tracking|reference|born)$|\b(?:postcode|pin|code|number|id)$", re.IGNORECASE
)
_CLAUSE: Final = re.compile(r"(?: [-–]+ (?!\d)|[,;:(] ?|\.{2,}).*$", re.DOTALL)
_PLAIN: Final = re.compile(
    r"^(?:(?:oh|well|um+|hmm+),? )?(?:yes|no|yeah|yep|nope|nah|not yet|never|i (?:have|did|do|am|don'?t|didn'?t|"
    r"haven'?t)(?= not\b|[,.!]|$)|i (?:really )?(?:do not|don'?t|can'?t|cannot) (?:know|remember|recall))\b",
    re.IGNORECASE,
)
"""What answers a question for yes or no."""
_CLAUSE_WORD: Final = re.compile(r"\b(?:i|it|that|this|he|she|they|we|you|there|please|but)\b", re.IGNORECASE)
_MEASURES: Final = {
    "When": (Kind.DATE, Kind.TIME), "Time": (Kind.TIME,), "Day": (Kind.DATE,), "Date": (Kind.DATE,),
}  # fmt: skip
"""The kinds of thing that some labels ask for."""
_NUMBERED: Final = frozenset({Kind.IDENTIFIER, Kind.PHONE, Kind.POSTCODE, Kind.DATE})
_SOON: Final = re.compile(
    r"\b(?:now|asap|today|tonight|tomorrow|noon|midday|midnight|morning|afternoon|evening|night|week|weekend|month|"
    r"same|"
    r"any|soon|immediately|whenever|hours?|minutes?|days?|\d{1,2})\b",
    re.IGNORECASE,
)
"""Words that answer when."""
_ABOUT: Final = re.compile(r"\b(?:around|about|after|before|by|until|till|from|not before|at least) $", re.IGNORECASE)


def answer_to(asked: Asked, text: str) -> str:
    """Return the customer's short answer, as it stands in ``text``; empty when it is none.

    The first sentence that says anything is looked at, or the clause that it begins with; what follows explains.
    """
    if asked.label == "Name":
        return _name(text)
    if asked.yes_or_no and (plain := _PLAIN.match(text)):
        return _with_thing(plain.group(), text)
    counted = bool(_MANY.match(asked.label))
    telling = [s for s in texts(text) if not s.endswith("?") and not _NO_FACT.match(s)]
    cores = [_core(s) for s in telling if counted or not asked.label or not _THERE.match(s)]
    core = next((core for core in cores if not _NO_FACT.match(core) and not _NO_ANSWER.match(core)), "")
    if _PUT_OFF.match(cores[0] if cores else ""):
        return ""
    longest = LONGEST if asked.label not in {"", CHOSE} else LONGEST_PLAIN
    if len(core.split()) > longest:
        core = _core(_CLAUSE.sub("", core))
    if len(core.split()) > longest or _NO_FACT.match(core) or _NO_ANSWER.match(core):
        return ""
    thing = _thing(asked.label, core)
    bound = re.search(rf"(?<!\w)at {re.escape(thing)}", text, re.IGNORECASE) if _BOUND.match(thing) else None
    return bound.group() if bound else thing


def story_for(asked: Asked, text: str) -> str:
    """Return what the customer tells who wants to be told, as it stands in ``text``; empty when they tell nothing."""
    if not asked.story:
        return ""
    telling = [s for s in texts(text) if not s.endswith("?") and not _NO_FACT.match(_core(s))]
    if not telling:
        return ""
    start = text.find(telling[0])
    whole = text[start : text.find(telling[-1], start) + len(telling[-1])]
    return _TAIL.sub("", whole if len(whole) <= LONGEST_STORY and "\n" not in whole else telling[0])


def _name(text: str) -> str:
    """Return the name in an answer to the question for it; “Ben, I thought you knew” gives one too."""
    first = next(iter(texts(text)), "")
    name = answered(first) or answered(_CLAUSE.sub("", first))
    return "" if any(c.isdigit() for c in name) else name


def _with_thing(plain: str, text: str) -> str:
    """Return yes or no with what is named behind it (“Yes, pizza”); alone where a sentence follows."""
    first = next(iter(texts(text)))
    rest = _TAIL.sub("", first[len(plain) :])
    thing = rest.lstrip(", ")
    named = rest.startswith(",") and len(thing.split()) <= LONGEST_BARE and not _NO_FACT.match(thing)
    return plain + rest if named and not _CLAUSE_WORD.search(thing) else plain


def _core(sentence: str) -> str:
    lead = _LEAD_IN.match(sentence)
    return _TAIL.sub("", sentence[lead.end() :] if lead else sentence)


def _thing(label: str, core: str) -> str:
    """Return the very thing asked for where it stands in an answer: the time, the number, the name of a place.

    Empty where the answer only talks about it: a day was asked for and none is named, a number and there is none.
    """
    found = entities(core)
    if label in _NEEDED and not _NEEDED[label].search(core):
        return ""
    if label in _MEASURES:
        measured = [e for e in found if e.kind in _MEASURES[label]]
        if len(measured) == 1:
            about = _ABOUT.search(core[: measured[0].start])
            return core[about.start() if about else measured[0].start : measured[0].end]
        return core if measured or _SOON.search(core) else ""
    if label == "Born" and not (_DATE.search(core) or any(e.kind is Kind.DATE for e in found)):
        return ""
    if _NEEDS_DIGITS.search(label):
        numbers = [e.text for e in found if e.kind in _NUMBERED and fits(label, e.text)]
        return numbers[0] if numbers else core if any(c.isdigit() for c in core) else ""
    count = _COUNT.search(core) if _MANY.match(label) else None
    names = [count.group()] if count else [name for name, _ in proper(core)]
    return names[0] if len(names) == 1 and len(core.split()) > LONGEST_BARE else core
