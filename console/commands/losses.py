"""What damage cost the knowledge base, in words for whoever runs it."""

from collections.abc import Mapping


def told(lost: Mapping[str, int]) -> list[str]:
    """Return a line for each source that lacks documents, with the command that brings them back."""
    return [
        f"{count} document{'s' * (count != 1)} of {source} {'were' if count != 1 else 'was'} lost to damage; "
        f"run 'secondchair index {_typed(source)}' again"
        for source, count in lost.items()
    ]


def _typed(source: str) -> str:
    """Return a source as it is typed on a command line."""
    return f'"{source}"' if any(letter.isspace() for letter in source) else source
