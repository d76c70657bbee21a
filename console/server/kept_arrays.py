"""Arrays kept in one file of a workspace, for one key: what was fitted from the content and can be fitted again."""

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import structlog
from numpy.typing import NDArray

_KEY: Final = "key"
_log = structlog.get_logger(__name__)


class ArraysFile:
    """A :class:`console.assist.ports.KeptArrays`; what another model made is not given out."""

    def __init__(self, file: Path, model: str) -> None:
        """``model`` is the fingerprint of the one whose vectors the arrays rest on."""
        self._file, self._model = file, model

    def load(self, key: str) -> Mapping[str, NDArray[np.generic]] | None:
        """Return the arrays of ``key`` and of this model; ``None`` where there are none or the file is damaged."""
        try:
            with self._file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
                if str(held[_KEY]) != self._name(key):
                    return None
                return {name: held[name] for name in held.files if name != _KEY}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            _log.warning("kept arrays cannot be read; they are made again", file=str(self._file), why=str(error))
            return None

    def save(self, key: str, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Put the arrays in place of what the file held; a reader finds the old file or the new one."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{self._file.name}-", dir=self._file.parent)
            try:
                with os.fdopen(handle, "wb") as opened:
                    np.savez(opened, allow_pickle=False, **{_KEY: np.array(self._name(key))}, **arrays)
                Path(name).replace(self._file)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("fitted arrays are not kept; the next start fits them again", why=str(error))

    def _name(self, key: str) -> str:
        return f"{key} {self._model}"
