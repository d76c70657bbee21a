"""From the controller's state to what each part of the screen shows. Pure reading; nothing is changed here."""

from datetime import UTC, date, datetime

from console.conversation.assistance import Decision, Flag, Severity
from console.conversation.corrections import removed
from console.conversation.goodbyes import owed
from console.conversation.message import Author, Layer, Status
from console.conversation.state import Approval, Conversation
from console.terminal.controller import Controller
from console.terminal.draft import approval_of, open_approval, to_do_first
from console.terminal.shelf import answered_since, place_of
from console.terminal.widgets.assist import AssistView
from console.terminal.widgets.composer import ComposerView
from console.terminal.widgets.inbox import InboxView
from console.terminal.widgets.reply_strip import StripView
from console.terminal.widgets.suggestions_panel import SuggestionsView
from console.terminal.widgets.top_bar import TopBarView
from console.terminal.widgets.whisper_line import WhisperView
from console.terminal.words import clock, waited

HUMAN_ONLY = "Human only: the second chair is silent here. Look-up by hand: Alt+K. A lead can let it in: Ctrl+O"
HIDDEN = "Hidden for this conversation: Alt+H shows it again"
HELD_OUT = "No second chair in this conversation, to measure what it is worth: Alt+H asks for it"
UNASSISTED = "This session is practised without assistance. Look-up by hand: Alt+K"
ALL_DISMISSED = "You dismissed all replies for this message; Alt+1 takes the first all the same."

_GRAVITY = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def top_bar(controller: Controller, view: str) -> TopBarView:
    """Return what the top line shows; ``view`` is the part that the narrow screen shows."""
    state = controller.state
    me = state.me
    presence = state.presences.get(state.agent) or (me.presence if me else None)
    role = f" ({me.agent.role.value})" if me and me.agent.role.value != "agent" else ""
    return TopBarView(
        connection=controller.connection,
        desk=me.desk if me else "",
        agent=f"{me.agent.name}{role}" if me else "",
        presence=("on break" if presence.value == "break" else presence.value) if presence else "",
        unread=sum(state.unread.values()),
        waiting=len(state.waiting()),
        flags=len(flags(controller)),
        approvals=state.approvals() if controller.leads else 0,
        view=view,
        to_do=len(state.follow_ups),
        late=sum(one.due_by(_today(controller)) for one in state.follow_ups),
        practising=controller.practising,
        to_practise=len(state.to_practise),
        practise_late=sum(one.due_by(_today(controller)) for one in state.to_practise),
    )


def _today(controller: Controller) -> date:
    """Return the day at this desk, here."""
    return (datetime.now(UTC) + controller.state.ahead).astimezone().date()


def nobody_new(controller: Controller, now: datetime) -> str:
    """Return what to say when nobody waits to be taken: who of the agent's own has waited longest, if anybody has."""
    owed = [(row.waiting_since, row.name) for row in controller.state.mine() if row.waiting_since is not None]
    if not owed:
        return "Nobody waits."
    moment, name = min(owed)
    return f"Nobody new waits. {name or 'A visitor'} has waited {waited(moment, now)} for you."


def watches(controller: Controller) -> bool:
    """Return whether they may watch a colleague's conversation: leads, and where people practise trainers, too."""
    return controller.leads or (controller.practising and controller.reviews)


def inbox(controller: Controller) -> InboxView:
    """Return the groups of the inbox."""
    state = controller.state
    groups = [("Mine", state.mine()), ("Asked of you", state.asked())]
    groups += [("Waiting", state.waiting()), ("Parked", state.parked())]
    if watches(controller):
        groups.append(("With others", state.others()))
    return InboxView(
        tuple((title, tuple(rows)) for title, rows in groups),
        state.current,
        tuple(state.unread.items()),
        controller.was_live,
        tuple(row.id for row in (*state.mine(), *state.parked()) if controller.unsent(row.id)),
        state.me.targets if state.me else None,
        state.ahead,
        state.agent,
        frozenset(whisper.conversation for whisper in controller.queueing.whispers.standing),
    )


def whisper(controller: Controller) -> WhisperView:
    """Return the oldest whisper that the agent has not seen; an empty view where there is none."""
    whispers = controller.queueing.whispers
    standing = whispers.standing
    if not standing:
        return WhisperView()
    first = standing[0]
    return WhisperView(first.name, whispers.customer(first.conversation), first.text, clock(first.at), len(standing))


def flags(controller: Controller) -> tuple[Flag, ...]:
    """Return the standing flags of the conversation on the screen, the gravest first."""
    conversation = controller.conversation
    if conversation is None:
        return ()
    return tuple(sorted(conversation.flags.values(), key=lambda f: _GRAVITY[f.severity]))


def assist(controller: Controller) -> AssistView:
    """Return what the second chair says."""
    conversation = controller.conversation
    if conversation is None:
        return AssistView(suggestions=SuggestionsView(remark="Open a conversation."), damage=controller.damage)
    dark = _silence(conversation)
    last = conversation.last_customer_message
    read = last is None or place_of(conversation.suggested_for) >= place_of(last.id)  # or the bot's words behind them
    working = not read and not conversation.withheld
    remark = "Reading the newest message …" if working else "No reply fits what is known."
    if conversation.messages and conversation.messages[-1].role is Author.AGENT:
        remark = "Answered. New replies come with the customer's next message."
    if conversation.status is Status.CLOSED:
        remark = "Closed: no replies are offered. Alt+Z reopens it."
    withheld = conversation.withheld and (controller.progress or conversation.withheld)
    return AssistView(
        summary=conversation.summary,
        removed=removed(conversation.corrections),
        me=controller.state.me.agent.name if controller.state.me else "",
        suggestions=SuggestionsView(
            controller.shelf,
            _decisions(controller, conversation),
            dict(conversation.ratings),
            last.id if last else "",
            withheld or remark,
            controller.mine,
            controller.state.writing.get(conversation.id),
            conversation.fewer,
            None if dark or withheld else conversation.next_step,
        ),
        knowledge=conversation.knowledge,
        flags=flags(controller),
        moods=tuple(conversation.moods.values()),
        dark=dark,
        back={HIDDEN: "Show again", HELD_OUT: "Ask for it"}.get(dark, ""),
        withheld="" if dark else withheld,
        damage=controller.damage,
    )


def _silence(conversation: Conversation) -> str:
    """Return why the second chair is silent by somebody's will; empty where it is not."""
    if conversation.layer is Layer.HUMAN_ONLY:
        return HUMAN_ONLY
    if conversation.unassisted:
        return UNASSISTED
    if conversation.held_out:
        return HELD_OUT
    return HIDDEN if conversation.hidden else ""


def _decisions(controller: Controller, conversation: Conversation) -> dict[str, Decision]:
    """Return what became of each suggestion.

    One that stands in the draft is not ignored, though newer ones came, nor one that is offered again.
    """
    alive = {controller.composing.draft.suggestion, *(reply.id for reply in conversation.suggestions)}
    decided = conversation.decisions.items()
    return {name: decision for name, decision in decided if decision is not Decision.IGNORED or name not in alive}


def first_keys(controller: Controller) -> tuple[str, ...]:
    """Return what is told where no conversation is open: the keys to begin with, of who is at this console."""
    if controller.trains:
        return (
            "Ctrl+P  Practise: play a scenario",
            "        Practice sessions: assign, follow, score",
            "Alt+/   closed chats by quality, what was escalated",
            "F1      all keys",
        )
    review = ("Alt+/   review: are the suggestions any good?",) if controller.leads else ()
    return ("F2      choose one in the inbox", "Alt+W   take who is next for you", *review, "F1      all keys")


def strip(controller: Controller) -> StripView:
    """Return the narrow screen's glance."""
    conversation = controller.conversation
    if conversation is None:
        keys = "Ctrl+P has practice." if controller.trains else "F2 inbox, Alt+W takes who is next for you."
        return StripView(remark=f"No conversation open: {keys}")
    view = assist(controller)
    shown = controller.shelf.shown
    usable = [place for place, s in enumerate(shown) if conversation.decisions.get(s.id) is not Decision.DISMISSED]
    if answered_since(conversation, controller.shelf.turn):
        shown, usable = (), []  # they stay beside to be rated; a glance has nothing to take
    return StripView(
        suggestion=shown[usable[0]] if usable else None,
        place=usable[0] if usable else 0,
        more=max(0, len(usable) - 1),
        flag=view.flags[0] if view.flags else None,
        mood=view.moods[-1] if view.moods else None,
        remark=view.dark or (ALL_DISMISSED if shown and not usable else view.suggestions.remark),
        newer=controller.shelf.waiting,
        mine=controller.mine,
        writing=view.suggestions.writing is not None and not view.suggestions.writing.over,
    )


def composer(controller: Controller) -> ComposerView:
    """Return what stands around the draft."""
    conversation, draft = controller.conversation, controller.composing.draft
    if conversation is None:
        return ComposerView(live=controller.connection.live)
    agent, version = controller.state.agent, controller.rewriting.version
    exact = approval_of(conversation, draft.text, agent) if draft.text.strip() else None
    approval = exact or open_approval(conversation, agent)
    if approval and approval.approved and _went_out(controller, approval.text):
        approval = None
    return ComposerView(
        flags=() if exact and exact.approved else draft.flags,
        overtaken=controller.composing.overtaken(),
        approval=approval,
        same_text=exact is not None,
        sending=bool(draft.sending),
        live=controller.connection.live,
        barred=why_not_send(controller),
        origin=_origin(controller),
        customer=conversation.customer.called or conversation.customer.shown,
        to_do=to_do_first(conversation, draft),
        rewrite=version,
        rewrite_of_another=version is not None and version.draft != draft.text.strip(),
    )


def why_not_send(controller: Controller) -> str:
    """Return why what is written cannot go out as the conversation stands, and what to do; empty when it can."""
    conversation = controller.conversation
    if conversation is None:
        return "no conversation is open"
    if conversation.status is Status.CLOSED:
        return "this is closed, Alt+Z reopens it"
    if controller.mine:
        return ""
    if conversation.agent:
        return f"{conversation.agent_name or 'a colleague'} has this conversation"
    return "claim the conversation first (Alt+C)"


def why_not_correct(controller: Controller) -> str:
    """Return why the summary on the screen cannot be put right, and what to do; empty when it can."""
    why = why_not_send(controller)
    conversation = controller.conversation
    return "" if controller.leads and conversation and conversation.status is not Status.CLOSED else why


def refused(controller: Controller, text: str) -> Approval | None:
    """Return a lead's no to exactly this text; ``None`` where there is none, or a later yes."""
    conversation = controller.conversation
    asked = approval_of(conversation, text, controller.state.agent) if conversation else None
    return asked if asked and asked.approved is False else None


def unfinished(controller: Controller) -> str:
    """Return what would be left open if the conversation on the screen were closed now; empty when nothing would."""
    conversation = controller.conversation
    said: list[str] = []
    asked = owed(conversation.messages) if conversation else None
    if conversation and asked:
        customer = conversation.customer.called or conversation.customer.shown
        said.append(f"⚠ {customer} wrote {asked.id} and has no answer yet.")
    if controller.composing.draft.text.strip():
        said.append("⚠ A draft is not sent.")
    return " ".join(said)


def _went_out(controller: Controller, text: str) -> bool:
    conversation = controller.conversation
    wanted = text.strip()
    messages = conversation.messages if conversation else []
    return any(m.role is Author.AGENT and m.text.strip() == wanted for m in messages)


def _origin(controller: Controller) -> str:
    draft, conversation = controller.composing.draft, controller.conversation
    if not draft.text.strip() and not draft.suggestion:
        return ""
    offered = conversation.offered.get(draft.suggestion) if conversation else None
    if offered is None:
        return "draft kept" if not draft.dirty else "draft"
    if draft.text.strip() == offered.text.strip():
        return "suggested reply, as it is"
    return (
        "own words, instead of a suggested reply"
        if not draft.text.startswith(offered.text[:12])
        else "suggested reply, edited"
    )
