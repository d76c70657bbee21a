"""Weights as the program ships them."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

import console.assist.heads
from console.assist.heads.weights import PROBES
from console.assist.ports import Embed, Vectors

if TYPE_CHECKING:  # scikit-learn takes seconds to load
    from sklearn.linear_model import LogisticRegression

FOLDER: Final = Path(console.assist.heads.__path__[0]) / "weights"


def weights_of(model: "LogisticRegression") -> Vectors:
    """Return the weights of a fitted model with two classes, the bias last."""
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def write(name: str, version: int, embed: Embed, **weights: Vectors) -> Path:
    """Write the weights in half precision, with what tells the model that they belong to; return the file."""
    halves = {key: value.astype(np.float16) for key, value in weights.items()}
    probes = embed.encode(PROBES).astype(np.float16)
    file = FOLDER / f"{name}.npz"
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(file, allow_pickle=False, version=np.array(version), probes=probes, **halves)
    return file
