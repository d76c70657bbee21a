"""Why a page's connection was ended by us: codes of the websocket that the page explains to the person."""

from typing import Final

LEFT: Final = 4000
"""The person left the console."""

SIGNED_OUT: Final = 4001
"""The session has ended: signed out, or for want of keys."""

FULL: Final = 4002
"""No console could be opened: there are as many as there may be."""

TAKEN: Final = 4003
"""Another page shows this console now."""

FAILED: Final = 4004
"""The console broke down, or could not be started."""

BAD_FRAME: Final = 1008
"""The page said something that our page does not say."""
