"""A summary by schema: what the model is asked, and what of its answer may take the place of the embedded one."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from console.assist.flags.rules import steers
from console.assist.guard import foreign, unfilled
from console.assist.llm.checks import Dropped, tidy
from console.assist.llm.figures import known_figures, unknown_figure
from console.assist.llm.grounding import share_of_words
from console.assist.llm.ports import Prompt, Purpose
from console.assist.llm.quoting import DATA_RULE, conversation, record
from console.assist.llm.record import record_lines
from console.assist.redaction import Redaction
from console.assist.summary.build import MOST_WORDS, words
from console.assist.talk import Talk
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.summaries import together
from console.text import clean_line

MOST_TOKENS: Final = 600
"""Ninety words, and the frame of JSON around them."""

MOST_SOURCES: Final = 3
LONGEST: Final = 160
"""Characters of a line."""

FEWEST_MESSAGES: Final = 4
"""Messages from which a summary is worth a call: a shorter conversation is read as fast."""

SAID: Final = 0.34
"""Share of a line's telling words that must stand in the messages it cites: it may paraphrase, not invent."""

TASK: Final = f"""\
You summarise a support conversation for a colleague who takes over. They must know in ten seconds what happened.

{DATA_RULE}

Rules:
1. Answer with JSON alone: {{"lines": [{{"kind": …, "text": …, "sources": […]}}]}}.
2. kind is one of: issue (what went wrong), wants (what the customer wants), tried (what the bot \
or agents did), promised (what was promised, and by whom).
3. At most one issue and two lines of each other kind; each at most 15 words; 90 words in all.
4. sources are the ids of the one to three messages that the line was taken from, such as ["m3"].
5. Write nothing that the cited messages do not say. Use their words where you can."""


class _Line(BaseModel):
    """One line as it comes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["issue", "wants", "tried", "promised"]
    text: str = Field(min_length=1, max_length=2 * LONGEST)
    sources: list[str] = Field(min_length=1, max_length=MOST_SOURCES)


class _Summary(BaseModel):
    """The answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lines: list[_Line] = Field(min_length=1, max_length=12)


def schema() -> dict[str, Any]:
    """Return the JSON schema of the answer."""
    return _Summary.model_json_schema()


class SummaryTask:
    """One summary, from the question to the lines. ``embedded`` are the engine's lines. Not shared between threads."""

    def __init__(self, talk: Talk, embedded: Sequence[SummaryLine]) -> None:
        self._talk, self._embedded = talk, embedded
        self._redaction = Redaction.of(talk.customer, talk.messages)

    @property
    def prompt(self) -> Prompt:
        """What the model is asked; nothing in it is personal."""
        blocks = [record(record_lines(self._talk), self._redaction), conversation(self._talk, self._redaction)]
        material = "\n".join([*filter(None, blocks), "Summarise this conversation."])
        return Prompt(Purpose.SUMMARY, TASK, material, MOST_TOKENS, schema())

    def so_far(self, text: str) -> str | None:
        """Return nothing: half a summary is none."""
        return None

    def judged(self, text: str) -> tuple[SummaryLine, ...]:
        """Return the model's lines that hold; with the embedded engine's others they make the summary.

        Raises :class:`Dropped` where the answer does not fit the schema, nothing of it holds, or it is too long.
        """
        try:
            answer = _Summary.model_validate_json(tidy(text))
        except ValidationError as error:
            raise Dropped("the model's summary is not in the form it was asked for.") from error
        lines = [line for line in map(self._line, answer.lines) if line is not None]
        if not lines:
            raise Dropped("nothing in the model's summary holds.")
        if words(together(lines, self._embedded)) > MOST_WORDS:
            raise Dropped("the model's summary is too long.")
        return tuple(lines)

    def _line(self, line: _Line) -> SummaryLine | None:
        """Return a line that cites messages which say it; ``None`` for any other."""
        text = clean_line(self._redaction.restored(line.text), LONGEST)
        messages = {message.id: message.text for message in self._talk.messages}
        sources = tuple(dict.fromkeys(line.sources))
        if not text or steers(text) or unfilled(text) or self._redaction.unknown(text):
            return None
        if any(source not in messages for source in sources):
            return None
        cited = [messages[source] for source in sources]
        if share_of_words(text, " ".join(cited)) < SAID:
            return None
        if unknown_figure(text, known_figures((*cited, *record_lines(self._talk)))) or any(foreign(text, self._talk)):
            return None
        return SummaryLine(SummaryKind(line.kind), text, sources)
