"""STAR's action labels grouped into acts, and what its agents wrote under them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from console.assist.sentences import texts
from console.practice.acts import Act
from tools.heads.material import Row, rows

LEARNED: Final = 4 / 5
"""Share of the dialogues, in the order of their ids, that is learned from; the rest is judged on."""

SENTENCE: Final = 4
"""Words from which what an agent typed is a sentence; fewer are key words to find a template by."""

GROUPS: Final[Sequence[tuple[str, tuple[Act, ...]]]] = (
    ("custom", ()),
    ("trivia_bye", (Act.GOODBYE,)),
    ("trivia_*", ()),
    ("spaceship_inform_outcome", ()),
    ("hello", (Act.GREET, Act.ASK)),
    ("anything_else", (Act.ASK_MORE,)),
    ("goodbye_*", (Act.GOODBYE,)),
    ("*_bye", (Act.GOODBYE,)),
    ("out_of_scope", (Act.NOT_UNDERSTOOD,)),
    ("*_nothing_found", (Act.REFUSE, Act.OFFER)),
    ("meeting_inform_unavailable_ask_different_time", (Act.REFUSE, Act.OFFER)),
    ("bank_inform_cannot_authenticate", (Act.REFUSE,)),
    ("*_unavailable", (Act.REFUSE,)),
    ("*_not_available", (Act.REFUSE,)),
    ("party_no_venue_available", (Act.REFUSE,)),
    ("*_failed", (Act.REFUSE,)),
    ("bank_inform_fraud_report_submitted", (Act.DONE, Act.PROMISE)),
    ("hotel_inform_service_request_successful", (Act.DONE, Act.PROMISE)),
    ("*_successful", (Act.DONE,)),
    ("*_succeeded", (Act.DONE,)),
    ("*_confirmed", (Act.DONE,)),
    ("ride_confirm_booking", (Act.DONE,)),
    ("party_confirm_rsvp", (Act.DONE,)),
    ("*_ask_confirm_booking", (Act.OFFER, Act.EXPLAIN)),
    ("*_available", (Act.OFFER, Act.EXPLAIN)),
    ("*_ask_search_more", (Act.OFFER,)),
    ("*_ask_continue_searching", (Act.OFFER,)),
    ("plane_ask_more_questions", (Act.OFFER,)),
    ("trip_inform_simple_step_ask_proceed", (Act.EXPLAIN, Act.OFFER)),
    ("trip_inform_last_step_and_done", (Act.EXPLAIN, Act.OFFER)),
    ("trip_instructions_done", (Act.EXPLAIN,)),
    ("party_inform_food_drink_criteria", (Act.ASK,)),
    ("*_ask_*", (Act.ASK,)),
    ("ask_*", (Act.ASK,)),
    ("plane_request_optional", (Act.EXPLAIN,)),
    ("*_inform_*", (Act.EXPLAIN,)),
    ("*_provide_*", (Act.EXPLAIN,)),
)
"""Labels and the acts of their templates, the main one first; the first that fits counts. None: left out."""

_GOES_ON: Final = re.compile(
    r"\?|\b(?:can i|could i|shall i|should i|would you (?:like|want)|do you (?:want|know)|could you)\b", re.IGNORECASE
)
"""Where a template says two things, how the one begins that leaves it to the customer, or asks."""
_TO_COME: Final = re.compile(r"\bwill\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What an agent wrote, and the acts of the template that they chose."""

    action: str
    text: str
    """The template as it was sent."""
    draft: str
    """What they had typed to find it: a sentence, or a key word."""
    acts: tuple[Act, ...]


def acts_of(action: str) -> tuple[Act, ...]:
    """Return the acts of a label; none where it has no counterpart."""
    return next((acts for pattern, acts in GROUPS if fnmatchcase(action, pattern)), ())


def labelled(data: Path, *, held_out: bool) -> Iterator[Labelled]:
    """Yield what agents wrote, of the dialogues that are learned from or of those that are held out."""
    dialogues = sorted(rows(data / "star" / "train.jsonl.gz"), key=lambda row: int(row["id"]))
    cut = int(len(dialogues) * LEARNED)
    for dialogue in dialogues[cut:] if held_out else dialogues[:cut]:
        yield from filter(None, map(_labelled, dialogue["events"]))


def is_sentence(text: str) -> bool:
    """Return whether what an agent typed is a sentence."""
    return len(text.split()) >= SENTENCE


def sentence_acts(text: str, acts: Sequence[Act]) -> Iterator[tuple[str, Act]]:
    """Yield the sentences of a text with the one of ``acts`` that each does."""
    for sentence in texts(text):
        yield sentence, _one_of(sentence, acts)


def _one_of(sentence: str, acts: Sequence[Act]) -> Act:
    main, *others = acts
    if Act.PROMISE in others:
        return Act.PROMISE if _TO_COME.search(sentence) else main
    if Act.OFFER in acts and others:
        other = next(act for act in acts if act is not Act.OFFER)
        return Act.OFFER if _GOES_ON.search(sentence) else other
    if Act.ASK in others:
        return Act.ASK if "help" in sentence.lower() else main
    return main


def _labelled(event: Row) -> Labelled | None:
    acts = acts_of(event.get("action") or "") if event["speaker"] == "agent" else ()
    return Labelled(event["action"], event["text"], event.get("agent_draft") or "", acts) if acts else None
