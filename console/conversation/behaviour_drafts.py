"""Draft behaviours made from what people ask again and again, as a fold of their events."""

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.conversation import events as e
from console.conversation.behaviour_draft_events import (
    BehaviourApproved,
    BehaviourDrafted,
    BehaviourEdited,
    BehaviourRejected,
    BehaviourReopened,
    Tried,
)
from console.conversation.drafts import DraftStatus


@dataclass(frozen=True, slots=True)
class BehaviourDraft:
    """A draft behaviour; no conversation is worked by it, and only designers and admins can publish it."""

    id: str
    intent: str
    text: str
    question: str
    by_name: str
    at: datetime
    seq: int
    tried: Tried
    status: DraftStatus = DraftStatus.OPEN
    decided_by: str = ""
    reason: str = ""
    file: str = ""
    digest: str = ""


def apply(drafts: MutableMapping[str, BehaviourDraft], event: e.Event) -> None:
    """Take an event into the drafts by id; one that is no draft's, or was taken in already, changes nothing."""
    data = event.data
    if isinstance(data, BehaviourDrafted):
        made = BehaviourDraft(
            data.draft, data.intent, data.text, data.question, data.name, event.at, event.seq, data.tried
        )
        drafts.setdefault(data.draft, made)
        return
    known = drafts.get(getattr(data, "draft", ""))
    if known is None or event.seq <= known.seq:
        return
    match data:
        case BehaviourEdited(text=text, tried=tried):
            known = replace(known, text=text, tried=tried)
        case BehaviourApproved(file=file, digest=digest, name=name):
            known = replace(known, status=DraftStatus.APPROVED, file=file, digest=digest, decided_by=name)
        case BehaviourRejected(reason=reason, name=name):
            known = replace(known, status=DraftStatus.REJECTED, reason=reason, decided_by=name)
        case BehaviourReopened():
            known = replace(known, status=DraftStatus.OPEN, file="", digest="", reason="", decided_by="")
        case _:
            return
    drafts[known.id] = replace(known, seq=event.seq)
