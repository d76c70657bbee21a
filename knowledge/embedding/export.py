"""Exports a sentence-transformers model to ONNX, quantises it, and keeps the fastest faithful version.

Run as a program of its own (`python -m knowledge.embedding.export WEIGHTS TARGET`), so that the 400 MB which torch
takes are given back when it ends. Prints one JSON object: what was kept and how near it is to the original.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.embedding.samples import SAMPLES

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module
else:
    Module = Tensor = "torch"

MEAN_COSINE = 0.99
"""Between the export's vectors and the original's, over the samples, at least."""

WORST_COSINE = 0.97

# Measured on 474 help texts and questions: weights by channel gives a mean cosine of 0.9945, by tensor 0.956; leaving
# out the first layer's product after the GELU, whose inputs have outliers, 0.0016 more for 3 % of the speed.
# The reduced range is for processors whose 8-bit sums overflow (no VNNI); the check below tells whether it is needed.
_QUANTISED: tuple[tuple[str, dict[str, bool]], ...] = (
    ("onnx int8", {"per_channel": True, "reduce_range": False}),
    ("onnx int8 reduced", {"per_channel": True, "reduce_range": True}),
)


def export(weights: Path, target: Path) -> dict[str, object]:
    """Write `model.onnx` and `tokenizer.json` to an existing folder; returns runtime, cosines, dimensions, max_tokens.

    Raises RuntimeError where not even the full-precision export is faithful.
    """
    from sentence_transformers import SentenceTransformer

    model: Any = SentenceTransformer(
        str(weights), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
    ).eval()
    expected = np.asarray(model.encode(list(SAMPLES), normalize_embeddings=True, show_progress_bar=False), np.float32)
    (target / "tokenizer.json").write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    full = target / "full.onnx"
    _trace(model, full)
    for runtime, file in _candidates(full):
        mean, worst = _faithful(file, target, int(model.max_seq_length), expected)
        if mean >= MEAN_COSINE and worst >= WORST_COSINE:
            file.replace(target / "model.onnx")
            for rest in target.glob("*.onnx*"):
                if rest.name != "model.onnx":
                    rest.unlink()
            return {
                "runtime": runtime,
                "mean_cosine": round(mean, 5),
                "worst_cosine": round(worst, 5),
                "max_tokens": int(model.max_seq_length),
            }
    raise RuntimeError("no export gave the original's vectors")


def _trace(model: Module, file: Path) -> None:
    """The whole chain of modules (transformer, pooling, normalising) as one graph with free batch size and length."""
    import torch

    class Sentence(torch.nn.Module):  # type: ignore[misc]  # torch is not imported for type checking
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
            vector = self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]
            return torch.nn.functional.normalize(vector, dim=1)

    ids = torch.ones((2, 16), dtype=torch.long)
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with torch.no_grad():
        program = torch.onnx.export(
            Sentence().eval(),
            (ids, torch.ones_like(ids)),
            dynamo=True,
            dynamic_shapes=(free, free),
            input_names=["input_ids", "attention_mask"],
            # "embedding" would clash with a value inside BERT's graph.
            output_names=["sentence_vector"],
        )
    program.save(str(file), external_data=False)


def _candidates(full: Path) -> Iterator[tuple[str, Path]]:
    """Versions of the export, the fastest first; each is made only when the ones before it were not faithful."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    sensitive = _first_after_gelu(full)
    for runtime, settings in _QUANTISED:
        file = full.with_name(runtime.replace(" ", "-") + ".onnx")
        quantize_dynamic(
            full,
            file,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=sensitive,
            extra_options={"MatMulConstBOnly": True},
            **settings,
        )
        yield runtime, file
    yield "onnx fp32", full


def _first_after_gelu(full: Path) -> list[str]:
    """The name of the first matrix product that reads a GELU's output, in a list; empty where there is none."""
    import onnx

    nodes = onnx.load(full).graph.node
    activated = {output for node in nodes if node.op_type == "Gelu" for output in node.output}
    return [node.name for node in nodes if node.op_type == "MatMul" and node.input[0] in activated][:1]


def _faithful(file: Path, folder: Path, max_tokens: int, expected: Matrix) -> tuple[float, float]:
    """Mean and worst cosine between the export's vectors of the samples and the original's."""
    from knowledge.embedding.onnx import OnnxEmbedder

    link = folder / "model.onnx"
    link.unlink(missing_ok=True)
    link.hardlink_to(file)
    embedder = OnnxEmbedder(folder, name="", runtime="", fingerprint="", max_tokens=max_tokens, threads=1)
    cosines = (embedder.encode(SAMPLES) * expected).sum(axis=1)
    return float(cosines.mean()), float(cosines.min())


if __name__ == "__main__":
    print(json.dumps(export(Path(sys.argv[1]), Path(sys.argv[2]))))
