"""What may go wrong between the console and the desk.

DeskError
├── Unreachable      no answer: server gone, network down, deadline passed; trying again helps
├── Refused          the desk answered and will not: the message says why
│   ├── NotAllowed   no or a wrong token, or a role that may not
│   ├── NotFound     what was asked for does not exist (any more)
│   └── Conflict     somebody was faster, or things moved on
└── Garbled          the answer does not have the agreed shape: versions differ
"""


class DeskError(Exception):
    """The desk did not do what was asked; the message is one clear line for the agent."""


class Unreachable(DeskError):
    """No answer from the desk server. Nothing is known of the request's fate; retry with the same key."""


class Refused(DeskError):
    """The desk answered with an error; ``code`` is its short name for it."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class NotAllowed(Refused):
    """The token is missing or wrong, or its role may not do this."""


class NotFound(Refused):
    """There is no such thing."""


class Conflict(Refused):
    """Another agent was faster, or the conversation has moved on."""


class Garbled(DeskError):
    """The answer does not have the agreed shape; console and server are of different versions."""
