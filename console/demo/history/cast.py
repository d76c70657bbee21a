"""The people of the generated history: customers and colleagues who plainly do not exist."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from console.conversation.people import Customer, Order

ITEMS: Final = (
    ("Fellwalker boots, size 43", "£164.00"),
    ("Fellwalker boots, size 39", "£164.00"),
    ("Scarfell Mid boots, size 41", "£118.00"),
    ("Becksole trail shoes, size 40", "£89.00"),
    ("Ridgeback 45 pack, moss", "£129.00"),
    ("Wren 22 daypack, slate", "£64.00"),
    ("Tarn 2 tent", "£289.00"),
    ("Tarn 3 tent", "£345.00"),
    ("Lapwing sleeping bag, regular", "£84.00"),
    ("Mossbed mat, regular", "£72.00"),
    ("Stormhide jacket, size M", "£210.00"),
    ("Drizzle shell, size 14", "£95.00"),
    ("Glint headlamp", "£49.00"),
    ("Waymark GPS", "£249.00"),
)
CARRIERS: Final = (("Northpost", "NP 55{:02d} {:04d} {:02d}"), ("Swiftfoot Couriers", "SF-{:02d}18-{:04d}{:02d}"))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a colleague works with suggestions; shares from 0 to 1."""

    first: float = 0.5
    """Turns in which they take the first suggestion."""
    other: float = 0.12
    """Turns in which they take another one."""
    verbatim: float = 0.5
    """Of what they take, what they send as it is."""
    dismisses: float = 0.04
    rates: float = 0.14
    pace: float = 1.0
    """How long they take, against the others."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works on the generated desk."""

    id: str
    name: str
    team: str
    tiers: tuple[int, ...]
    shift: tuple[int, int]
    """From which hour to which."""
    days: tuple[int, ...]
    """Weekdays, 0 for Monday."""
    habits: Habits = field(default_factory=Habits)

    def works(self, at: datetime) -> bool:
        """Whether they are there at a moment."""
        return at.weekday() in self.days and self.shift[0] <= at.hour < self.shift[1]


_WEEK: Final = (0, 1, 2, 3, 4)
_LATE_WEEK: Final = (1, 2, 3, 4, 5)
_WEEKEND: Final = (0, 1, 4, 5, 6)

COLLEAGUES: Final = (
    Colleague("history-ada", "Ada Scree", "delivery", (1, 2), (8, 15), _WEEK, Habits(0.6, 0.1, 0.7, 0.02, 0.1, 0.8)),
    Colleague("history-bram", "Bram Cairn", "delivery", (1, 2), (13, 21), _WEEK, Habits(0.45, 0.15, 0.4, 0.05, 0.2)),
    Colleague("history-cora", "Cora Linn", "delivery", (1,), (9, 17), _WEEKEND, Habits(0.62, 0.08, 0.75, 0.02, 0.08)),
    Colleague(
        "history-dougal", "Dougal Fell", "returns", (1, 2), (8, 15), _WEEK, Habits(0.4, 0.2, 0.3, 0.1, 0.25, 1.3)
    ),
    Colleague(
        "history-effie", "Effie Birk", "returns", (1, 2), (13, 21), _LATE_WEEK, Habits(0.52, 0.12, 0.5, 0.03, 0.15)
    ),
    Colleague(
        "history-fenn", "Fenn Moss", "returns", (1, 2, 3), (9, 17), _WEEKEND, Habits(0.48, 0.15, 0.45, 0.04, 0.18)
    ),
    Colleague("history-greta", "Greta Tarn", "repairs", (1, 2), (8, 16), _WEEK, Habits(0.55, 0.1, 0.55, 0.03, 0.12)),
    Colleague(
        "history-hal", "Hal Becks", "repairs", (1, 2), (12, 20), _LATE_WEEK, Habits(0.5, 0.14, 0.5, 0.05, 0.16, 1.2)
    ),
)
LEADS: Final = (
    Colleague("history-isla", "Isla Force", "leads", (1, 2, 3), (8, 17), (0, 1, 2, 3, 4, 5, 6)),
    Colleague("history-jock", "Jock Stile", "leads", (1, 2, 3), (12, 21), (0, 1, 2, 3, 4, 5, 6)),
)


def customer(
    number: str,
    name: str,
    rng: random.Random,
    today: date,
    status: str,
    due: int,
    item: tuple[str, str] | None = None,
) -> Customer:
    """Return a customer with one order, due so many days from today, of an ``item`` (what, and for how much) or any."""
    first = name.partition(" ")[0]
    what, total = item or ITEMS[rng.randrange(len(ITEMS))]
    carrier, pattern = CARRIERS[rng.random() < 0.3]  # noqa: PLR2004 - a third by courier
    order = Order(
        number=f"LF-{10_000 + rng.randrange(30_000)}",
        item=what,
        placed=_day(today, due - 5),
        due=_day(today, due),
        total=total,
        status=status,
        carrier=carrier,
        tracking=pattern.format(rng.randrange(100), rng.randrange(10_000), rng.randrange(100)),
    )
    return Customer(
        id=f"generated-{number}",
        name=name,
        first_name=first,
        email=f"{name.lower().replace(' ', '.')}@example.com",
        since=_day(today, -rng.randrange(60, 2_400)),
        contract=rng.choices(("none", "Club", "Outfitters"), (70, 25, 5))[0],
        value=round(rng.lognormvariate(5.4, 0.8), 2),
        country="GB",
        language="en",
        complaints=int(rng.random() < 0.06),  # noqa: PLR2004 - one in sixteen has complained
        orders=(order,),
    )


def _day(today: date, away: int) -> str:
    return (today + timedelta(days=away)).isoformat()
