"""No text, however hostile, keeps a regular expression busy: all of them take about as long as the text is."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_pattern_takes_about_as_long_as_its_text() -> None:
    """In a process of its own: a search cannot be stopped from outside, and holds up every other thread."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = [sys.executable, str(ROOT / "tests" / "slow_patterns.py")]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    *slow, count = done.stdout.splitlines()
    assert slow == []
    assert int(count.split()[0]) > 300
