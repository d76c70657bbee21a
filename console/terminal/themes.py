"""The console's own two themes, dark and light: quiet surfaces, colour only where something is meant."""

from typing import Final

from textual.theme import Theme

_VARIABLES: Final = {"block-cursor-text-style": "none"}

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
    variables={
        **_VARIABLES,
        "footer-background": "#1b2129",
        "input-selection-background": "#2f5a72",
        "rule": "#37424d",
        "scrollbar": "#37424d",
        "scrollbar-hover": "#4a5866",
        "scrollbar-active": "#7fb6d6",
        "scrollbar-background": "#171c22",
        "scrollbar-background-hover": "#171c22",
        "scrollbar-background-active": "#171c22",
        "text-disabled": "#5c6772",
        "text-muted": "#8d99a6",
    },
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
    variables={
        **_VARIABLES,
        "footer-background": "#efece5",
        "input-selection-background": "#b9d7e6",
        "rule": "#cdc6b8",
        "scrollbar": "#cdc6b8",
        "scrollbar-hover": "#b3ab9b",
        "scrollbar-active": "#1d6a8f",
        "scrollbar-background": "#faf8f4",
        "scrollbar-background-hover": "#faf8f4",
        "scrollbar-background-active": "#faf8f4",
        "text-disabled": "#9aa2aa",
        "text-muted": "#66717b",
    },
)

NAMES: Final = {"dark": DARK.name, "light": LIGHT.name}
