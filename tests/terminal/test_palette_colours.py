"""On a terminal with 256 colours everything can still be read, and what is grey stays grey."""

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Input

from console.terminal.app import ConsoleApp
from console.terminal.palette_colours import PaletteFilter, nearest
from console.terminal.themes import DARK, LIGHT
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.transcript import Transcript
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import app_of, at_work, console, wait_until
from tests.terminal.scenes import full_desk

GROUNDS = ("background", "surface", "panel")
TINTS = (
    ("primary", "surface", 0.25),
    ("primary", "surface", 0.20),
    ("primary", "surface", 0.18),
    ("primary", "background", 0.22),
    ("primary", "background", 0.12),
    ("warning", "background", 0.12),
    ("accent", "surface", 0.20),
)
"""How the style sheets tint what has the focus, is marked, or is a note."""

WORDS = ("foreground", "text-muted", "primary", "accent", "success", "warning", "error")
LEAST = 3.0
"""Contrast of words on their ground; WCAG asks this of large text and of signs."""

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)


def colour(theme: Theme, name: str) -> Color:
    """A colour of the theme."""
    return Color.parse(theme.variables.get(name) or getattr(theme, name.removeprefix("text-")))


def shown(wanted: Color) -> Color:
    """What a terminal with 256 colours shows for it."""
    return Color(*EIGHT_BIT_PALETTE[nearest(ColorTriplet(*wanted.rgb))])


def contrast(one: Color, other: Color) -> float:
    """The contrast of WCAG: 1 to 21."""

    def light(of: Color) -> float:
        parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in of.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@THEMES
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    """Also on what has the focus."""
    grounds = {name: colour(theme, name) for name in GROUNDS}
    for over, base, share in TINTS:
        grounds[f"{over} {share} on {base}"] = colour(theme, base).blend(colour(theme, over), share)
    faint = {
        f"{word} on {ground}": round(contrast(shown(colour(theme, word)), shown(under)), 2)
        for word in WORDS
        for ground, under in grounds.items()
    }
    assert {pair: value for pair, value in faint.items() if value < LEAST} == {}


@THEMES
def test_the_way_to_new_messages_can_be_read(theme: Theme) -> None:
    """It has a ground of its own."""
    under = colour(theme, "background").blend(colour(theme, "primary"), 0.4)
    assert contrast(shown(colour(theme, "foreground")), shown(under)) >= LEAST


@THEMES
def test_grounds_stay_grey_and_apart(theme: Theme) -> None:
    """A button is no blue patch, and it is not the ground it stands on."""
    seen = [shown(colour(theme, name)) for name in (*GROUNDS, "rule")]
    for part in seen:
        assert max(part.rgb) - min(part.rgb) <= 40
    assert shown(colour(theme, "panel")) != shown(colour(theme, "surface"))


def test_a_line_is_painted_in_colours_of_the_palette() -> None:
    """Words and links stay what they are."""
    style = Style.parse("bold #d9dfe5 on #232b34") + Style.from_meta({"@click": "x"})
    (painted,) = PaletteFilter().apply([Segment("Send", style)], Color.parse("#000000"))
    assert painted.text == "Send"
    assert painted.style is not None
    assert painted.style.bold
    assert painted.style.meta == {"@click": "x"}
    assert painted.style.bgcolor is not None
    assert painted.style.bgcolor.number == nearest(ColorTriplet(0x23, 0x2B, 0x34))


@pytest.mark.parametrize(("system", "there"), [(ColorSystem.EIGHT_BIT, True), (ColorSystem.TRUECOLOR, False)])
async def test_it_is_there_where_the_terminal_has_256_colours(system: ColorSystem, *, there: bool) -> None:
    """And not where it has all."""
    app: ConsoleApp = console(FakeDesk())
    app.console._color_system = system
    assert any(isinstance(one, PaletteFilter) for one in app.get_line_filters()) is there


async def test_the_id_of_a_marked_message_can_be_read() -> None:
    """It is not fainter than its time."""
    async with at_work(full_desk()) as pilot:
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: "m6" in lines.window)
        app_of(pilot).main.query_one(Transcript).jump_to("m5")
        await pilot.pause()
        strips = [lines.render_line(y) for y in range(lines.size.height)]
        (marked,) = [strip for strip in strips if strip.text.split()[:1] == ["m5"]]
        name = next(segment for segment in marked if "m5" in segment.text)
        assert name.style is not None
        assert name.style.color is not None
        assert name.style.bgcolor is not None
        words, ground = (Color(*one.get_truecolor()) for one in (name.style.color, name.style.bgcolor))
        assert contrast(shown(words), shown(ground)) >= LEAST


async def test_a_placeholder_can_be_read_where_it_has_the_focus() -> None:
    """What to write stands there."""
    async with at_work(full_desk()) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("It comes by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, Input))
        field = pilot.app.focused
        assert field is not None
        style = field.get_component_rich_style("input--placeholder")
        assert style.color is not None
        words = Color(*style.color.get_truecolor())
        assert contrast(shown(words), shown(field.background_colors[1])) >= LEAST
