"""The stream of an OpenAI-compatible server, read defensively, byte by byte. Pure."""

import json
from typing import Any, Final

from console.assist.llm.ports import ModelTrouble, Trouble

MOST_BYTES: Final = 1_000_000
"""Bytes of one answer that are read: hundreds of times what a reply needs, with the frame of each token around it."""

MOST_CHARACTERS: Final = 20_000
"""Characters of text that an answer may have; as many as a message."""

LONGEST_LINE: Final = 65_536
"""Bytes of one line of the stream; a token's frame has some hundreds."""

_ENDED: Final = "[DONE]"


class Answer:
    """Takes in the bytes of a stream of chat completions; holds what is known of the answer so far.

    Server-sent events of any line ending are read, and a single JSON object, which servers send that do not stream.
    Raises :class:`ModelTrouble` at the first thing that is not as it should be.
    """

    def __init__(self) -> None:
        self.text = ""
        self.tokens_in = 0
        self.tokens_out = 0
        self.finished = False
        """Whether the server said that the answer is whole."""
        self.ended = False
        """Whether it said that nothing more comes."""
        self._bytes = 0
        self._rest = b""

    def feed(self, data: bytes) -> bool:
        """Take in more bytes; return whether there is more text now."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise ModelTrouble(Trouble.CUT, f"more than {MOST_BYTES:,} bytes came")
        before = len(self.text)
        *lines, self._rest = (self._rest + data).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            raise ModelTrouble(Trouble.GARBLED, f"a line of more than {LONGEST_LINE:,} bytes came")
        for line in lines:
            self._line(line)
        return len(self.text) > before

    def end(self) -> None:
        """Take in that nothing more comes; raises where the answer is not whole."""
        self._line(self._rest)
        self._rest = b""
        if not self.finished:
            raise ModelTrouble(Trouble.CUT, "the answer broke off")

    def _line(self, line: bytes) -> None:
        if not line.startswith(b"data:"):
            return  # comments, names of events, blank lines between them
        try:
            said = line[5:].strip().decode()
            if said == _ENDED:
                self.finished = self.ended = True
                return
            self.take(json.loads(said))
        except (ValueError, RecursionError) as error:  # of the bytes as text, and of the text as JSON
            raise ModelTrouble(Trouble.GARBLED, "a line of the stream is not JSON") from error

    def take(self, chunk: Any) -> None:  # noqa: ANN401 - JSON is any of its types
        """Take in one object: a piece of the answer, or all of it."""
        if not isinstance(chunk, dict):
            raise ModelTrouble(Trouble.GARBLED, "a piece of the answer is not an object")
        if chunk.get("error"):
            raise ModelTrouble(Trouble.FAILED, "the server reported an error instead of an answer")
        usage = chunk.get("usage")
        if isinstance(usage, dict):
            self.tokens_in, self.tokens_out = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
        choices = chunk.get("choices")
        if not isinstance(choices, list):
            raise ModelTrouble(Trouble.GARBLED, "a piece of the answer has no choices")
        for choice in choices[:1]:
            self._choice(choice)

    def _choice(self, choice: Any) -> None:  # noqa: ANN401
        if not isinstance(choice, dict):
            raise ModelTrouble(Trouble.GARBLED, "a choice is not an object")
        piece = choice.get("delta") or choice.get("message") or {}
        content = piece.get("content") if isinstance(piece, dict) else 0
        if content is not None and not isinstance(content, str):
            raise ModelTrouble(Trouble.GARBLED, "the text of a piece is not text")
        if content and len(self.text) + len(content) > MOST_CHARACTERS:
            raise ModelTrouble(Trouble.CUT, f"more than {MOST_CHARACTERS:,} characters came")
        self.text += content or ""
        match choice.get("finish_reason"):
            case None:
                pass
            case "stop":
                self.finished = True
            case _:  # length, content_filter, a tool that nobody offered: half a text at best
                raise ModelTrouble(Trouble.CUT, "the server ended the answer before its end")


def _count(usage: dict[str, Any], name: str) -> int:
    count = usage.get(name)
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 10**9 else 0
