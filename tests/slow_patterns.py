"""Looks for regular expressions that a hostile text can keep busy. Run as a program, in a process of its own.

Every pattern of the modules that read outside text, and of the demo's content, meets texts made to be hard for it. It
prints a line for each pattern whose time grows faster than the text, or is too long in any case.
"""

import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from types import FrameType

import console.demo
from console.content.loader import load_library, reserved_behaviours

PACKAGES = (
    "console.assist",
    "console.content",
    "console.conversation",
    "console.past",
    "console.practice",
    "knowledge",
)
MODULES = ("console.text", "console.conversation.passages", "console.terminal.line_filter")

PIECES = (
    "a", "A", "é", "1", "_", " ", "\n", "\t", ".", "?", "-", "'", '"', "#", "*", "|", "£", ",", "(", "{", "@",
    "a ", "a\n", "a.", "a-", "-a", "a'", "A ", "Aa ", "Aa-", "A. ", "a_", "a, ", "a: ", "a b c d ", "I ",
    "1 ", "1-", "1.", "1,", "1:", "(1", "1)", "+1", "A1", "1a", "-1a", "1 Aa ", "1/1/", "1,000", "1,000 ", "£1,", "£1 ",
    "@a.", "a.a@", "a@a.", "ab@", "www.a", "\n\n", " \n", "\n- ", "# ", "- ", "...", "!?", "[a](", "**a", "`a`", "{a.",
    ",000", " 000", "**a ", "`a ", "[", "<",
    "the ", "you ", "my name is ", "I'm Aa Bb. ", "order 1 ",
    "not a refund, call today ", "GB12 ABCD ", "ABCD ",
)  # fmt: skip
WORDS = 24
"""Words of the pattern itself that it meets, each many times over."""

SCREEN = 1_500
SUSPECT = 0.0012
"""Seconds for a text of SCREEN characters from which a pattern is looked at closely."""

SIZES = (4_000, 8_000)
SLOWEST = 0.05
"""Seconds that 8,000 characters may take."""

STEEPEST = 3.2
"""How many times longer a text of twice the length may take: 2 is linear, 4 is quadratic."""

NOISE = 0.015
"""Seconds below which nothing is said about how a time grows."""

LIMIT = 3.0
"""Seconds after which a search is given up."""


class TooLong(Exception):
    """A search took longer than LIMIT."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern with the place where it stands."""
    for name in PACKAGES:
        for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            yield from _inside(importlib.import_module(found.name).__dict__, found.name)
    for name in MODULES:
        yield from _inside(importlib.import_module(name).__dict__, name)
    library = load_library(Path(console.demo.__file__).parent / "content")
    for policy in library.policies:
        for trigger in policy.triggers:
            yield from _inside([trigger.pattern, trigger.unless], f"policies/{policy.id}")
    for behaviour in (*library.behaviours, *(authored.item for authored in reserved_behaviours())):
        wanted = [fact.pattern for fact in behaviour.collect]
        yield from _inside([behaviour.patterns, wanted], f"behaviours/{behaviour.intent}")


def _inside(value: object, place: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _inside(inner, f"{place}:{key}")
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _inside(inner, f"{place}[{at}]")


def probes(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what to begin with and what to repeat: pieces hard for many patterns, and words of this one."""
    yield from (("", piece) for piece in PIECES)
    words = list(dict.fromkeys(re.findall(r"(?<![\\\w])[A-Za-z][a-z]+", pattern.pattern)))[:WORDS]
    yield from (("", f"{word} ") for word in words)
    yield from ((word, " ") for word in words)
    yield from (("", f"{one} {other} ") for one, other in zip(words, words[len(words) // 2 :], strict=False))


def seconds(pattern: re.Pattern[str], probe: tuple[str, str], size: int) -> float:
    """Return how long the pattern takes over a text of ``size`` characters that ends in what it does not expect."""
    head, piece = probe
    text = (head + piece * (size // len(piece) + 1))[: size - 1] + "\x01"
    began = process_time()  # what other programs do meanwhile does not count
    for _ in pattern.finditer(text):
        pass
    return process_time() - began


def best(pattern: re.Pattern[str], probe: tuple[str, str], size: int) -> float:
    """Return the shortest of five times: the others were disturbed."""
    return min(seconds(pattern, probe, size) for _ in range(5))


def fault(pattern: re.Pattern[str], probe: tuple[str, str]) -> str:
    """Return what is wrong with the pattern on such texts; empty when nothing is."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        if seconds(pattern, probe, SCREEN) < SUSPECT:
            return ""
        if seconds(pattern, probe, SIZES[0]) > SLOWEST and best(pattern, probe, SIZES[0]) > SLOWEST:
            return f"more than {SLOWEST} s for {SIZES[0]} characters"
        short, long = (best(pattern, probe, size) for size in SIZES)
    except TooLong:
        return f"more than {LIMIT} s"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if long > SLOWEST or (long > NOISE and long > STEEPEST * short):
        return f"{short * 1000:.1f} ms for {SIZES[0]} characters, {long * 1000:.1f} ms for {SIZES[1]}"
    return ""


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def main() -> None:
    """Print a line for each slow pattern, and how many there were."""
    signal.signal(signal.SIGALRM, _give_up)
    seen: set[tuple[str, int]] = set()
    for place, pattern in patterns():
        if (pattern.pattern, pattern.flags) in seen:
            continue
        seen.add((pattern.pattern, pattern.flags))
        for probe in probes(pattern):
            wrong = fault(pattern, probe)
            if wrong:
                print(f"SLOW {place}: {wrong} of {probe!r}: {pattern.pattern[:90]!r}", flush=True)
                break
    print(f"{len(seen)} patterns")


if __name__ == "__main__":
    sys.exit(main())
