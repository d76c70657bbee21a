"""Our pages: plain HTML from files, every value escaped."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

import textual_serve

_HERE: Final = Path(__file__).parent
_THEIRS: Final = Path(textual_serve.__file__).parent / "static"

STATIC: Final = {
    "bell.js": (_HERE / "static/bell.js", "text/javascript"),
    "console.js": (_HERE / "static/console.js", "text/javascript"),
    "keys.js": (_HERE / "static/keys.js", "text/javascript"),
    "line.js": (_HERE / "static/line.js", "text/javascript"),
    "page.css": (_HERE / "static/page.css", "text/css"),
    "textual.js": (_THEIRS / "js/textual.js", "text/javascript"),
    "xterm.css": (_THEIRS / "css/xterm.css", "text/css"),
    "mono.ttf": (_THEIRS / "fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "mono-italic.ttf": (_THEIRS / "fonts/RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
}
"""All files that are served, by name: there is nothing to list, and no path to climb."""


def sign_in_page(trouble: str = "", name: str = "", company: str = "") -> str:
    """Return the page to sign in on, with what went wrong, and a button of these words to the company's provider."""
    said = f'<p class="trouble" role="alert">{escape(trouble)}</p>' if trouble else ""
    button = f'<p><a class="button" href="/sign-in/provider">{escape(company)}</a></p>' if company else ""
    return _filled("sign_in.html", name=escape(name, quote=True), trouble=said, company=button)


def console_page(nonce: str, person: str) -> str:
    """Return the page that shows a console."""
    return _filled("console.html", nonce=nonce, person=escape(person))


def notice_page(title: str, text: str) -> str:
    """Return a page that says one thing."""
    return _filled("notice.html", title=escape(title), text=escape(text))


def again_page() -> str:
    """Return a page that asks for the same address once more, now from our own site.

    A link on another site sends no strict cookie, so whoever follows one seems not to be signed in.
    """
    return _filled("again.html")


def _filled(page: str, **values: str) -> str:
    return _template(page).substitute(values)


@cache
def _template(page: str) -> Template:
    return Template((_HERE / "pages" / page).read_text(encoding="utf-8"))
