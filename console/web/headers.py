"""Headers that keep our pages to themselves."""

from console.web.place import Place


def headers_of(place: Place, nonce: str = "") -> dict[str, str]:
    """Return the headers of an answer; styles that carry ``nonce`` may be made by the page's own scripts."""
    names = sorted(origin for origin in place.origins if "[" not in origin)  # browsers read no IPv6 there
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in names)
    styles = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    policy = (
        f"default-src 'none'; script-src 'self'; style-src {styles}; font-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), clipboard-read=(), clipboard-write=(self), geolocation=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    }
    if place.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers
