"""Sources that leads have retired: no reply is made from them, and they stay to be found by whoever looks."""

from collections.abc import Callable, Container, Iterable

from console.conversation.assistance import Citation, SourceType

RetiredNow = Callable[[], frozenset[str]]
"""Returns the sources that are retired at the moment, as :func:`name_of` names them."""


def none_retired() -> frozenset[str]:
    """Return that nothing is retired."""
    return frozenset()


def name_of(type_: SourceType, name: str) -> str:
    """Return how a source is named: ``macro:late-parcel``."""
    return f"{type_}:{name}"


def rests_on(sources: Iterable[Citation], retired: Container[str]) -> bool:
    """Return whether any of these sources is retired."""
    return any(name_of(source.type, source.id) in retired for source in sources)
