"""What a team would pick otherwise, at a million passages, with the texts and vectors that this engine gets.

    python -m bench.large_peers [DATA] [--passages 1000000] --folder FOLDER

Embedding is left out of the time to make an index, for all alike: the vectors are those of real passages, turned by
noise. Questions are embedded by each peer's own model. Each peer runs in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bench.data import arguments, parsed, resident, timed
from bench.large import QUESTIONS, Turned, passages, questions, repeated
from bench.peers import ENGINES, NEEDS, Engine, SemanticSearch, Txtai, changed
from knowledge import open_embedder


class _Model:
    """A peer's model, which is given the vectors of repeated passages."""

    def __init__(self, model: Any, turned: Turned) -> None:  # noqa: ANN401 - of a library without types
        self._model, self._turned = model, turned

    def encode(self, texts: Sequence[str], **settings: Any) -> Any:  # noqa: ANN401
        """Questions by the model itself."""
        if any(" #" in text.partition("\n")[0] for text in texts):
            return self._turned.encode(texts)
        return self._model.encode(texts, **settings)


class _Semantic(SemanticSearch):
    def __init__(self, folder: Path, models: Path, turned: Turned) -> None:
        super().__init__(folder, models)
        self._model = _Model(self._model, turned)


class _Txtai(Txtai):
    def __init__(self, folder: Path, models: Path, turned: Turned) -> None:
        from sentence_transformers import SentenceTransformer
        from txtai import Embeddings

        from knowledge.embedding.weights import find_weights

        super().__init__(folder, models)
        model = _Model(SentenceTransformer(str(find_weights().folder), device="cpu", local_files_only=True), turned)
        transform = lambda texts: np.asarray(model.encode(texts), np.float32)  # noqa: E731
        self._embeddings = Embeddings(method="external", transform=transform, hybrid=True, content=True)

    def open(self) -> None:
        """It stays as it was made: txtai loads no function that is given to it, so its time to open is not measured."""


def main() -> None:
    """Run the peers one after the other."""
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True, help="that of bench.large, with the real vectors")
    parser.add_argument("--engine", choices=[name for name in ENGINES if name != "Second Chair"])
    chosen = parsed(parser)
    if chosen.engine:
        print(json.dumps(measured(chosen.engine, chosen.data, chosen.models, chosen.folder, chosen.passages)))
        return
    for name in ENGINES:
        if name == "Second Chair" or (name in NEEDS and not find_spec(NEEDS[name])):
            continue
        command = [sys.executable, "-m", "bench.large_peers", str(chosen.data), "--models", str(chosen.models)]
        command += ["--folder", str(chosen.folder), "--passages", str(chosen.passages), "--engine", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print(name, done.stdout.splitlines()[-1] if done.returncode == 0 else "failed", flush=True)


def measured(name: str, data: Path, models: Path, folder: Path, count: int) -> dict[str, float]:
    """Seconds to make and to update, milliseconds to open and to search, megabytes of memory."""
    model = open_embedder(models)
    texts, vectors = passages(folder, model, data)
    articles = list(repeated(texts, count))
    asked = list(questions(data))[: QUESTIONS + 20]
    before, figures = resident(), dict[str, float]()
    with tempfile.TemporaryDirectory() as place:
        engine = opened(name, Path(place) / "index", models, Turned(model, vectors))
        figures["index s"] = round(timed(lambda: engine.make(articles)) / 1000, 1)
        figures["open ms"] = round(timed(engine.open), 1)
        for question in asked[:20]:
            engine.search(question, 10)
        times = [timed(lambda question=question: engine.search(question, 10)) for question in asked[20:]]  # type: ignore[misc]
        figures["ms p50"], figures["ms p95"] = np.percentile(times, (50, 95)).round(1).tolist()
        figures["resident growth MB"] = round(resident() - before)
        figures["update s"] = round(timed(lambda: engine.change(changed(articles))) / 1000, 2)
    return figures


def opened(name: str, folder: Path, models: Path, turned: Turned) -> Engine:
    """A peer that is given vectors where it would embed."""
    if name == "semantic_search":
        return _Semantic(folder, models, turned)
    return _Txtai(folder, models, turned) if name == "txtai hybrid" else ENGINES[name](folder, models)


if __name__ == "__main__":
    main()
