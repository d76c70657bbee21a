"""Colours for terminals that have 256 of them: each becomes the nearest one of the palette.

Left to itself, a dark grey with a touch of blue becomes a blue (``#232b34`` becomes ``#00005f``), and a focused field
a middle grey on which its own words vanish.
"""

from functools import lru_cache
from typing import Final

from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_FIRST: Final = 16
"""The sixteen before it are the terminal's own: what they look like is not known."""

_COLOURS: Final = tuple(EIGHT_BIT_PALETTE[number] for number in range(_FIRST, 256))


class PaletteFilter(LineFilter):
    """Paints with the nearest colours of the palette."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in colours of the palette."""
        return [
            segment if segment.style is None or segment.control else Segment(segment.text, in_palette(segment.style))
            for segment in segments
        ]


@lru_cache(4096)
def in_palette(style: Style) -> Style:
    """Return a style in colours of the palette."""
    return style + Style.from_color(_nearest_of(style.color), _nearest_of(style.bgcolor))


@lru_cache(4096)
def nearest(colour: ColorTriplet) -> int:
    """Return the number (16 to 255) of the colour that looks most like this one; eyes see green best, and blue least.

    The distance is the “redmean” approximation of CompuPhase, which needs no other colour space.
    """

    def distance(other: ColorTriplet) -> float:
        mean = (colour.red + other.red) / 2
        red, green, blue = (a - b for a, b in zip(colour, other, strict=True))
        return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue

    return _FIRST + min(range(len(_COLOURS)), key=lambda place: distance(_COLOURS[place]))


def _nearest_of(colour: RichColor | None) -> RichColor | None:
    if colour is None or colour.type is not ColorType.TRUECOLOR or colour.triplet is None:
        return colour
    return RichColor.from_ansi(nearest(colour.triplet))
