"""Whether the mood tells of customers who became annoyed, on STAR: the worst mood of a dialogue against its label.

    python -m bench.mood [DATA]

The words and anchors of the mood were written by hand and weighed on other splits of the same dialogues, so the
fifth that is held out is what counts; all dialogues are given beside it, since few customers were annoyed.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

from bench import star
from bench.figures import Figure, show
from console.assist.mood.course import mood_of
from console.assist.mood.reading import MoodReader
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.conversation.message import Author
from knowledge import open_embedder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    show("Mood, STAR", figures(parser.parse_args().data))


def figures(data: Path) -> Iterator[Figure]:
    """Yield the area under the ROC curve on the held-out fifth and on all dialogues that were asked about."""
    reader = MoodReader(VectorCache(open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models")))
    asked = [d for d in star.dialogues(data) if star.annoyed(d) is not None]
    worst = {d["id"]: _worst(reader, d) for d in asked}
    for name, some in (("a held-out fifth", [d for d in asked if star.held_out(d)]), ("all", asked)):
        cross = [worst[d["id"]] for d in some if star.annoyed(d)]
        calm = [worst[d["id"]] for d in some if not star.annoyed(d)]
        yield Figure(f"AUC on “annoyed”, {name} ({len(cross)} of {len(some)})", _auc(cross, calm), 0.78)


def _worst(reader: MoodReader, dialogue: star.Row) -> float:
    """Return the worst mood of a dialogue, read message by message."""
    read = star.transcript(dialogue)
    talk, scores = Talk(read.id, read.customer, ()), []
    for place, message in enumerate(read.messages):
        if message.role is Author.CUSTOMER:
            mood = mood_of(replace(talk, messages=read.messages[: place + 1]), reader)
            if mood:
                talk = replace(talk, moods={**talk.moods, message.id: mood.score})
                scores.append(mood.score)
    return min(scores, default=0.0)


def _auc(lower: Sequence[float], higher: Sequence[float]) -> float:
    """Return how often a value of ``lower`` is below one of ``higher``; equal ones count half."""
    return mean((a < b) + 0.5 * (a == b) for a in lower for b in higher)


if __name__ == "__main__":
    main()
