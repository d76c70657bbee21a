"""The unsent text of a conversation and what belongs to it. Pure."""

import uuid
from dataclasses import dataclass, field

from console.conversation.assistance import Flag
from console.conversation.deeds import deeds_claimed
from console.conversation.state import Approval, Conversation


@dataclass(slots=True)
class Draft:
    """What stands in the composer for one conversation."""

    text: str = ""
    suggestion: str = ""
    """The suggestion it was taken from, or that it overrides; the desk judges which when the text is sent."""
    began_at: str = ""
    """The customer's newest message when the first word was written."""
    read_up_to: str = ""
    """A newer message that the agent has acknowledged since."""
    saved: str = ""
    """The text as the desk has it."""
    flags: tuple[Flag, ...] = ()
    """What the desk said on the text when it was last checked."""
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Makes sending again safe: the desk sends one key once."""
    sending: str = ""
    """The text that is on its way to the desk."""
    seen_out: bool = False
    """Whether the log showed that text before the desk's answer came."""
    attempted: str = ""
    """A text that was sent without learning what became of it: the connection broke."""

    def write(self, text: str, newest: str) -> None:
        """Take in the text as it stands; ``newest`` is the customer's newest message."""
        if text == self.text:
            return
        if not self.text.strip():
            self.began_at, self.read_up_to = newest, ""
        self.text = text
        self.key = uuid.uuid4().hex
        if not text.strip():
            self.suggestion, self.began_at, self.flags = "", "", ()

    def sent(self, text: str) -> str:
        """Return what is left to write after ``text`` went out, and make it the draft."""
        left = self.text.removeprefix(text).lstrip() if self.text.startswith(text) else self.text
        self.text, self.key = left, uuid.uuid4().hex
        self.suggestion, self.began_at, self.read_up_to, self.flags, self.sending = "", "", "", (), ""
        self.attempted, self.seen_out = "", False
        return left

    def overtaken_by(self, newest: str) -> str:
        """Return the message to read first, or nothing when the draft answers the newest one."""
        if not self.text.strip() or not newest or newest in (self.began_at, self.read_up_to):
            return ""
        return newest

    @property
    def dirty(self) -> bool:
        """Whether the desk does not have this text yet."""
        return self.text != self.saved


def approval_of(conversation: Conversation, text: str, agent: str) -> Approval | None:
    """Return the newest approval this agent asked for exactly this text and has not sent it with."""
    wanted = text.strip()
    mine = (a for a in reversed(conversation.approvals.values()) if a.agent == agent and not a.used)
    return next((a for a in mine if a.text.strip() == wanted), None)


def open_approval(conversation: Conversation, agent: str) -> Approval | None:
    """Return the agent's newest approval that is undecided, or granted and not used, whatever the text now."""
    mine = (a for a in reversed(conversation.approvals.values()) if a.agent == agent and not a.used)
    return next((a for a in mine if a.approved is not False), None)


def to_do_first(conversation: Conversation, draft: Draft) -> tuple[str, ...]:
    """Return the sentences that say of something that it has been done, which a suggested reply brought in.

    What the agent says in words of their own is theirs to know. A reply is known again by its sentence, too: a draft
    that was kept overnight does not name the suggestion it was taken from.
    """
    said = deeds_claimed(draft.text)
    if not said:
        return ()
    offered = conversation.offered
    taken = offered.get(draft.suggestion)
    if taken is not None and taken.claims:
        return said
    suggested = {sentence for reply in offered.values() if reply.claims for sentence in deeds_claimed(reply.text)}
    return tuple(sentence for sentence in said if sentence in suggested)
