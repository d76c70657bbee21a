"""What deciding on a draft comes to, be it of an article or of a behaviour."""

from collections.abc import Iterator
from contextlib import contextmanager

from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.drafts import ArticleDraft, DraftStatus
from console.conversation.scenario_drafts import ScenarioDraft
from console.desk.errors import Refused, Taken
from console.desk.library import Unpublishable
from console.text import clean


def require_open(draft: ArticleDraft | BehaviourDraft | ScenarioDraft, seen: int) -> None:
    """Raise :class:`Refused` for a draft that is decided on, :class:`Taken` for one that was changed after ``seen``."""
    if draft.status is not DraftStatus.OPEN:
        raise Refused(f"this draft is {draft.status} already; take the decision back first")
    if draft.seq != seen:
        raise Taken("somebody has changed this draft meanwhile; read it again")


def reason_of(text: str) -> str:
    """Return the reason for a rejection, cleaned; raises :class:`Refused` where there is none."""
    reason = clean(text, 500)
    if not reason.strip():
        raise Refused("write why, so that whoever drafted it knows")
    return reason


@contextmanager
def shelving(failed: str) -> Iterator[None]:
    """Raise :class:`Refused` for what a shelf raises; ``failed`` says what a disk that fails did not let happen."""
    try:
        yield
    except Unpublishable as why:
        raise Refused(str(why)) from why
    except OSError as error:
        raise Refused(f"{failed} ({error.strerror or error})") from error
