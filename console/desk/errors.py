"""What the desk refuses, as a small tree; each message tells the person what to do."""


class DeskError(Exception):
    """The desk could not do what was asked."""

    code = "error"


class NotFound(DeskError):
    """There is no such conversation, suggestion, flag or source."""

    code = "not-found"


class Refused(DeskError):
    """The request makes no sense as it stands (empty text, closed conversation …)."""

    code = "refused"


class Taken(DeskError):
    """Another agent has the conversation."""

    code = "taken"


class KeyReused(DeskError):
    """The key of a text was used for another one."""

    code = "key-reused"


class Forbidden(DeskError):
    """The person's role does not allow it."""

    code = "forbidden"


class NotReady(DeskError):
    """A part of the desk is not there yet: the model is being loaded, the index is missing."""

    code = "not-ready"
