"""Opens the embedder: from the cached export where there is one, else by making it, else sentence-transformers."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from knowledge.embedding.port import Embedder
from knowledge.embedding.weights import Weights, find_weights

_RECORD = "export.json"
_EXPORT_SECONDS = 600
_FORMAT = 2
"""Raised when exports are made differently, so that cached ones are made anew."""


@dataclass(frozen=True, slots=True)
class _Export:
    """What is known of a cached export; `runtime` is empty where none could be made."""

    format: int
    onnxruntime: str
    stamp: list[str | int]
    weights_sha256: str
    onnx_sha256: str
    runtime: str
    max_tokens: int
    mean_cosine: float
    worst_cosine: float
    problem: str = ""


def open_embedder(cache: Path, model: str | Path | None = None, *, threads: int | None = None) -> Embedder:
    """The embedder of a model (a folder or a name; the default model without one), ready to use.

    The first call exports the model into `cache`, which takes about 20 s; later ones open the export in 0.2 s. Two
    processes that come at once wait for each other. Raises ModelMissing or ModelDamaged.
    """
    weights = find_weights(model)
    cache.mkdir(parents=True, exist_ok=True)
    folder = cache / weights.name.replace("/", "--")
    export = _cached(folder, weights)
    if export is None:
        with FileLock(cache / ".lock"):
            export = _cached(folder, weights) or _make(folder, weights)
    if not export.runtime:
        from knowledge.embedding.reference import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(weights, export.weights_sha256, threads)
    from knowledge.embedding.onnx import OnnxEmbedder

    return OnnxEmbedder(
        folder,
        name=weights.name,
        runtime=export.runtime,
        fingerprint=f"{export.weights_sha256[:16]}:{export.runtime.replace(' ', '-')}:{_FORMAT}",
        max_tokens=export.max_tokens,
        threads=threads,
    )


def _cached(folder: Path, weights: Weights) -> _Export | None:
    """The cached export, if it was made from these weights and none of its files has changed since."""
    try:
        export = _Export(**json.loads((folder / _RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if (export.format, export.onnxruntime) != (_FORMAT, version("onnxruntime")):
        return None
    if export.stamp != weights.stamp() and export.weights_sha256 != weights.sha256():
        return None
    if export.runtime and _sha256(folder / "model.onnx", folder / "tokenizer.json") != export.onnx_sha256:
        return None
    return export


def _make(folder: Path, weights: Weights) -> _Export:
    """Export into a new folder and put it in place at once; a failure is recorded, so as not to be tried every time."""
    digest = weights.sha256()
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        made, problem = _run_export(weights.folder, building)
        export = _Export(
            format=_FORMAT,
            onnxruntime=version("onnxruntime"),
            stamp=weights.stamp(),
            weights_sha256=digest,
            onnx_sha256=_sha256(building / "model.onnx", building / "tokenizer.json") if made else "",
            runtime=str(made.get("runtime", "")),
            max_tokens=int(str(made.get("max_tokens", 0))),
            mean_cosine=float(str(made.get("mean_cosine", 0))),
            worst_cosine=float(str(made.get("worst_cosine", 0))),
            problem=problem,
        )
        (building / _RECORD).write_text(json.dumps(asdict(export), indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return export


def _run_export(weights: Path, target: Path) -> tuple[dict[str, object], str]:
    """What the export program says it made; or nothing, and why."""
    here = str(Path(__file__).parents[2])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")])),
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program, our own interpreter
            [sys.executable, "-m", "knowledge.embedding.export", str(weights), str(target)],
            capture_output=True,
            text=True,
            timeout=_EXPORT_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {}, str(error)
    if done.returncode:
        return {}, (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return json.loads(done.stdout.strip().splitlines()[-1]), ""


def _sha256(*files: Path) -> str:
    """One checksum over several files; empty where one is missing."""
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            return ""
    return digest.hexdigest()
