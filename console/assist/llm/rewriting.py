"""The agent's own words in another tone or language: what the model is asked, and what becomes of its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.llm.checks import Check, Dropped, require_fit, tidy, whole_words
from console.assist.llm.figures import known_figures, unknown_figure
from console.assist.llm.ports import Prompt, Purpose
from console.assist.llm.quoting import DATA_RULE, fenced
from console.assist.llm.record import known_texts
from console.assist.redaction import Redaction
from console.assist.replies.claims import claims_a_deed
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.conversation.commands import Rewritten
from console.text import clean_line

MOST_TOKENS: Final = 700
"""A long message in a language that takes more tokens than English."""

MOST_CHARACTERS: Final = 3_000
"""Characters of a draft that can be rewritten."""

INSTRUCTION: Final = 200
"""Characters that an instruction may have."""

TONES: Final[Mapping[str, str]] = {
    "shorter": "Make it shorter: keep every fact, question and promise, drop the rest.",
    "warmer": "Make it warmer and kinder, without adding facts or promises.",
    "formal": "Make it more formal, without adding facts or promises.",
    "simpler": "Make it simpler: short sentences and common words.",
}
"""What is asked by one word."""

TASK: Final = f"""\
You rewrite a message that a human support agent is about to send to a customer. The agent reads your version beside \
their own and chooses.

{DATA_RULE}

Rules:
1. Change the wording as the agent asks, and nothing else: the same facts, figures, names, links, questions and \
promises.
2. Add no fact, figure, promise, name or link.
3. Keep the language of the message unless the agent asks for another.
Write the new message alone: no heading, no explanation, no quotation marks."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the agent asks for: a tone by its name, or free words."""

    tone: str = ""
    words: str = ""

    @property
    def instruction(self) -> str:
        """The wish as an instruction; empty where there is none."""
        return TONES.get(self.tone, "") or clean_line(self.words, INSTRUCTION)


class RewriteTask:
    """One rewrite. The draft and the instruction are the agent's, and still data and a wish, not commands.

    Not shared between threads. ``published`` and ``check`` are as for a draft; the agent's own links may stay.
    """

    def __init__(self, talk: Talk, draft: str, wish: Wish, published: Sequence[str], check: Check) -> None:
        self._talk, self._draft, self._wish, self._check = talk, draft, wish, check
        self._published = (*published, draft)
        self._redaction = Redaction.of(talk.customer, talk.messages)

    @property
    def prompt(self) -> Prompt:
        """What the model is asked; nothing in it is personal."""
        hidden = self._redaction.hidden
        material = (
            f"{fenced('the agent’s message', hidden(self._draft))}\nThe agent asks: {hidden(self._wish.instruction)}"
        )
        return Prompt(Purpose.REWRITE, TASK, material, MOST_TOKENS)

    def so_far(self, text: str) -> str | None:
        """Return what of a text that is being written may be seen; ``None`` while it may not."""
        shown = self._redaction.restored(tidy(whole_words(text)))
        try:
            require_fit(shown, self._redaction, self._published, self._check)
        except Dropped:
            return None
        return shown

    def judged(self, text: str) -> Rewritten:
        """Return the rewritten text with what the agent should look at; raises :class:`Dropped` where there is none."""
        result = self._redaction.restored(tidy(text))
        flags = require_fit(result, self._redaction, self._published, self._check)
        known = known_figures((self._draft, *known_texts(self._talk)))
        new = claims_a_deed(result) and not claims_a_deed(self._draft)
        unsupported = tuple(
            piece for piece in texts(result) if unknown_figure(piece, known) or (new and claims_a_deed(piece))
        )
        return Rewritten(result, unsupported, flags)
