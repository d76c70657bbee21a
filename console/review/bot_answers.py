"""What people made of the bot's answers: a fold of events."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from textwrap import wrap
from typing import Any, ClassVar, Final

from console.conversation import events as e
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import BotAnswerMarked
from console.conversation.message import Author
from console.text import shorten

LISTED: Final = 50
"""Wrong answers that a report lists, the newest."""

SHOWN: Final = 200
"""Characters of an answer in the list."""

Read = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where there is none, or it was erased."""


class BotAnswers:
    """The bot's answers so far, and the mark that stands on each: where they stand in the log, not what they say."""

    KINDS: ClassVar[tuple[str, ...]] = ("message-added", "bot-answer-marked")

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._messages: Counter[str] = Counter()
        self._answers: dict[tuple[str, str], int] = {}
        self._marks: dict[tuple[str, str], tuple[str, int]] = {}
        """The verdict, and the number of the event."""

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        match event.data:
            case e.MessageAdded(role=role):
                self._messages[event.conversation] += 1
                if role is Author.BOT:
                    self._answers[event.conversation, f"m{self._messages[event.conversation]}"] = event.seq
            case BotAnswerMarked(message=message, verdict=verdict):
                self._marks.pop((event.conversation, message), None)  # so that the newest stands last
                if verdict:
                    self._marks[event.conversation, message] = verdict.value, event.seq
            case _:
                pass

    def figures(self, read: Read) -> dict[str, Any]:
        """Return how many answers there were and were marked; ``to_review`` lists the wrong ones, the newest first."""
        verdicts = Counter(verdict for verdict, _ in self._marks.values())
        wrong = [(*place, seq) for place, (verdict, seq) in self._marks.items() if verdict == Verdict.WRONG.value]
        return {
            "answers": len(self._answers),
            "right": verdicts[Verdict.RIGHT.value],
            "wrong": verdicts[Verdict.WRONG.value],
            "to_review": [self._told(*one, read) for one in reversed(wrong[-LISTED:])],
        }

    def _told(self, conversation: str, message: str, marked: int, read: Read) -> dict[str, str]:
        said = read(self._answers.get((conversation, message), 0), conversation)
        mark = read(marked, conversation)
        text = said.data.text if said is not None and isinstance(said.data, e.MessageAdded) else ""
        data = mark.data if mark is not None else None
        reason, by = (data.reason, data.by) if isinstance(data, BotAnswerMarked) else ("", "")
        place = {"conversation": conversation, "message": message}
        return place | {"text": shorten(text, SHOWN), "reason": reason, "by": by}


def counted(figures: Mapping[str, Any]) -> str:
    """Return the counts in a line."""
    return (
        f"Answers of the bot, the whole log: {figures['answers']:,}; people marked {figures['right']} right, "
        f"{figures['wrong']} wrong."
    )


def lines_of(figures: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the counts, and each wrong answer with what is wrong; nothing where the bot has said nothing."""
    if figures["answers"]:
        yield counted(figures)
    for wrong in figures["to_review"]:
        where = f"{wrong['conversation']} {wrong['message']}"
        said = f"✗ {where}: “{wrong['text']}” – {wrong['reason']} ({wrong['by']})"
        yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")
