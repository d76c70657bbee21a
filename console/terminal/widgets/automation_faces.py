"""How matters and draft behaviours read. Pure."""

from typing import Final

from textual.content import Content

from console.conversation.automation import Automation, Covered, Matter, Sample
from console.conversation.behaviour_draft_events import Tried
from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.drafts import DraftStatus
from console.conversation.upkeep import bracketed
from console.terminal.hanging import fit, hang, stack
from console.terminal.words import moment

_WEEKLY: Final = 7
_ROUTINE: Final = 13
_COVERED: Final = 8

_COVERED_SAID: Final = {
    Covered.FULL: "A behaviour lets the bot work eight of ten and more of these already: look why people got them.",
    Covered.PARTLY: "A behaviour knows these, or the bot works some of them.",
    Covered.NONE: "No behaviour knows these.",
}


def shortened(text: str, width: int) -> str:
    """Return ``text`` cut to ``width`` cells."""
    return fit(text, width).rstrip()


def matters_head(title: str, width: int) -> Content:
    """Return the names of the columns."""
    numbers = f"{'a week':>{_WEEKLY}}{'routine':>{_ROUTINE}}{'bot':>{_COVERED}}"
    return Content.assemble((fit(title, _room(width)), "bold $text-primary"), (numbers, "$text-muted"))


def matter_face(matter: Matter, width: int) -> Content:
    """Return a matter as a line of the table."""
    style = "bold" if matter.worth else "$text-muted" if matter.reserved else ""
    routine = "for people" if matter.reserved else matter.routine_words
    return Content.assemble(
        (fit(bracketed(matter.question), _room(width)), style),
        (f"{matter.weekly:>{_WEEKLY}.1f}", "$text-muted"),
        (f"{routine:>{_ROUTINE}}", style),
        (f"{matter.covered.value:>{_COVERED}}", "$text-muted"),
    )


def matter_detail(matter: Matter, found: Automation, width: int) -> Content:
    """Return everything of a matter."""
    lines = hang(Content(""), Content.styled(bracketed(matter.question), "bold $text-primary"), width, most=3)
    said = (
        f"{matter.conversations:,} of {found.conversations:,} conversations, {matter.share.words}, "
        f"{matter.weekly:.1f} a week; {matter.by_bot} of them the bot has worked to the end."
    )
    lines += hang(Content(""), Content(said), width)
    if matter.reserved:
        said = "Most of it is for people alone, or much is at stake: nothing is drafted for the bot."
        return stack([*lines, *hang(Content(""), Content.styled(said, "$text-warning"), width)])
    bar = _bar(matter, width)
    said = f"Routine, of {matter.routine.of} that people worked: {matter.routine_words}"
    lines += [*hang(Content(""), Content.styled(said, "bold"), width), *([bar] if bar else [])]
    lines += hang(Content(""), Content.styled(_COVERED_SAID[matter.covered], "$text-muted"), width)
    if matter.intent:
        lines += hang(Content("routed to "), Content.styled(matter.intent, "$text-accent"), width)
    for answer in matter.answers:
        lines += hang(Content(f"{answer.conversations:>4}  "), Content(answer.source), width)
    return stack([*lines, Content(""), *(sample_face(one, width) for one in matter.samples[:3])])


def sample_face(sample: Sample, width: int) -> Content:
    """Return a conversation in two lines."""
    said = "routine" if sample.routine else sample.why or "no routine"
    return _two_lines(sample, said, width)


def wrong_face(sample: Sample, width: int) -> Content:
    """Return a conversation that a draft would have taken wrongly, in two lines."""
    return _two_lines(sample, "", width)


def wrong_detail(sample: Sample, draft: BehaviourDraft, width: int) -> Content:
    """Return its question whole, and what is wrong about it."""
    said = (
        f"The bot would have worked it as {draft.intent}: it is of another matter, or one of this matter that was no "
        "routine."
    )
    lines = hang(Content(""), Content(bracketed(sample.question)), width)
    lines += [Content(""), *hang(Content(""), Content.styled(said, "$text-warning"), width)]
    return stack([*lines, *hang(Content(""), Content.styled("Enter: the transcript", "$text-muted"), width)])


def _two_lines(sample: Sample, said: str, width: int) -> Content:
    about = " · ".join(part for part in (moment(sample.at), sample.conversation, said) if part)
    return stack(
        [
            *hang(Content(""), Content(bracketed(sample.question)), width, most=1),
            *hang(Content("  "), Content.styled(about, "$text-muted"), width, most=1),
        ]
    )


def sample_detail(sample: Sample, width: int) -> Content:
    """Return a question whole."""
    said = "Routine." if sample.routine else f"No routine: {sample.why or 'it had no usual source'}."
    lines = hang(Content(""), Content(bracketed(sample.question)), width)
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def drafts_head(width: int) -> Content:
    """Return the title of the drafts."""
    return Content.styled(fit("Draft behaviours", width).rstrip(), "bold $text-primary")


def draft_face(draft: BehaviourDraft, width: int) -> Content:
    """Return a draft in two lines."""
    decided = f" by {draft.decided_by}" if draft.decided_by else ""
    standing = "waits for a designer" if draft.status is DraftStatus.OPEN else f"{draft.status.value}{decided}"
    said = Content.styled(f"{standing} · {tried_briefly(draft.tried)}", "$text-muted")
    return stack(
        [
            Content.styled(fit(f"{draft.intent}.toml", width).rstrip(), "bold"),
            *hang(Content("  "), said, width, most=2),
        ]
    )


_WHO: Final = {
    True: "A designer or an admin publishes it; it stands in their list of drafts.",
    False: "A designer or an admin can take the decision back.",
}


def draft_detail(draft: BehaviourDraft, width: int, *, publishes: bool = True) -> Content:
    """Return what a draft would have done, who can publish it where whoever reads it may not, and the file."""
    lines = hang(Content(""), Content.styled(f"{draft.intent}.toml", "bold $text-primary"), width)
    lines += hang(Content("for "), Content(bracketed(draft.question)), width, most=2)
    lines += hang(
        Content(""), Content.styled(tried_words(draft.tried), "$text-success" if draft.tried.of else ""), width
    )
    if not publishes:
        lines += hang(Content(""), Content.styled(_WHO[draft.status is DraftStatus.OPEN], "$text-warning"), width)
    if draft.reason:
        lines += hang(Content("rejected: "), Content.styled(draft.reason, "$text-warning"), width)
    text = [row for line in draft.text.split("\n") for row in hang(Content(""), Content(line), width)]
    return stack([*lines, Content(""), *text])


def tried_words(tried: Tried) -> str:
    """Return what a dry run said."""
    if not tried.of and not tried.others:
        return "not tried: its matter is another one by now"
    return (
        f"of {tried.of} of its conversations the bot would have kept {tried.caught} routine ones, and begun and "
        f"handed over {tried.handed}; wrongly taken: {tried.wrongly} of these and of {tried.others} others"
    )


def tried_briefly(tried: Tried) -> str:
    """Return the same in so few words that they stand in a row of a small screen."""
    if not tried.of and not tried.others:
        return tried_words(tried)
    return f"of {tried.of}: keeps {tried.caught}, hands over {tried.handed}; wrongly {tried.wrongly}"


def standing(found: Automation) -> str:
    """Return what could be automated at most, in a line; of a first look, what it is of and how far the rest is."""
    if found.early:
        return f"First look: newest {found.conversations:,}; rest: {found.progress} …"
    invented = ", generated" if found.generated else ""
    return (
        f"{found.weeks} weeks, {found.conversations:,} conversations{invented} · routine to win: {found.routine.words}"
    )


def _bar(matter: Matter, width: int) -> Content | None:
    """Return the routine share as a bar with its interval as a line."""
    share = matter.routine
    if share.rate is None or share.low is None or share.high is None:
        return None
    room = min(width, 40)
    full, low, high = (round(value * room) for value in (share.rate, share.low, share.high))
    plot = "".join(
        "█" if at < min(full, low) else "▓" if at < full else "─" if at < high else "·" for at in range(room)
    )
    return Content.styled(plot, "$text-accent")


def _room(width: int) -> int:
    return max(12, width - _WEEKLY - _ROUTINE - _COVERED)
