"""The last look at what the bot would say: every figure from a source, nobody else's data, no policy against it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from console.assist.flags.watch import Watch
from console.assist.guard import guard
from console.assist.replies.support import support_of
from console.assist.slots import record_of
from console.assist.talk import Talk
from console.conversation.assistance import Citation, Severity, Support
from console.conversation.message import Author, Message

_BARRED: Final = frozenset({Severity.WARN, Severity.BLOCK})


class Checker:
    """Checks by the policies that ``watch`` reads."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def may_say(self, text: str, sources: Sequence[Citation], talk: Talk, known: str = "") -> bool:
        """Return whether ``text`` is said by its sources in full and nothing stands against it.

        ``known`` is what was filled into it, a tool's answer.
        """
        if support_of(text, sources, known) is not Support.FULL:
            return False
        public = [source.passage for source in sources]
        if any(guard(text, talk, [*public, known])):
            return False
        if any(flag.severity is Severity.BLOCK for flag in self._watch.on_draft(text, record_of(talk))):
            return False
        turn = f"m{len(talk.messages) + 1}"
        said = replace(talk, messages=(Message(turn, Author.BOT, text),), raised=frozenset(), dismissed=frozenset())
        return not any(flag.severity in _BARRED for flag in self._watch.new_flags(said))
