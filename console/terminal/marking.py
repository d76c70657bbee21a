"""A suggested reply with the sentences marked that no source says: by a sign with its words, not by colour alone."""

from typing import Final

from textual.content import Content

from console.conversation.assistance import Suggestion, Support

UNSAID: Final = " ⚠\u00a0no\u00a0source"


def marked(suggestion: Suggestion) -> Content:
    """Return the reply's text, where only a part of it is supported with every other sentence underlined and marked."""
    text = suggestion.text
    if suggestion.support is Support.NONE:
        return Content(text)  # all of it, and the line below says so
    parts: list[Content | str] = []
    done = 0
    for sentence in suggestion.unsupported:
        start = text.find(sentence, done)
        if start >= 0:
            end = start + len(sentence)
            parts += [text[done:start], Content.styled(sentence, "underline"), Content.styled(UNSAID, "$text-warning")]
            done = end
    return Content.assemble(*parts, text[done:])
