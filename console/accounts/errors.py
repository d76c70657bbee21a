"""What may be wrong with accounts; each message is one line that says what to do.

AccountsError
├── AccountsUnavailable   the store cannot be read or written right now
├── NoPassword            a person signs in otherwise, and has no password to change
├── NoSuchPerson          nobody, or more than one, comes under a name
├── NotSignedIn           the name and the password do not let anybody in
├── RoleNotHeld           a person is who they say, and may not come in that role
├── TryLater              too many attempts, or too many people at this moment
└── WrongPassword         the old password of whoever wants another one is not theirs
"""


class AccountsError(Exception):
    """The accounts cannot be used so."""


class AccountsUnavailable(AccountsError):
    """The store of the accounts does not answer, or cannot be used as it is."""


class NoPassword(AccountsError):
    """The person signs in otherwise."""


class NoSuchPerson(AccountsError):
    """No person, or no single one, is called that."""


class NotSignedIn(AccountsError):
    """Nobody is let in; why exactly is not for whoever tries."""


class RoleNotHeld(AccountsError):
    """The person may not come in this role, or in any."""


class TryLater(AccountsError):
    """Come back after ``seconds``."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class WrongPassword(AccountsError):
    """The old password is another one."""
