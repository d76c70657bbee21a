"""The web chat over HTTP: the page customers write on, and the requests it makes."""

from console.server.chat.routes import chat_router

__all__ = ["chat_router"]
