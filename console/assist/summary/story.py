"""What the conversation is about: the issue, what is wanted, what was tried and promised, what is open."""

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import steers, without_steering
from console.assist.greetings import without_greeting
from console.assist.lookups import fields
from console.assist.recognise.words import words_of
from console.assist.sentences import texts
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.text import shorten

WIDTH: Final = 90
"""Characters of a line of the story; longer sentences are cut at a word."""

ISSUE_WIDTH: Final = 130
"""The same of the issue where a second sentence says what happened."""

LOOKED_UP: Final = 150
"""Characters of a look-up result in words: what decides often stands at its end."""

LOOKED_UP_DATA: Final = 80
"""The same of data, where what decides comes first."""

_NOTHING: Final = frozenset({"null", "none", "n/a", "-"})
_STATE: Final = re.compile(r"status|state|result|outcome|message|error|success|reason|confirmation")
_TECHNICAL: Final = re.compile(r"^(?:api_?name|request_?type|uuid|hash|version)$")

_FEWEST_WORDS: Final = 4
_FEWEST_TROUBLED: Final = 3
"""Words of a sentence that names a trouble or a need: “I need directions.”"""
_MANY_WORDS: Final = 6
_ALIKE: Final = 80

_CHATTER: Final = re.compile(
    r"^(?:thanks|thank you|ok|okay|yes|no|sure|great|cool|perfect|i am \w+$|i'?m \w+$|it'?s \w+$|"
    r"(?:is|are) (?:anyone|anybody|someone|you) there|can you hear me|(?:can|could) (?:you|someone|"
    r"anyone|i get some) (?:please )?help(?: me)?\W*$|i need (?:some )?help\W*$|not this again|"
    r"(?:that|this|it)(?: is|'?s| was) (?:fine|good|great|perfect|ok|okay|all|it|correct|right)|sounds (?:good|great)|"
    r"my name(?:['’]?s| is) [\w ]{1,30}$|for the \w+ time|"
    r"this is the (?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|last) time|"
    r"you(?:'re| are) (?:great|welcome|the best)|how are you|"
    r"(?:are|is) (?:you|this|it) (?:a |an )?(?:real|human|bot|robot))\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:all (?:the help )?(?:that )?i (?:need|needed|want|wanted)|(?:need|want) (?:nothing|anything) else|"
    r"that'?s (?:all|it|everything)|that (?:is|will be|would be) all)\b",
    re.IGNORECASE,
)
"""What ends a conversation, and so is no wish."""
_HEAD: Final = re.compile(
    r"^(?>(?:(?:yes|yeah|yep|sure|ok|okay|so|well|um+|uh+|oh|ah|hmm+|wow|whoa|dang|damn|great|sweet|perfect|cool|"
    r"actually|also|and|but|thanks|thank you|no|sorry|right|look|listen|please note)\b[,.!: ]+)+)(?=(?:[^\s]+ ){2})",
    re.IGNORECASE,
)
"""Words that lead up to what somebody says."""
_INTRODUCED: Final = re.compile(
    r"^(?:my name(?:['’]?s| is)|this is|i am|i['’]?m|it['’]?s|name['’]?s|(?:i am|i['’]?m) called) "
    r"(?-i:[A-Z][\w'’-]+(?: (?!I\b)[A-Z][\w'’-]+)?)(?:[,.;!] *| and (?=i\b)| (?=i\b)|$)",
    re.IGNORECASE,
)
"""A name at the head of what somebody says; it stands among the facts."""
_PROBLEM: Final = re.compile(
    r"\b(?:not|\w+n['’]t|(?:do|does|did|is|was|are|has|have|ca|wo|could|would|should)nt|never|no|late|lost|missing|"
    r"broken|faulty|wrong|damaged|problem|issue|error|charged|stolen|failed|stuck|help|need|want|"
    r"(?:like|love) (?:to|a|an|some)|looking for|order|refund|return|cancel|book|change|where|how|can i|"
    r"could you|can you)\b",
    re.IGNORECASE,
)
_TROUBLE: Final = re.compile(
    r"\b(?:not|\w+n['’]t|never|late|lost|missing|broken|faulty|wrong|damaged|torn|charged|stolen|failed|stuck|only|twice|"
    r"cancel\w*|return\w*|refund\w*|received|still|ago|nothing)\b",
    re.IGNORECASE,
)
"""What goes with an issue: what happened to it."""
_WISH: Final = re.compile(
    r"\b(?:i(?:'d| would)? (?:really |just |only )?(?:want|need|like|prefer|expect|demand|insist)|"
    r"i(?:'m| am) (?:after|looking|hoping|trying)|"
    r"(?:can|could|would|will) (?:you|i|we|someone|somebody)|please (?:send|refund|cancel|change|book|"
    r"call|replace|give|check|find|make|let|get|fix|stop|put|tell)|give me|"
    r"get me|send me|refund|money back|replacement|by (?:monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow)|"
    r"(?:speak|talk) to (?:a|an|the|your|someone|somebody)|(?:has|have|needs) to be)\b",
    re.IGNORECASE,
)
_DEMAND: Final = re.compile(
    r"\b(?:want|demand|expect|insist|refund|money back|replacement|(?:has|have|needs) to be|"
    r"by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow))\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"^(?:do|does|would|will|must|should) (?:i|we|it|that|they)\b", re.IGNORECASE)
"""What only asks how things are."""
_WISHES_ON: Final = re.compile(r"^(?:by|refund|replacement|money)\b", re.IGNORECASE)
"""Wishes that are no sentence by themselves."""
_CLAUSE_END: Final = re.compile(
    r"[,;:)–]? (?:and|but|because|so|since|as|which|who|when|while|or|if|then|though)\b|[,;:]|\.(?= )| [-–] "
)
_HANGING: Final = re.compile(r"^\W*(?:\w++\W+){1,5}(?:that|it|this|them)\W*$", re.IGNORECASE)
_PROMISE: Final = re.compile(
    r"\b(?:(?:i|we)(?:['’]ll| will| can promise| promise| guarantee|['’]re going to| are going to)|guaranteed?|"
    r"will be (?:with you|delivered|sent|refunded|credited|replaced|fixed|repaired|sorted|resolved|cancelled|"
    r"dispatched)|"
    r"(?:you|it|this|they|that|your (?:\w+ ){1,3}|the (?:\w+ ){1,3})(?:['’]ll| ?will) (?:\w+ )?"
    r"(?:receive|get|hear|arrive|reach|come|have|be (?:with|there|here|back|ready|on its way|free|able))|"
    r"(?:i|we)(?:['’]ve| have) (?:\w+ )?(?:arranged|ordered|refunded|sent|booked|requested|opened|asked|"
    r"escalated|passed|issued|credited|cancelled|changed|released|set)|"
    r"(?:it|they|the \w+|£[\d.,]+) goes? (?:out|back|off)|"
    r"(?<!was )estimated for|(?:within|in|takes up to|up to) (?:up to )?(?:\d+|one|two|three|four|five|six|seven|ten) "
    r"(?:to \w+ )?(?:(?:working|business) days?|hours?|weeks?)|"
    r"(?:leaves|ships|goes out) (?:today|tomorrow|tonight|this|by)|"
    r"(?:i|we)['’ ]?(?:a?m|a?re) (?:posting|sending|asking|booking|refunding|releasing)|it['’]?s ordered)\b",
    re.IGNORECASE,
)
_CLAUSES: Final = re.compile(r"; ")
_EMPTY_PROMISE: Final = re.compile(
    r"\b(?:help you|assist|look into|check(?: that| this)?(?: for you)?|be happy|be glad|need (?:to|"
    r"your)|try to|let you know|get back|one moment|find (?:that|it|a)|a colleague|bringing in|"
    r"hand(?:ing)? (?:you )?over|in touch)\b",
    re.IGNORECASE,
)
_TRIED: Final = re.compile(
    r"\b(?:try|please (?:use|try|check|click|follow|visit|go|restart|reset|enter|open|make|contact|look|"
    r"see|wait|choose|send)|you can|see (?:the|our)|link|here is|here are|follow|reset|restart|"
    r"(?:i|we)(?:['’]ve| have) (?:\w+ )?(?:sent|asked|checked|opened|ordered|refunded|reset|booked|issued|arranged))\b",
    re.IGNORECASE,
)
_REGRETS: Final = re.compile(r"\b(?:sorry|should(?:n['’]t| not| never) have|apologi[sz]e|polite)\b", re.IGNORECASE)
_OFFERED: Final = re.compile(
    r"\b(?:have you (?:tried|checked|looked|asked)|(?<!which )(?<!what )would you like)\b", re.IGNORECASE
)
"""What is tried in the form of a question."""
_PERSON: Final = re.compile(
    r"\b(?:(?:speak|talk|put me through|transfer(?:red)?) to|get me|want|need|have|like) "
    r"(?:(?:a|an|the|your|some|somebody|someone|real|actual) ?)*"
    r"(?:person|human|manager|supervisor|agent|colleague|advisor|somebody|someone|people)\b",
    re.IGNORECASE,
)
"""A wish for somebody to talk to; it is fulfilled once an agent has written."""
_CHOICE: Final = re.compile(
    r"^(?:the |a |my )?(?:money|refund|money back|replacement|exchange|repair|new one)(?: back)?(?:,? please)?\W*$",
    re.IGNORECASE,
)
"""A choice between what was offered, in a word or two."""
_EMPTY_WORDS: Final = words_of(
    """
    i you he she it we they me us them my your our this that these those a an the and or but so if as at by for from in
    of on to with is are was were be been being am do does did done has have had having not no yes will would can could
    should just still very really then there here what when where who how why too also now get got any some all
    """
)
_WORD: Final = re.compile(r"[\w'’]+")
_FEWEST_TELLING: Final = 2


def issue(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what the customer first came with, fixed from then on: their first sentence that says something.

    Fragments before it in the message come along (“Tent number three. Torn. …”): they are what it is about; so do
    troubles right behind it, where there is room.
    """
    weak: tuple[str, str] | None = None
    for message in [m for m in messages if m.role is Author.CUSTOMER][:4]:
        # who they want to talk to is not what about
        said = [s for s in _bare(message.text) if not _CHATTER.match(s) and not _PERSON.search(s)]
        for place, sentence in enumerate(said):
            if _strong(sentence) and (weak is None or _PROBLEM.search(sentence)):
                return _issue([*said[: place + 1], *takewhile(_TROUBLE.search, said[place + 1 :])], place + 1, message)
        whole = " ".join(said)
        if _strong(whole) and (weak is None or _PROBLEM.search(whole)):
            return _issue(said, len(said), message)
        if weak is None and _tells(whole):
            weak = whole, message.id
    return (SummaryLine(SummaryKind.ISSUE, _line(weak[0]), (weak[1],)),) if weak else ()


def _issue(said: Sequence[str], needed: int, message: Message) -> tuple[SummaryLine, ...]:
    """Return the line of these sentences: the first ``needed`` cut to its width, the others where they fit whole."""
    fitting = [n for n in range(needed, len(said) + 1) if len(" ".join(said[:n])) <= ISSUE_WIDTH]
    text = " ".join(said[: fitting[-1] if fitting else needed])
    shown = text if fitting and fitting[-1] > needed else _line(text)
    return (SummaryLine(SummaryKind.ISSUE, shown, (message.id,)),)


def _strong(text: str) -> bool:
    """Return whether ``text`` says what somebody has come with."""
    words, problem = len(text.split()), bool(_PROBLEM.search(text))
    enough = words >= _MANY_WORDS or (words >= _FEWEST_WORDS and text.endswith("?"))
    return _tells(text) and (enough or (problem and words >= _FEWEST_TROUBLED))


def wants(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the newest wish that the issue does not say already: a demand before a mere request."""
    wishes: list[tuple[str, str]] = []
    answered = False
    for message in reversed(messages):
        answered = answered or message.role is Author.AGENT
        if message.role is Author.CUSTOMER:
            said = reversed(_bare(message.text))
            wishes += [(_from_wish(t), message.id) for t in said if _wishes(t) and not (answered and _PERSON.search(t))]
    demands = [wish for wish in wishes if _DEMAND.search(wish[0])]
    for text, source in (demands or wishes)[:1]:
        line = SummaryLine(SummaryKind.WANTS, _line(text), (source,))
        return () if _said(line.text, known) else (line,)
    return ()


def tried(messages: Sequence[Message], most: int = 2) -> tuple[SummaryLine, ...]:
    """Return what the bot and colleagues tried, at most so many lines; what they repeated stands once, counted."""
    groups: list[tuple[Message, str, list[str]]] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        said = [t for t in texts(message.text) if _tries(t)]
        if not said or (message.role is Author.AGENT and not _handed_over(messages)):
            continue
        for first, text, ids in groups:
            if first.role is message.role and fuzz.ratio(text, said[0]) >= _ALIKE:
                ids.append(message.id)
                break
        else:
            groups.append((message, said[0], [message.id]))
    groups.sort(key=lambda g: -len(g[2]))
    lines = []
    for first, text, ids in groups[:most]:
        times = f" ×{len(ids)}" if len(ids) > 1 else ""
        lines.append(SummaryLine(SummaryKind.TRIED, f"{_who(first)}: {_line(text)}{times}", tuple(ids[:3])))
    return tuple(lines)


def promised(messages: Sequence[Message], most: int = 2) -> tuple[SummaryLine, ...]:
    """Return what was promised and by whom, the newest so many."""
    lines: list[SummaryLine] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        for text in (clause for sentence in texts(message.text) for clause in _CLAUSES.split(sentence)):
            promise = _PROMISE.search(text)
            if promise and not text.endswith("?") and not _EMPTY_PROMISE.search(text):
                said = _line(_clause_at(text, promise.start()))
                line = SummaryLine(SummaryKind.PROMISED, f"{_who(message)}: {said}", (message.id,))
                if not _said(line.text, lines):
                    lines.append(line)
    return tuple(lines[-most:])


def looked_up(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return the newest look-up result that says anything, so that nobody has to look again.

    Of data the fields that tell how things stand come first, without the names of those whose values are words. A
    result that would steer is left out.
    """
    for message in reversed(messages):
        if message.role is Author.SYSTEM and (text := _result(message.text)):
            if steers(message.text, lookup=True):
                return ()
            return (SummaryLine(SummaryKind.FACT, f"Look-up: {text}", (message.id,)),)
    return ()


def _result(text: str) -> str:
    """Return what a look-up result says, in a line; empty where it says nothing."""
    if not text.lstrip().startswith(("{", "[")):
        return "" if text.strip().lower() in _NOTHING else shorten(" ".join(text.split()), LOOKED_UP)
    found = [(key, value) for key, value in fields(text).items() if not _TECHNICAL.search(key)]
    found.sort(key=lambda field: not _STATE.search(field[0]))
    said = [value if value[:1].isalpha() else f"{key.replace('_', ' ')} {value}" for key, value in found]
    kept = list(accumulate(said, lambda before, piece: f"{before} · {piece}"))
    return next(
        (text for text in reversed(kept) if len(text) <= LOOKED_UP_DATA), shorten(" ".join(said[:1]), LOOKED_UP_DATA)
    )


def still_open(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the customer's newest question that nobody has answered."""
    for message in reversed(messages):
        if message.role in {Author.AGENT, Author.BOT}:
            break
        if message.role is Author.CUSTOMER:
            asked = [t for t in _bare(message.text) if t.endswith("?") and len(t.split()) > 2]  # noqa: PLR2004
            lines = [SummaryLine(SummaryKind.OPEN, _line(t), (message.id,)) for t in asked[-1:]]
            return tuple(line for line in lines if not _said(line.text, known))
    return ()


def _bare(text: str) -> list[str]:
    """Return the sentences of a message without greetings and names at their head, and nothing that tries to steer."""
    found: list[str] = []
    for sentence in texts(without_steering(text)):
        bare = _HEAD.sub("", without_greeting(sentence))
        if bare := _HEAD.sub("", _INTRODUCED.sub("", bare)):
            found.append(bare)
    return found


def _tells(text: str) -> bool:
    """Return whether a sentence names anything: “It has not been.” does not."""
    return sum(word not in _EMPTY_WORDS for word in _WORD.findall(text.lower())) >= _FEWEST_TELLING


def _wishes(text: str) -> bool:
    if _CHOICE.match(text):
        return True
    if _DONE.search(text) or _ASKS.match(text) or not _tells(text):
        return False
    return len(text.split()) >= _FEWEST_WORDS and bool(_WISH.search(text)) and not _HANGING.search(text)


def _from_wish(text: str) -> str:
    """Return a wish without what stands before it, where the whole is too long for a line."""
    wish = _WISH.search(text)
    return text[wish.start() :] if wish and len(text) > WIDTH and not _WISHES_ON.match(text[wish.start() :]) else text


def _tries(text: str) -> bool:
    """Return whether somebody here tries something: an instruction, a thing sent, an offer; no apology, no promise."""
    if text.endswith("?"):
        return bool(_OFFERED.search(text))
    return bool(_TRIED.search(text)) and not _PROMISE.search(text) and not _REGRETS.search(text)


def _said(text: str, known: Sequence[SummaryLine]) -> bool:
    return any(fuzz.partial_ratio(text.lower(), line.text.lower()) >= _ALIKE for line in known)


def _clause_at(text: str, place: int) -> str:
    """Return a text that is too long for a line from the clause on that holds ``place``; another one as it is."""
    if len(text) <= WIDTH:
        return text
    ends = [match.end() for match in _CLAUSE_END.finditer(text, 0, place)]
    return text[ends[-1] :].lstrip(" ,:;") if ends else text


def _line(text: str) -> str:
    """Return a text as it stands in a line: one that is too long ends where a clause of it does."""
    text = " ".join(text.split())
    if len(text) <= WIDTH:
        return text
    ends = [match.start() for match in _CLAUSE_END.finditer(text, WIDTH // 2, WIDTH)]
    return f"{text[: ends[-1]]} …" if ends else shorten(text, WIDTH)


def _who(message: Message) -> str:
    return message.author or message.role.value


def _handed_over(messages: Sequence[Message]) -> bool:
    """Return whether somebody besides one agent has spoken: only then is there anything to hand on."""
    return len({(m.role, m.author) for m in messages if m.role in {Author.BOT, Author.AGENT}}) > 1
