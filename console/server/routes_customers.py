"""Routes of what the desk keeps about one customer; for administrators."""

from fastapi import APIRouter, Response

from console.desk.erasure import ErasedCustomer
from console.server.access import Admin, DeskHere
from console.server.answers import answer

router = APIRouter(prefix="/v1/customers", tags=["customers"])


@router.post("/{customer:path}/erase", response_model=ErasedCustomer)
async def erase(customer: str, admin: Admin, desk: DeskHere) -> Response:
    """Erase every conversation of a customer, and all that was made from them, for good."""
    return answer(await desk.erasure.erase(admin, customer))
