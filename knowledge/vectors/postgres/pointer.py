"""What a generation's folder holds: which state of which index its vectors are. No address, no password."""

import json
from pathlib import Path

NAME = "postgres.json"


def read(folder: Path) -> tuple[str, int]:
    """Index and state. Raises ValueError where there is none."""
    file = folder / NAME
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return str(told["index"]), int(told["state"])
    except FileNotFoundError as error:
        raise ValueError(f"{folder} does not say which vectors of the database are its own") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file} cannot be read") from error


def write(folder: Path, index: str, state: int) -> None:
    """Name a state."""
    (folder / NAME).write_text(json.dumps({"index": index, "state": state}), encoding="utf-8")
