"""What a customer tells of the matter in words that anybody might use: what is counted, listed, named by its role."""

import re
from collections.abc import Iterator
from typing import Final

_VALUE: Final = r"([^\s,.;!?:][^,.;!?:\n]{0,60}?)(?=[,.;!?:\n]|$| and | but | because | so )"
_STATED: Final = re.compile(
    r"\b(?:my|our|the|his|her|only) (?:[a-z]{2,15} ){0,2}(doctor|symptoms?|budget|destination|location|venue|host|"
    r"hotel|restaurant|manufacturer|rank|requests?|cable|size|colou?r|model|make|brand|price|reason|city|company|room|"
    r"password|error|postcode|limit|deadline|wedding|birthday|pet|cuisine|rating|code|flight|train|floor)"
    rf"(?: number| code| message| name)?(?: i have| we have)? (?:is|are|was|were|would be|says?) {_VALUE}",
    re.IGNORECASE,
)
_JUDGED: Final = re.compile(
    r"(?:fine|good|great|ok|okay|wrong|right|bad|not|no|so|too|very|still|up|now|never)\b", re.IGNORECASE
)
"""What something is like, rather than what it is."""
_ROLE: Final = re.compile(
    r"\b(?:promoted to|i(?:'m| am)(?: now| also)? the) ((?:acting |new |chief |first )?[a-z]{3,20})", re.IGNORECASE
)
_BETWEEN: Final = re.compile(
    r"\bfrom (?:the )?([a-z0-9][\w'’-]*(?: (?!to\b)[\w'’-]+){0,3}) to (?:the )?([a-z0-9][\w'’-]*(?: and [\w'’-]+)?)",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"\b(?:to|from|at|by|near|close to|next to|into) (?:the |a |my |an )?(hospital|university|airport|park|station|"
    r"train station|bank|school|hotel|gym|beach|mall|office|downtown|home|work|museum|church|library|supermarket|"
    r"(?:town|city) cent(?:er|re)|pharmacy|warehouse|shop|store|depot|neighbou?rs?|reception|post office)\b",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(
    r"\b(?:in|on|to|at) the ((?:north|south|east|west|cent(?:er|re)|middle)(?:ern)?(?:[ -]?(?:side|part|end))?)\b",
    re.IGNORECASE,
)
_LEANING: Final = re.compile(
    r"\b(vegan|vegetarian|kosher|halal|gluten[- ]free|allergic to \w+|cheap(?:est|er)?|moderate(?:ly)?|expensive|"
    r"wheelchair|balcony|parking|non-smoking|smoking|extra \w+|no [a-z]+ food|room service)\b",
    re.IGNORECASE,
)
"""What people ask for in whatever they book or buy."""
_LIST: Final = re.compile(
    r"(?<![\w'’-])[a-z][\w'’-]{0,20}+(?: [\w'’-]{1,20}+){0,3}(?:, [a-z][\w'’-]{0,20}+(?: [\w'’-]{1,20}+){0,3}){1,4},? "
    r"and (?!i\b)[\w'’-]{1,20}+(?: [\w'’-]{1,20}+){0,7}",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\b(?:i|it|that|this|he|she|they|we|you|who|where|which|what|there|is|are|was|were)(?:['’]\w+)?\b", re.IGNORECASE
)
"""Words of clauses: what stands beside each other with them is told, not listed."""
_LEVEL: Final = re.compile(
    r"\b(?:floor|level|room|gate|door|number|no\.?|size|row|seat|question|step|page|line) \d{1,4}\b", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    r"(?:\b([a-z]{2,12} ))?(?<![\w.,:/£$€-])(\d{1,3})(?![\w:/%-]|[.,]\d)( of us|"
    r" (?!(?:and|or|to|is|at|in|on|it|i|but|so|as|for|please|if|with|the|by|will|would|can)\b)[a-z][\w'’-]*)?",
    re.IGNORECASE,
)


_DENIED: Final = re.compile(
    r"(?<![\w'’])(?:[a-z]{2,7}n['’]t|(?:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has)nt|not|never|no|without)"
    r"(?: (?!(?:how|what|but|so|or|because|if|instead|then|unless)\b)[\w'’-]+){0,5} $",
    re.IGNORECASE,
)
"""A denial that reaches to the end of a text, in the same clause."""
_REACH: Final = 60
"""Characters before something that are looked at for one."""


def with_denial(value: str, text: str, start: int) -> str:
    """Return ``value``, which stands at ``start`` of ``text``, from the word on that denies it, if one does.

    The bare name of what somebody does not want would say the opposite.
    """
    before = text[max(0, start - _REACH) : start]
    denied = _DENIED.search(before)
    return before[denied.start() :] + value if denied else value


def details(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield label (may be empty), value and place of what ``text`` tells of the matter."""
    for match in _STATED.finditer(text):
        if not _JUDGED.match(match.group(2)):
            yield match.group(1).capitalize(), match.group(2), match.start(2)
    for match in _BETWEEN.finditer(text):
        yield "From", match.group(1), match.start(1)
        yield "To", match.group(2), match.start(2)
    for match in _LIST.finditer(text):
        if not _CLAUSE.search(match.group()):
            yield "", match.group(), match.start()
    for pattern in (_ROLE, _PLACE, _SIDE, _LEANING):
        for match in pattern.finditer(text):
            yield "", match.group(1), match.start(1)
    for match in _LEVEL.finditer(text):
        yield "", match.group(), match.start()
    for match in _NUMBER.finditer(text):
        place = 2 if match.group(3) else 0  # “32 of us”, but “tarn 2”
        yield "", text[match.start(place) : match.end()], match.start(place)
