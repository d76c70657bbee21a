"""Text with the sentences marked that no source says: by a sign with its words, not by colour alone."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from console.conversation.assistance import Suggestion, Support

UNSAID: Final = " ⚠\u00a0no\u00a0source"


def marked(text: str, unsupported: Sequence[str]) -> Content:
    """Return ``text``; each sentence of ``unsupported`` is underlined, and a mark in words stands behind it."""
    parts: list[Content | str] = []
    done = 0
    for sentence in unsupported:
        start = text.find(sentence, done)
        if start >= 0:
            end = start + len(sentence)
            parts += [text[done:start], Content.styled(sentence, "underline"), Content.styled(UNSAID, "$text-warning")]
            done = end
    return Content.assemble(*parts, text[done:])


def marked_reply(suggestion: Suggestion) -> Content:
    """Return a reply's text, marked where only a part of it is supported: where none is, the line below says so."""
    return marked(suggestion.text, () if suggestion.support is Support.NONE else suggestion.unsupported)
