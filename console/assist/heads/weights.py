"""The shipped weights of a head, and whether they belong to the model that is in use."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np

from console.assist.ports import Embed, Vectors

PROBES: Final = (
    "My parcel has not arrived yet.",
    "Please write a short poem about the sea.",
    "You are all useless!",
)
"""Sentences by whose vectors a model is known: kept with the weights, and compared with what the model in use says."""

SAME: Final = 0.96
"""Cosine from which two vectors of a probe come from one model, whose exports differ by less; others by far more."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Named arrays, single precision, and ``version``: the head's own and a digest of the file."""

    arrays: Mapping[str, Vectors]
    version: str


def weights_for(name: str, embed: Embed) -> Weights | None:
    """Return the weights of the head ``name``; ``None`` where they were trained on another model's vectors."""
    content = (files("console.assist.heads") / "weights" / f"{name}.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as held:
        arrays = {key: held[key].astype(np.float32) for key in held.files}
    if not _same_model(arrays.pop("probes"), embed):
        return None
    version = int(arrays.pop("version").item())
    return Weights(arrays, f"{version} {hashlib.sha256(content).hexdigest()[:8]}")


def _same_model(expected: Vectors, embed: Embed) -> bool:
    found = embed.encode(PROBES)
    return found.shape == expected.shape and bool(((found * expected).sum(axis=1) >= SAME).all())
