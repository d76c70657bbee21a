"""How satisfied customers are: the one question that the chat page asks at the end."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from console.conversation.satisfaction_events import HIGHEST, LOWEST
from console.desk.channels.webchat import Visitor, WebChat
from console.desk.satisfaction import NotAsked
from console.server.chat.door import ChatFault
from console.server.chat.limits import RateLimit

RATINGS_PER_MINUTE: Final = 10
"""Ratings one visitor may send in a minute; a page sends one for each end."""


class RatingRequest(BaseModel):
    """How satisfied the customer is, from 1 to 5, with the chat whose end stands under a number of their view."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1, le=999_999_999)]
    score: Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


def add_rating(
    router: APIRouter, webchat: WebChat, visitor_of: Callable[[Request], Awaitable[Visitor]], *, asks: bool
) -> None:
    """Add the route; where the setting says that nobody ``asks`` it takes nothing."""
    rating = RateLimit(RATINGS_PER_MINUTE)
    VisitorHere = Annotated[Visitor, Depends(visitor_of)]  # noqa: N806 - a type

    @router.post("/rating", status_code=204, response_class=Response)
    async def rate(visitor: VisitorHere, body: RatingRequest) -> Response:
        """Take the rating of an end, once; 409 where none is asked for (any more)."""
        if wait := rating.wait(visitor.conversation):
            raise ChatFault(429, "too-fast", "That was a lot at once; try again in a moment.", wait)
        try:
            if not asks:
                raise NotAsked("ratings are switched off")
            await webchat.rate(visitor, body.number, body.score)
        except NotAsked as error:
            raise ChatFault(409, "not-asked", "This chat cannot be rated any more.") from error
        return Response(status_code=204)
