"""How scenarios, sessions and people read in the lists of practice. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from textual.content import Content

from console.conversation.practice import BeginPractice, PracticeOffer
from console.conversation.practice_assignments import Assignment, ToPlay, due_words
from console.conversation.practice_events import Assistance
from console.conversation.practice_training import (
    FEWEST_SESSIONS,
    OwnPractice,
    PastSession,
    PointAgreement,
    Practised,
    SkillLevel,
)
from console.conversation.quality_review import Level
from console.terminal.hanging import fit, hang, stack
from console.terminal.words import moment, sparkline

_DIFFICULTY: Final = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}
_HELPED: Final = {"off": "without assistance", "planted": "with planted suggestions"}
_LEVEL: Final = 16
_COUNT: Final = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list: a scenario, and why it stands where it does."""

    offer: PracticeOffer
    assigned: ToPlay | None = None
    why: str = ""
    """Why it is next; empty where it is one among others."""

    @property
    def key(self) -> str:
        """What tells it from other lines."""
        return self.assigned.assignment if self.assigned else self.offer.id

    def begins(self, assistance: Assistance) -> BeginPractice:
        """Return how it is begun: as it was assigned, else with ``assistance``."""
        if self.assigned is None:
            return BeginPractice(self.offer.id, assistance)
        return BeginPractice(self.offer.id, self.assigned.assistance, assignment=self.assigned.assignment)


def choices(offers: tuple[PracticeOffer, ...], own: OwnPractice) -> tuple[Choice, ...]:
    """Return what there is to play: what was assigned, what is next, and the rest; what is gone is left out."""
    by_id = {offer.id: offer for offer in offers}
    assigned = [Choice(by_id[one.scenario], one) for one in own.to_play if one.scenario in by_id]
    due = {one.offer.id for one in assigned}
    nexts = [Choice(by_id[own.next.scenario], why=own.next.why)] if own.next and own.next.scenario in by_id else []
    first = [one for one in nexts if one.offer.id not in due]
    taken = due | {one.offer.id for one in first}
    return (*assigned, *first, *(Choice(offer) for offer in offers if offer.id not in taken))


def face(one: Choice, today: date, width: int) -> Content:
    """Return a line of the list of scenarios."""
    offer, given = one.offer, one.assigned
    head = Content.assemble((offer.title, "bold"), (f"  {offer.difficulty}", "$text-secondary"))
    if given is not None:
        parts = ("◇ assigned", due_words(given.due, today), _HELPED.get(given.assistance, ""))
        style = "bold $text-warning" if given.due_by(today) else "bold $text-primary"
        head = Content.assemble(head, ("  " + ", ".join(filter(None, parts)), style))
    elif one.why:
        head = Content.assemble(head, ("  → Next for you", "bold $text-primary"))
    told = f"{', '.join(offer.skills)} · {offer.reason}"
    note = f"{given.by}: {given.note}" if given and given.note else one.why
    sign = f"{_DIFFICULTY.get(offer.difficulty, '   ')} "
    blank = Content(" " * len(sign))
    lines = [*hang(Content(sign), head, width), *hang(blank, Content.styled(told, "$text-muted"), width)]
    return stack([*lines, *hang(blank, Content(note), width)] if note else lines)


def assignment_line(one: Assignment, today: date, width: int) -> Content:
    """Return an assignment: the scenario, by when, and how many have played it."""
    due = due_words(one.due, today)
    late = bool(one.due) and one.done < len(one.people) and due.endswith(("late", "today"))
    right = Content.assemble(
        (f"  {due}", "bold $text-warning" if late else "$text-muted"), f"  {one.done} of {len(one.people)} played"
    )
    return Content.assemble(fit(one.title, max(8, width - right.cell_length)), right)


def assignment_detail(one: Assignment, today: date, width: int) -> Content:
    """Return everything of an assignment: who has played it, and with what score."""
    due = due_words(one.due, today).removeprefix("due ") or "any time"
    about = [("Due", due), ("For", ", ".join(one.teams)), ("Note", one.note)]
    about.append(("Given by", f"{one.by}, {moment(one.at)}"))
    lines = list(_labelled([("Scenario", one.title), *about, ("How", _HELPED.get(one.assistance, ""))], width))
    lines.append(Content(""))
    for person in one.people:
        done = ("✓ ", "$text-success") if person.session else ("○ ", "$text-muted")
        said = "not played yet" if not person.session else _score(person.total, person.won)
        lines += hang(Content.assemble(done), Content.assemble(person.name, (f"  {said}", "$text-muted")), width)
    return stack(lines)


def session_line(one: PastSession, width: int, *, named: bool) -> Content:
    """Return a session: when, who, what, how it ended and its score."""
    score = "under way" if one.closed is None else _score(one.total, one.won)
    right = Content.styled(f"  {score}", "bold $text-primary" if one.closed is None else "")
    who = f"{one.name} · " if named else ""
    again = "↻ again · " if one.replays else ""
    left = f"{moment(one.began)}  {again}{who}{one.title}"
    return Content.assemble(fit(left, max(8, width - right.cell_length)), right)


def session_detail(one: PastSession, width: int) -> Content:
    """Return what is told of a session beside the list."""
    ending = "it goes on" if one.closed is None else one.ending or "closed"
    overruled = f"{one.overruled} of the points scored by a trainer" if one.overruled else ""
    rows = [
        ("Scenario", one.title), ("Played by", one.name), ("Began", moment(one.began)), ("Ending", ending),
        ("Score", _score(one.total, one.won) if one.closed else ""), ("Trainer", overruled),
        ("How", _HELPED.get(one.assistance, "")), ("Assigned", "yes" if one.assignment else ""),
        ("Again", "takes up an earlier session from one of its messages" if one.replays else ""),
    ]  # fmt: skip
    said = "t opens it; there Ctrl+L watches, Alt+5 whispers." if one.closed is None else "Enter: its points."
    return stack([*_labelled(rows, width), Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def person_head(title: str, width: int) -> Content:
    """Return a title with the names of the columns."""
    cells = f"{'sessions':>{_COUNT}}  {'score':<{_LEVEL}}"
    return Content.assemble((fit(title, max(8, width - len(cells))), "bold $text-primary"), (cells, "$text-muted"))


def person_line(one: Practised, width: int) -> Content:
    """Return an agent or a group: how many sessions, and the mean score."""
    cells = f"{one.sessions:>{_COUNT}}  {level_words(one.overall):<{_LEVEL}}"
    return Content.assemble(fit(one.name, max(8, width - len(cells))), (cells, "$text-muted" * (not one.sessions)))


def person_detail(one: Practised, width: int) -> Content:
    """Return what somebody practised: by skill and over time, what is next, and how good real conversations were."""
    live = f"{level_words(one.live)} of {one.live.of} conversations" if one.live else ""
    last = f"{', '.join(f'{total:.0f}' for total in one.newest)} of 100" if one.newest else ""
    again = f"{_sessions(one.again)} taken up again; none of this counts them" if one.again else ""
    rows = [
        ("Score", f"{level_words(one.overall)}, {one.won} of {one.sessions} won"), ("Newest", last),
        ("Again", again), ("Live", live), ("Caught", _shares(one.caught, one.caught_of, "of what was planted")),
        ("Used", _shares(one.used, one.used_of, "of good suggestions")),
    ]  # fmt: skip
    if one.next is not None:
        rows.append(("Next", f"{one.next.title} ({one.next.why})"))
    lines = [*_labelled(rows, width), Content("")]
    if one.skills:
        lines.append(Content.styled("By skill, newest scores at the right", "bold $text-primary"))
    lines += [_skill(skill, width) for skill in one.skills]
    return stack(lines)


def _shares(level: Level | None, counted: tuple[int, int], what: str) -> str:
    """Return a mean over sessions, and what was counted in them."""
    if level is None or not level.of:
        return ""
    some, of = counted
    words = f"{level_words(level)} {what}, in {_sessions(level.of)}"
    return f"{some} of {of}; {words}" if of else words


def _sessions(many: int) -> str:
    return f"{many} {'session' if many == 1 else 'sessions'}"


def agreement_line(one: PointAgreement, width: int) -> Content:
    """Return how often trainers score a point otherwise, and how far they agree with the engine."""
    right = f"  otherwise {one.overruled} of {one.scored}"
    return Content.assemble(fit(one.title, max(8, width - len(right))), (right, "$text-muted"))


def level_words(level: Level) -> str:
    """Return a mean with its interval, or that there is not enough to tell."""
    return level.words if level.mean is not None else "not enough data"


TOO_FEW_SAID: Final = f"A mean needs {FEWEST_SESSIONS} sessions; a group's needs as many agents."


def _skill(one: SkillLevel, width: int) -> Content:
    spark = sparkline([total / 50 - 1 for total in one.totals], len(one.totals)) if one.totals else ""
    right = f"  {level_words(one.level):<{_LEVEL}} {spark:>8}"
    return Content(f"{fit(one.skill, max(8, width - len(right)))}{right}")


def _score(total: float | None, won: bool | None) -> str:
    if total is None:
        return "not scored yet"
    return f"{total:.0f} of 100, {'✓ won' if won else '✗ not won'}"


def _labelled(rows: list[tuple[str, str]], width: int) -> Iterator[Content]:
    for label, text in rows:
        if text:
            yield from hang(Content.styled(f"{label:<11}", "bold"), Content(text), width)
