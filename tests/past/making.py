"""Short ways of writing past conversations."""

from console.content.conversations import Transcript
from console.conversation.people import Customer
from tests.assist.making import messages


def transcript(
    name: str, *lines: str, customer: Customer | None = None, resolved: bool = True, agent: str = "Priya Marlow"
) -> Transcript:
    """Return a past conversation of a customer of its own."""
    return Transcript(name, customer or Customer(f"u-{name}"), messages(*lines), resolved, "done", agent)


def usual(count: int = 4) -> list[Transcript]:
    """Return conversations that go alike, of different customers."""
    names = ("Ann Berg", "Bo Lund", "Cem Arslan", "Dee Okafor", "Eve Novak", "Finn Daly")
    return [
        transcript(
            f"p{place}",
            "c: my parcel has not arrived",
            f"a: I'm sorry, {name.split()[0]}. May I have your order number, please?",
            f"c: LF-1000{place}",
            f"a: Thank you. Order LF-1000{place} is with the carrier, and I will ask them to search for it.",
            customer=Customer(f"u{place}", name),
        )
        for place, name in enumerate(names[:count])
    ]
