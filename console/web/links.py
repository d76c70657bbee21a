"""Which links of a console a browser opens: those that lead to the desk, and no others."""

from urllib.parse import urlsplit


def opened(link: str, desk: str, public: str) -> str:
    """Return the address that a browser opens for a link of a console, or nothing where it opens none.

    ``desk`` is the base address at which the console reaches the desk, ``public`` the one at which browsers do (empty:
    the same).
    """
    try:
        parts, allowed = urlsplit(link), urlsplit(desk)
        same = (parts.scheme, parts.hostname, parts.port) == (allowed.scheme, allowed.hostname, allowed.port)
    except ValueError:
        return ""
    if not same or parts.scheme not in {"http", "https"} or parts.username is not None:
        return ""
    if not public:
        return parts.geturl()
    path = parts.path.removeprefix(allowed.path.rstrip("/"))
    return f"{public.rstrip('/')}{path}" + (f"?{parts.query}" if parts.query else "")
