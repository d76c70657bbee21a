"""Sources that leads have retired: nothing is answered, suggested or found from them from that moment on.

Articles are left out where the knowledge base is asked (:class:`console.server.articles.Articles`), for all who ask;
macros where replies are made. Who opens one by its citation reads that it is retired.
"""

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


def articles_of(retired: Iterable[str]) -> frozenset[str]:
    """Return the ids of the articles among retired sources."""
    begins = name_of(SourceType.ARTICLE, "")
    return frozenset(name.removeprefix(begins) for name in retired if name.startswith(begins))


def rests_on(sources: Iterable[Citation], retired: Container[str]) -> bool:
    """Return whether any of these sources is retired."""
    return any(name_of(source.type, source.id) in retired for source in sources)
