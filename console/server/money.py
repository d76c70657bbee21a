"""What work costs, as the settings say."""

from console.review.layers.cohort import Money
from console.settings import Settings


def money_of(settings: Settings) -> Money:
    """Return what is configured of costs."""
    costs, llm = settings.costs, settings.llm
    return Money(costs.agent_hour, costs.currency, bool(llm.address) and (llm.price_in > 0 or llm.price_out > 0))
