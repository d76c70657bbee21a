"""What may be wrong with authored or imported content; the message names the file and the line."""

from collections.abc import Sequence
from pathlib import Path


class ContentError(Exception):
    """Content that cannot be used: ``file:line: what is wrong; what to do``."""

    def __init__(self, path: Path | str, problem: str, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path, self.line, self.problem = str(path), line, problem

    @classmethod
    def from_line(cls, message: str) -> "ContentError":
        """Return the error for finished ``file:line: problem`` lines."""
        lines = message.split("\n")
        errors = [cls("", "") for _ in lines]
        for error, line in zip(errors, lines, strict=True):
            error.args = (line,)
        return errors[0] if len(errors) == 1 else ContentFaults(errors)

    @property
    def each(self) -> "Sequence[ContentError]":
        """The errors that this one consists of, itself where it is one."""
        return (self,)


class ContentFaults(ContentError):
    """Everything that is wrong with a set of content, one line each."""

    def __init__(self, faults: Sequence[ContentError]) -> None:
        first = faults[0]
        super().__init__(first.path, first.problem, first.line)
        self.args = ("\n".join(map(str, faults)),)
        self._faults = tuple(one for fault in faults for one in fault.each)

    @property
    def each(self) -> Sequence[ContentError]:
        """The errors that this one consists of."""
        return self._faults
