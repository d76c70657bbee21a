"""How draft practice scenarios read: in a list, in full, and what has to be looked at in their text. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content

from console.conversation.drafts import DraftStatus
from console.conversation.message import Message
from console.conversation.scenario_draft_events import Marked
from console.conversation.scenario_drafts import ResolutionTried, ScenarioCheck, ScenarioDraft
from console.terminal.hanging import hang, spread, stack
from console.terminal.widgets.marked_area import whole_words
from console.terminal.widgets.row_list import Row
from console.terminal.words import moment

STATUS: Final = {
    DraftStatus.OPEN: "○ to decide",
    DraftStatus.APPROVED: "● approved",
    DraftStatus.REJECTED: "✖ rejected",
}
_TITLE: Final = re.compile(r'^title\s*=\s*"(.+)"\s*$', re.MULTILINE)
_FAULT: Final = re.compile(r"^[^:\n]*\.toml(?::(\d+))?: (.+)$", re.MULTILINE)
"""What is wrong with a file: the line, where it is known, and the words."""
_WHAT: Final = {
    "NAME": "a name",
    "EMAIL": "an e-mail address",
    "PHONE": "a phone number",
    "ADDRESS": "an address",
    "POSTCODE": "a postcode",
    "URL": "a web address",
    "IBAN": "an account number",
    "CARD": "a card number",
    "IP": "an internet address",
    "BIRTHDATE": "a day of birth",
    "ID": "a number or code",
    "DETAIL": "a detail of the record",
}
WORD: Final = "word "
"""How the key of a row begins that leads to a word …"""
LINE: Final = "line "
"""… and to a line, counted from 1."""


def title_of(draft: ScenarioDraft, text: str = "") -> str:
    """Return the title as it stands in the text, else the scenario's id."""
    found = _TITLE.search(re.split(r"^\[", text or draft.text, maxsplit=1, flags=re.MULTILINE)[0])
    return found[1] if found else draft.scenario


def doubtful(draft: ScenarioDraft, text: str) -> list[str]:
    """Return the words of a text that may be somebody's own."""
    return _there((mark for mark in draft.marked if not mark.kind), text)


def unsure(draft: ScenarioDraft, text: str) -> list[str]:
    """Return the invented words that stand for what may have been nobody's: a thing, a place, the company."""
    return _there((mark for mark in draft.marked if mark.kind and not mark.sure), text)


def invented(draft: ScenarioDraft, text: str) -> list[str]:
    """Return the words that stand for what was somebody's."""
    return _there((mark for mark in draft.marked if mark.kind and mark.sure), text)


def _there(marks: Iterable[Marked], text: str) -> list[str]:
    return [word for word in dict.fromkeys(mark.words for mark in marks) if count(word, text)]


def count(word: str, text: str) -> int:
    """Return how often a word stands in a text."""
    pattern = whole_words([word])
    return len(pattern.findall(text)) if pattern else 0


def draft_face(draft: ScenarioDraft, width: int) -> Content:
    """Return a draft in two lines."""
    look = doubtful(draft, draft.text) if draft.status is DraftStatus.OPEN else []
    marks = f"{len(look)} to look at" if look else ""
    by = f"changed by {draft.changed_by}" if draft.changed_by else f"by {draft.by_name}" if draft.by_name else ""
    said = " · ".join(part for part in (by, moment(draft.at), marks) if part)
    return stack(
        [
            spread(Content.styled(title_of(draft), "bold"), Content(STATUS[draft.status]), width),
            spread(Content.styled(f"  {said}", "$text-muted"), Content(""), width),
        ]
    )


def standing(draft: ScenarioDraft) -> str:
    """Return where a draft stands, in a line."""
    match draft.status:
        case DraftStatus.APPROVED:
            return f"Approved by {draft.decided_by}: it stands in Practise, as practice/{draft.file}."
        case DraftStatus.REJECTED:
            return f"Rejected by {draft.decided_by}: {draft.reason}"
        case DraftStatus.OPEN:
            by = f", changed by {draft.changed_by}" if draft.changed_by else ""
            return f"From a closed chat{by}. Nobody plays it before it is approved."


def draft_detail(draft: ScenarioDraft, width: int) -> Content:
    """Return where a draft stands, what is to be looked at, and the file."""
    lines = hang(Content(""), Content.styled(title_of(draft), "bold $text-primary"), width)
    lines += hang(Content(""), Content(standing(draft)), width)
    if draft.status is DraftStatus.OPEN and (words := doubtful(draft, draft.text)):
        lines += hang(Content("? "), Content.styled(f"May be somebody's own: {', '.join(words)}", "bold"), width)
    text = (row for line in draft.text.split("\n") for row in hang(Content(""), Content(line), width))
    return stack([*lines, Content(""), *text])


def verdict(check: ScenarioCheck) -> Content:
    """Return what playing it through has shown, in a sentence."""
    if check.problem:
        several = len(_FAULT.findall(check.problem))
        why = f"{several} things are wrong with the file: see the list" if several > 1 else _faults(check)[0][1]
        return Content.styled(f"✗ It cannot be played: {why}", "bold $text-error")
    if check.playable:
        shown = f"a poor agent loses it; {check.why}" if check.why else "it can be won, and lost"
        played = Content.styled(f"✓ Played through: {shown}.", "bold $text-success")
        if not check.unwritten:
            return played
        return Content.assemble(played, (f" Before you approve it, {check.unwritten}.", "bold $text-warning"))
    why = f"it cannot be won: {check.why}" if not check.won else "a poor agent wins it, too"
    return Content.styled(f"✗ Played through: {why}.", "bold $text-error")


def rows(draft: ScenarioDraft, text: str, check: ScenarioCheck | None, width: int) -> list[Row]:
    """Return what there is to look at in a text, each with the place that it leads to."""
    found = list(_blocks(text, check, width)) if check else []
    if draft.status is DraftStatus.OPEN:
        found += _words("? May be somebody's own: look at each", doubtful(draft, text), draft, text, width)
        found += _words("~ Replaced, though it may have been nobody's", unsure(draft, text), draft, text, width)
    return found + _words("Invented", invented(draft, text), draft, text, width)


def chat(messages: Iterable[Message], width: int) -> list[Row]:
    """Return what was said in the chat that a draft was made from, a row for each message."""
    return [
        Row(
            one.id,
            stack(
                hang(
                    Content.assemble((f"{one.id:<4}", "$text-muted"), (f"{one.role} ", "bold")),
                    Content(one.text),
                    width,
                )
            ),
        )
        for one in messages
    ]


def _blocks(text: str, check: ScenarioCheck, width: int) -> Iterator[Row]:
    if check.problem:
        yield Row("title-faults", Content.styled("To be put right", "bold $text-primary"), idle=True)
        for place, (line, why) in enumerate(_faults(check)):  # two may be on one line
            yield Row(f"{LINE}{line} {place}", stack(hang(Content("✗ "), Content(why), width)))
    if check.unwritten:
        yield Row("title-unwritten", Content.styled("To be written", "bold $text-primary"), idle=True)
        yield Row(f"{LINE}{_notes_line(text)} unwritten", stack(hang(Content("✗ "), Content(check.unwritten), width)))
    if check.resolutions:
        yield Row("title-resolutions", Content.styled("Resolutions", "bold $text-primary"), idle=True)
    for one in check.resolutions:
        yield Row(f"{LINE}{_line_of(one, text)}", _resolution(one, width))


def _faults(check: ScenarioCheck) -> list[tuple[int, str]]:
    """Return what keeps a file from being played, each with the line to go to."""
    found = [(int(line or 1), f"line {line}: {why}" if line else why) for line, why in _FAULT.findall(check.problem)]
    return found or [(1, check.problem)]


def _resolution(one: ResolutionTried, width: int) -> Content:
    said = f"{one.title}: {'can be reached' if one.reached else one.blocks or 'was not reached'}"
    return stack(hang(Content("✓ " if one.reached else "✗ "), Content(said), width))


def _line_of(one: ResolutionTried, text: str) -> int:
    found = re.search(rf'^\[\[resolution\]\](?:(?!^\[).)*?^id\s*=\s*"{re.escape(one.id)}"', text, re.M | re.S)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _notes_line(text: str) -> int:
    found = re.search(r"^notes\s*=", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _words(heading: str, words: list[str], draft: ScenarioDraft, text: str, width: int) -> list[Row]:
    if not words:
        return []
    kinds = {mark.words: _WHAT.get(mark.kind, "") for mark in draft.marked}
    rows = [
        Row(f"title-{heading}", stack(hang(Content(""), Content.styled(heading, "bold $text-primary"), width)), True)
    ]
    for word in words:
        times = count(word, text)
        said = " · ".join(part for part in (kinds[word], f"{times} times" if times > 1 else "") if part)
        face = hang(Content("  "), Content.assemble(word, (f"  {said}", "$text-muted")), width)
        rows.append(Row(f"{WORD}{word}", stack(face)))
    return rows
