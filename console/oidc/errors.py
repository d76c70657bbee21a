"""What may go wrong with an identity provider."""


class ProviderError(Exception):
    """The provider does not answer, or not as it should; one line for the person who signs in."""


class NotVouched(ProviderError):
    """The provider does not say who they are, or what it says cannot be believed."""
