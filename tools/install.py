"""Install with pip and say how far it is: a plain line a package, and what takes long.

Run with the Python to install into, arguments as for ``pip install``. Ends with pip's exit code; what pip complains of
is shown as it is.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

_PIP: Final = ("-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off")
_SIZE: Final = re.compile(r"\((\d+(?:\.\d+)? [MG]B)\)")
_LARGE: Final = 20.0
"""Megabytes from which a download is named."""
_NOISE: Final = "does not provide the extra"
"""An older pip does not know ``html_clean`` and ``html-clean`` for the same; the package is installed all the same."""


def shown(line: str, number: int) -> str:
    """Return what to show of a line of pip's, given the ``number`` of packages up to it; empty for nothing."""
    words = line.split()
    if not words or _NOISE in line:
        return ""
    if words[0] == "Collecting" and len(words) > 1:
        return f"  {number:3} {words[1]}"
    if words[0] == "Downloading":
        size = _SIZE.search(line)
        return f"      downloading {size.group(1)} …" if size and _megabytes(size.group(1)) >= _LARGE else ""
    if line.startswith("Installing collected packages"):
        return f"  unpacking {line.count(',') + 1} packages (this takes longest, a minute or more) …"
    if words[0].startswith(("ERROR", "WARNING", "error")):
        return line.rstrip()
    return ""


def install(arguments: Sequence[str]) -> int:
    """Run pip; return its exit code. What it said is shown whole when it failed."""
    said: list[str] = []
    number = 0
    command = [sys.executable, *_PIP, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            said.append(line)
            number += line.startswith("Collecting ")
            words = shown(line, number)
            if words:
                sys.stdout.write(words + "\n")
                sys.stdout.flush()
    if pip.returncode:
        sys.stdout.write("".join(said[-40:]))
    return pip.returncode


def _megabytes(size: str) -> float:
    number, unit = size.split()
    return float(number) * (1000 if unit == "GB" else 1)


if __name__ == "__main__":
    raise SystemExit(install(sys.argv[1:]))
