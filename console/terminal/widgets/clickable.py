"""Words that can be clicked: the mouse's way to what the keys do."""

from textual.content import Content


def button(action: str, label: str, key: str = "") -> Content:
    """Return a button-like word that runs ``action`` of the widget it stands in; ``key`` is shown beside it.

    ``label`` must be the console's own text, never a stranger's.
    """
    face = f" {label} {key} " if key else f" {label} "
    return Content.from_markup(f"[@click={action}]$face[/]", face=face)


def row(*parts: Content) -> Content:
    """Return buttons beside each other."""
    return Content(" ").join(part for part in parts if part)


def stacked(width: int, *parts: Content) -> Content:
    """Return buttons beside each other, in as many lines as ``width`` asks for; none is broken."""
    lines: list[list[Content]] = [[]]
    for part in filter(None, parts):
        if lines[-1] and row(*lines[-1], part).cell_length > width:
            lines.append([])
        lines[-1].append(part)
    return Content("\n").join(row(*line) for line in lines)
