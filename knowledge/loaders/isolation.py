"""Parsing in a process of its own, so that a hostile file can neither hang a program nor eat its memory.

One process is used for document after document; it is started with the first, and again after it had to be killed.
It gets next to nothing of the environment, where passwords may stand.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event, Timer
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

SECONDS = 60.0
"""Longest time for one document; a manual of a thousand pages takes half of it."""

_LEAVING_SECONDS = 2.0
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMPDIR")

Item = TypeVar("Item")


class Stopped(Exception):
    """A document took more time or memory than it may, or ended the process; the message is the reason."""


class Isolation:
    """A process to parse in, for one thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds` is the longest time for one document. Nothing is started before it is needed."""
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(
        self,
        function: Callable[[BinaryIO, str], Iterator[Item]],
        content: Path | bytes,
        name: str,
        kinds: Sequence[type[Any]],
    ) -> list[Item]:
        """What a function of a module yields for a file or for bytes; `kinds` are the dataclasses that it may yield.

        Raises ValueError with the reason where the document cannot be parsed, Stopped where it had to be stopped.
        """
        request: dict[str, object] = {"call": f"{function.__module__}:{function.__qualname__}", "name": name}
        request |= {"path": str(content.absolute())} if isinstance(content, Path) else {"size": len(content)}
        answer = self._ask(request | {"seconds": self._seconds}, b"" if isinstance(content, Path) else content)
        if "reason" in answer:
            raise ValueError(answer["reason"])
        if "items" not in answer:
            # Python gives memory back late or never; the next document gets a fresh process.
            self._kill()
            raise Stopped("takes too much memory to read; save it again, or in parts")
        named = {kind.__name__: kind for kind in kinds}
        return [named[kind](**_tuples(fields)) for kind, fields in answer["items"]]

    def close(self) -> None:
        """Let the process end."""
        if process := self._process:
            self._process = None
            try:
                process.communicate(timeout=_LEAVING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()

    def _ask(self, request: Mapping[str, object], data: bytes) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        late = Event()
        timer = Timer(self._seconds, _stop, (process, late))
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if line.endswith(b"\n") and not late.is_set():
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._kill()
        if late.is_set():
            raise Stopped(f"takes more than {self._seconds:g} seconds to read; save it again, or in parts")
        raise Stopped("cannot be read: it ended the process that parses it")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            environment["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "knowledge.loaders.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process

    def _kill(self) -> None:
        if process := self._process:
            process.kill()
        self.close()


def _stop(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as they were before JSON, which has no tuples; none of ours is a list."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
