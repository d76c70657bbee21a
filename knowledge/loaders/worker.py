"""The other side of `isolation`: a process that parses one document after another and may be killed at any moment.

A request is a line of JSON, {"call": "module:function", "name", "seconds"} with "path", or with "size" and then so many
bytes of data. The answer is a line of JSON: {"items": [[kind, fields], …]}, {"reason": …} or {"memory": true}.
"""

import json
import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

_MEMORY_BYTES = 1024**3
"""Address space of the process; a manual of a hundred pages takes a sixth of it, libraries included."""


def main() -> None:
    """Answer requests until the asking process closes its end."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not come between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the asking process, which then closes its end
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"]) if "size" in request else None
        _bound(request["seconds"])
        answers.write(json.dumps(_answer(request, data)).encode() + b"\n")
        answers.flush()


def _answer(request: dict[str, Any], data: bytes | None) -> dict[str, Any]:
    try:
        with Path(request["path"]).open("rb") if data is None else BytesIO(data) as file:
            return {"items": _items(request["call"], file, request["name"])}
    except ValueError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"memory": True}
    except OSError as error:
        return {"reason": f"cannot be read ({error.strerror or error})"}
    except Exception as error:
        return {"reason": f"cannot be parsed ({type(error).__name__})"}


def _items(call: str, file: BinaryIO, name: str) -> list[list[Any]]:
    module, _, function = call.partition(":")
    parse = getattr(import_module(module), function)
    return [[type(item).__name__, asdict(item)] for item in parse(file, name)]


def _bound(seconds: float) -> None:
    """Limit memory, and the processor time of this one document, should nobody be left to stop it."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits; a lower one may be set already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
