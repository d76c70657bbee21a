"""The demo company's order system: a small web application with its customers' orders, appointments and invoices.

It speaks what :mod:`console.tools.http` asks. Nothing leaves it for a customer who does not own it, and an action with
a key that it knows has no further effect. What it holds lasts as long as it runs.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from console.conversation.people import Customer, Order

Fields = Mapping[str, str]

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""The days of fittings."""

PLACES: Final = {"kettlewick": "Kettlewick", "harrow bridge": "Harrow Bridge", "video": "video"}

TIME: Final = "11:20"
"""The time of who asks for none."""

FREE: Final = frozenset({TIME, "15:00"})
"""The times that are free on every day but :data:`FULL`, which shows what no free time looks like."""

FULL: Final = "friday"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A fitting: its day, time and place."""

    day: date
    time: str
    place: str


@dataclass
class OrderSystem:
    """The records; ``postcodes`` are by customer, ``appointments`` too."""

    customers: Mapping[str, Customer]
    postcodes: Mapping[str, str]
    appointments: dict[str, Appointment]
    today: date
    links: list[str] = field(default_factory=list)
    """Customers who were sent a password link, in order; invoices that were sent stand in ``sent``."""
    sent: list[tuple[str, str]] = field(default_factory=list)
    _done: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, tool: str, customer: str, arguments: Fields, key: str = "") -> dict[str, Any]:
        """Return the answer to a call; the same ``key`` again returns the same answer and does nothing."""
        if key and key in self._done:
            return self._done[key]
        work = self._tools().get(tool)
        found = work(customer, arguments) if work else None
        body: dict[str, Any] = (
            {"found": False} if found is None else {"found": True, "customer": found[0], "fields": found[1]}
        )
        if key:
            self._done[key] = body
        return body

    def _tools(self) -> Mapping[str, Callable[[str, Fields], tuple[str, dict[str, str]] | None]]:
        return {
            "identify": self._identify,
            "account": self._account,
            "order_status": self._order_status,
            "send_invoice": self._send_invoice,
            "send_password_link": self._send_link,
            "appointment": self._appointment,
            "move_appointment": self._move,
            "cancel_appointment": self._cancel,
        }

    def _identify(self, _: str, arguments: Fields) -> tuple[str, dict[str, str]] | None:
        found = self._order("", arguments.get("order.number", ""))
        if found is None:
            return None
        customer, order = found
        postcode = self.postcodes.get(customer.id, "")
        if not postcode or not hmac.compare_digest(_plain(postcode), _plain(arguments.get("postcode", ""))):
            return None
        names = {"name": customer.name, "first_name": customer.called}
        return customer.id, {"order.number": order.number, "postcode": postcode, **names}

    def _account(self, customer: str, _: Fields) -> tuple[str, dict[str, str]] | None:
        owner = self.customers.get(customer)
        if owner is None or not owner.email or not owner.since:
            return None
        member = {} if owner.contract in {"", "none"} else {"membership": f"Larkfell {owner.contract}"}
        return owner.id, {"email": masked(owner.email), "since": owner.since[:4]} | member

    def _order_status(self, customer: str, arguments: Fields) -> tuple[str, dict[str, str]] | None:
        found = self._order(customer, arguments.get("order.number", ""))
        if found is None:
            return None
        owner, order = found
        fields = {
            "order.number": order.number,
            "item": order.item,
            "status": order.status,
            "placed": order.placed,
            "total": order.total,
        }
        if order.status == "delivered":
            fields["delivered"] = order.due
        elif order.status in {"in transit", "dispatched", "out for delivery"}:
            fields["late" if order.due < self.today.isoformat() else "due"] = order.due
        elif order.due:
            fields["expected"] = order.due
        if order.carrier:
            fields |= {"carrier": order.carrier, "tracking": order.tracking}
        return owner.id, {name: value for name, value in fields.items() if value}

    def _send_invoice(self, customer: str, arguments: Fields) -> tuple[str, dict[str, str]] | None:
        found = self._order(customer, arguments.get("order.number", ""))
        if found is None:
            return None
        owner, order = found
        self.sent.append((owner.id, order.number))
        return owner.id, {"order.number": order.number, "sent_to": masked(owner.email)}

    def _send_link(self, customer: str, _: Fields) -> tuple[str, dict[str, str]] | None:
        owner = self.customers.get(customer)
        if owner is None or not owner.email:
            return None
        self.links.append(owner.id)
        return owner.id, {"sent_to": masked(owner.email), "valid": "30 minutes"}

    def _appointment(self, customer: str, _: Fields) -> tuple[str, dict[str, str]] | None:
        held = self.appointments.get(customer)
        return (customer, _fields(held)) if held else None

    def _move(self, customer: str, arguments: Fields) -> tuple[str, dict[str, str]] | None:
        held, day = self.appointments.get(customer), self._day(arguments.get("day", ""))
        place = PLACES.get(arguments.get("place", "").lower(), held.place if held else "")
        time = _clock(arguments.get("start", "")) or TIME
        if held is None or day is None or not place or DAYS[day.weekday()] == FULL or time not in FREE:
            return None
        self.appointments[customer] = Appointment(day, time, place)
        return customer, _fields(self.appointments[customer])

    def _cancel(self, customer: str, _: Fields) -> tuple[str, dict[str, str]] | None:
        held = self.appointments.pop(customer, None)
        return (customer, _fields(held)) if held else None

    def _order(self, customer: str, number: str) -> tuple[Customer, Order] | None:
        """Return an order with whose it is, by its number or its five digits; of one customer where one is named."""
        wanted = _plain(number)
        for owner in self.customers.values():
            if customer in {"", owner.id}:
                for order in owner.orders:
                    if wanted and wanted in {_plain(order.number), _plain(order.number)[-5:]}:
                        return owner, order
        return None

    def _day(self, words: str) -> date | None:
        """Return the day that a customer means, the next one of that name; ``None`` for a Sunday or no day."""
        said = words.lower().split()
        if "today" in said or "tomorrow" in said:
            day = self.today + timedelta(days="tomorrow" in said)
        else:
            named = next((place for place, name in enumerate(DAYS) if name in said), None)
            if named is None:
                return None
            day = self.today + timedelta(days=(named - self.today.weekday()) % 7 or 7)
            day += (
                timedelta(days=7)
                if "next" in said and (day - self.today).days < 7 - self.today.weekday()
                else timedelta()
            )
        return day if day.weekday() < len(DAYS) else None


def application(system: OrderSystem, key: str) -> Starlette:
    """Return the system as a web application for callers who hold ``key``."""

    async def call(request: Request) -> JSONResponse:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
            return JSONResponse({"error": "not allowed"}, 401)
        try:
            body = await request.json()
            customer, arguments = str(body["customer"]), {str(k): str(v) for k, v in body["arguments"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"error": "not a call"}, 400)
        again = request.headers.get("Idempotency-Key", "")
        return JSONResponse(system.answer(request.path_params["tool"], customer, arguments, again))

    return Starlette(routes=[Route("/tools/{tool}", call, methods=["POST"])])


def order_system(customers: Mapping[str, Customer], today: date) -> OrderSystem:
    """Return the system of the demo company: a postcode for each customer, a fitting for every other one."""
    postcodes = {name: postcode_of(name) for name in customers}
    appointments = {
        name: Appointment(_workday(today + timedelta(days=2 + place % 5)), "14:40", list(PLACES.values())[place % 3])
        for place, name in enumerate(sorted(customers))
        if place % 2 == 0
    }
    return OrderSystem(customers, postcodes, appointments, today)


def postcode_of(customer: str) -> str:
    """Return a customer's postcode, made from their id: the records hold none. Its area is none of the country's."""
    number = sum((place + 1) * ord(letter) for place, letter in enumerate(customer))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"QX{number % 20 + 1} {number % 9 + 1}{letters[number // 9 % 20]}{letters[number // 180 % 20]}"


def masked(email: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it: ``d…@example.com``."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def _clock(words: str) -> str:
    """Return the time that a customer means, as “15:00”; empty for none."""
    said = words.lower().replace(".", ":").replace(" ", "")
    if said in {"noon", "midday"}:
        return "12:00"
    hour, _, minute = said.removesuffix("am").removesuffix("pm").partition(":")
    if not hour.isdecimal():
        return ""
    later = 12 * (said.endswith("pm") and hour != "12")
    return f"{int(hour) + later:02}:{minute or '00'}"


def _workday(day: date) -> date:
    return day if day.weekday() < len(DAYS) else day + timedelta(days=1)


def _fields(held: Appointment) -> dict[str, str]:
    place = "by video" if held.place == "video" else f"in {held.place}"
    return {"date": held.day.isoformat(), "time": held.time, "place": held.place, "where": place}


def _plain(value: str) -> str:
    return "".join(c for c in value.upper() if c.isalnum())
