"""What the assist engine is worth: every figure beside what is asked of it.

    python -m bench.assist [DATA] [PART …]

DATA (default ../shared/data) holds star/, injection/, abuse/, intents/ and pii/. The parts, each a module here that
says how it measures: turn, replies, next_step, typeahead, summaries, mood, heads, flags, escalation, redaction, llm,
ranker.
"""

import argparse
from importlib import import_module
from pathlib import Path

from bench.figures import show

PARTS = {
    "turn": "A whole update of the panels",
    "replies": "Suggested replies, STAR, a held-out fifth",
    "next_step": "Next step",
    "typeahead": "Type-ahead",
    "summaries": "Summary, STAR",
    "mood": "Mood, STAR",
    "heads": "Injection, abuse and intent",
    "flags": "False alarms of flags",
    "escalation": "Escalation warnings",
    "redaction": "Redaction",
    "llm": "A language model that fails",
    "ranker": "The learned ranker of replies",
}


def main() -> None:
    """Measure the parts that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args()
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part '{unknown[0]}'; there are: {', '.join(PARTS)}")
    if not (chosen.data / "star").is_dir():
        parser.error(f"{chosen.data} does not hold star/; name the folder that does")
    for part in chosen.parts or PARTS:
        show(PARTS[part], import_module(f"bench.{part}").figures(chosen.data))


if __name__ == "__main__":
    main()
