"""Domain values as HTTP answers."""

from fastapi import Response

from console.conversation.codec import encode_json


def answer(value: object, status: int = 200) -> Response:
    """Return a domain value as a JSON response; the route's ``response_model`` documents its shape."""
    return Response(encode_json(value), status, media_type="application/json")


NOTHING = Response(status_code=204)
"""The answer of commands that return nothing."""
