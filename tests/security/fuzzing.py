"""The coverage-guided fuzzer on every parser of text from outside: ``python -m tests.security.fuzzing``.

One parser after the other, ``--seconds`` each; with ``--only`` the one of this name, or those whose
name holds these words. What is found is
written beside, and ends the run with exit code 1. Needs the extra ``fuzz`` (atheris; Linux).
"""

import argparse
import hashlib
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.security.parsing import Parser

COVERED: Final = ("console", "knowledge", "json", "yaml", "email", "tomllib", "pypdf", "docx", "protego")
"""Packages whose branches the fuzzer follows; of lxml and what else is written in C it sees nothing."""

LONGEST: Final = 4096
"""Bytes of an input."""

PATIENCE: Final = 10
"""Seconds after which one input counts as one that hangs."""

MEGABYTES: Final = 2048


def fuzz(name: str, corpus: str, seconds: int, found: str) -> None:
    """Fuzz one parser in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=list(COVERED)):
        parser = _parser(name)

        def one(data: bytes) -> None:
            try:
                parser.read(data)
            except parser.refuses:
                return

        for seed in parser.seeds:
            one(seed)  # what is imported by the first reading is followed, too

    logging.disable(logging.CRITICAL)  # as in the process that parses; else most of the time goes into warnings
    for seed in parser.seeds:
        Path(corpus, hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={PATIENCE}",
        f"-rss_limit_mb={MEGABYTES}",
    ]
    atheris.Setup(
        [sys.argv[0], corpus, *options, f"-artifact_prefix={found}/", "-print_final_stats=1", "-verbosity=0"], one
    )
    atheris.Fuzz()


def _parser(name: str) -> "Parser":
    """Return the parser of this name; no more is imported, and made to be followed, than it needs."""
    from tests.security.article_parsers import ARTICLES

    if name in ARTICLES:
        return ARTICLES[name]
    from tests.security.parsers import PARSERS

    return PARSERS[name]


def main() -> int:
    """Fuzz each parser in a process of its own."""
    asked = argparse.ArgumentParser(description="Fuzz the parsers of text from outside.")
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--only", default="")
    asked.add_argument("--found", type=Path, default=Path("fuzzing-found"))
    asked.add_argument("--one", default="", help=argparse.SUPPRESS)
    asked.add_argument("--corpus", default="", help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.one:
        fuzz(told.one, told.corpus, told.seconds, str(told.found))
        return 0
    from tests.security.parsers import PARSERS

    told.found.mkdir(exist_ok=True)
    failed = []
    names = [told.only] if told.only in PARSERS else [name for name in PARSERS if told.only in name]
    for name in names:
        with tempfile.TemporaryDirectory() as corpus:
            run = ["--one", name, "--corpus", corpus, "--seconds", str(told.seconds), "--found", str(told.found)]
            done = subprocess.run(
                [sys.executable, "-m", "tests.security.fuzzing", *run], stderr=subprocess.PIPE, text=True, check=False
            )
        runs = next((line.split()[-1] for line in done.stderr.splitlines() if "executed_units" in line), "?")
        print(f"{name}: {runs} inputs, {'nothing found' if not done.returncode else 'FOUND SOMETHING'}", flush=True)
        if done.returncode:
            print("\n".join(done.stderr.splitlines()[-25:]), flush=True)
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
