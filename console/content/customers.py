"""Customers' records: from one JSON object each to :class:`Customer`."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from console.content.errors import ContentError
from console.conversation.codec import decode
from console.conversation.people import Customer
from console.text import clean_line
from console.toml import TomlError, read_text

_DAY: Final = re.compile(r"@(-?\d{1,5})$")
_TEXT_DAY: Final = re.compile(r"\{date:(-?\d{1,5})\}")
_KNOWN: Final = frozenset(Customer.__slots__) - {"extra"}


def load_customers(path: Path, today: date) -> dict[str, Customer]:
    """Return the customers of a ``.jsonl`` file by id.

    A field such as ``"@-24"`` stands for the day 24 days before ``today``, as an ISO date. Raises
    :class:`ContentError` naming file and line.
    """
    customers: dict[str, Customer] = {}
    try:
        text = read_text(path)
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error
    for number, line in enumerate(text.split("\n"), 1):  # JSON may hold other line separators as they are
        if not line.strip():
            continue
        try:
            record = dated(json.loads(line), today)
            customer = customer_from_record(record)
        except (ValueError, RecursionError) as error:
            raise ContentError(path, f"not a customer record: {str(error).splitlines()[0]}", number) from error
        if customer.id in customers:
            raise ContentError(path, f"the customer '{customer.id}' stands here twice", number)
        customers[customer.id] = customer
    return customers


def customer_from_record(record: Mapping[str, Any]) -> Customer:
    """Return a customer from a JSON object; only ``id`` is required, unknown keys go into ``extra`` as text.

    Raises ``ValueError`` when a known key has a value of the wrong kind.
    """
    if not isinstance(record, Mapping) or not str(record.get("id") or "").strip():
        raise ValueError("a customer needs an 'id'")
    known = {key: _cleaned(value) for key, value in record.items() if key in _KNOWN and value is not None}
    known["id"] = str(known["id"])
    extra = {
        clean_line(str(key)): clean_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in record.items()
        if key not in _KNOWN
    }
    customer: Customer = decode(Customer, known | {"extra": extra})
    return customer


def dated(value: Any, today: date) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return JSON with ``@N`` as the ISO date N days from ``today`` and ``{date:N}`` in text as ``10 November``."""
    match value:
        case str() if found := _DAY.match(value):
            return (today + timedelta(days=int(found[1]))).isoformat()
        case str():
            return _TEXT_DAY.sub(lambda m: spoken_day(today + timedelta(days=int(m[1]))), value)
        case dict():
            return {key: dated(item, today) for key, item in value.items()}
        case list():
            return [dated(item, today) for item in value]
        case date() | time():  # which TOML has, and JSON has not
            return value.isoformat()
        case _:
            return value


def spoken_day(day: date) -> str:
    """Return a day as people write it: ``10 November``."""
    return f"{day.day} {day:%B}"


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON is any of its types
    match value:
        case str():
            return clean_line(value, 2000)
        case dict():
            return {key: _cleaned(item) for key, item in value.items()}
        case list():
            return [_cleaned(item) for item in value]
        case float() if not math.isfinite(value):  # Python reads and writes these in JSON; nobody else does
            raise ValueError(f"{value} is no number that a record can hold")
        case _:
            return value
