"""Routes of what the desk keeps about one customer; for administrators."""

import asyncio
import itertools

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from console.desk.customer_export import export
from console.desk.erasure import ErasedCustomer
from console.desk.errors import NotFound
from console.server.access import Admin, DeskHere
from console.server.answers import answer

router = APIRouter(prefix="/v1/customers", tags=["customers"])


@router.post("/{customer:path}/erase", response_model=ErasedCustomer)
async def erase(customer: str, admin: Admin, desk: DeskHere) -> Response:
    """Erase every conversation of a customer, and all that was made from them, for good."""
    return answer(await desk.erasure.erase(admin, customer))


@router.get("/{customer:path}/export", response_class=StreamingResponse)
async def export_customer(customer: str, _: Admin, desk: DeskHere) -> StreamingResponse:
    """Return all that is kept about a customer as a .zip, while it is being put together."""
    pieces = export(desk.erasure.kept, customer)
    first = await asyncio.to_thread(next, pieces, None)
    if first is None:
        raise NotFound("nothing is kept of this customer")
    headers = {"Content-Disposition": 'attachment; filename="customer.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(itertools.chain([first], pieces), media_type="application/zip", headers=headers)
