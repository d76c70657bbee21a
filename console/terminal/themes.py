"""The console's own two themes, dark and light: quiet surfaces, colour only where something is meant."""

from typing import Final

from textual.theme import Theme

_VARIABLES: Final = {
    "border-blurred": "#00000000",
    "block-cursor-text-style": "none",
    "input-selection-background": "$primary 35%",
}

DARK: Final = Theme(
    name="second-chair-dark",
    primary="#7fb6d6",
    secondary="#9aa9b8",
    accent="#e3b968",
    success="#86c294",
    warning="#e3b968",
    error="#e88b7d",
    foreground="#d9dfe5",
    background="#12161b",
    surface="#171c22",
    panel="#232b34",
    dark=True,
    variables={**_VARIABLES, "footer-background": "#1b2129"},
)

LIGHT: Final = Theme(
    name="second-chair-light",
    primary="#1d6a8f",
    secondary="#5a6875",
    accent="#8a5a00",
    success="#2a7440",
    warning="#8a5a00",
    error="#a83427",
    foreground="#22282e",
    background="#faf8f4",
    surface="#ffffff",
    panel="#e8e4db",
    dark=False,
    variables={**_VARIABLES, "footer-background": "#efece5"},
)

NAMES: Final = {"dark": DARK.name, "light": LIGHT.name}
