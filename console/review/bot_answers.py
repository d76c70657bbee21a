"""What people made of the bot's answers: a fold of events."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any, Final

from console.conversation import events as e
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import BotAnswerMarked
from console.conversation.message import Author
from console.text import shorten

LISTED: Final = 50
"""Wrong answers that a report lists, the newest."""

SHOWN: Final = 200
"""Characters of an answer in the list."""


@dataclass(slots=True)
class BotAnswers:
    """The bot's answers so far, and the mark that stands on each."""

    _messages: Counter[str] = field(default_factory=Counter)
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)
    _marks: dict[tuple[str, str], BotAnswerMarked] = field(default_factory=dict)

    def apply(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        match event.data:
            case e.MessageAdded(role=role, text=text):
                self._messages[event.conversation] += 1
                if role is Author.BOT:
                    self._texts[event.conversation, f"m{self._messages[event.conversation]}"] = text
            case BotAnswerMarked(message=message) as mark:
                self._marks.pop((event.conversation, message), None)  # so that the newest stands last
                if mark.verdict:
                    self._marks[event.conversation, message] = mark
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return how many answers there were and were marked; ``to_review`` lists the wrong ones, the newest first."""
        verdicts = Counter(mark.verdict for mark in self._marks.values())
        wrong = [(place, mark) for place, mark in self._marks.items() if mark.verdict is Verdict.WRONG]
        return {
            "answers": len(self._texts),
            "right": verdicts[Verdict.RIGHT],
            "wrong": verdicts[Verdict.WRONG],
            "to_review": [
                {
                    "conversation": conversation,
                    "message": message,
                    "text": shorten(self._texts.get((conversation, message), ""), SHOWN),
                    "reason": mark.reason,
                    "by": mark.by,
                }
                for (conversation, message), mark in reversed(wrong[-LISTED:])
            ],
        }


def counted(figures: Mapping[str, Any]) -> str:
    """Return the counts in a line."""
    return (
        f"Answers of the bot: {figures['answers']}; people marked {figures['right']} right, {figures['wrong']} wrong."
    )


def lines_of(figures: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the counts, and each wrong answer with what is wrong; nothing where the bot has said nothing."""
    if figures["answers"]:
        yield counted(figures)
    for wrong in figures["to_review"]:
        where = f"{wrong['conversation']} {wrong['message']}"
        said = f"✗ {where}: “{wrong['text']}” – {wrong['reason']} ({wrong['by']})"
        yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")
