"""Who may approve a blocked text, as the server's routes answer."""

from console.conversation.assistance import Severity
from console.conversation.people import Role
from tests.desks import Chair, arrive, watch
from tests.server.conftest import Served

APPROVALS = "/v1/conversations/c1/approvals"


async def test_a_lead_is_told_why_they_cannot_approve_their_own_text(served: Served, chair: Chair) -> None:
    """And what they can do instead, which then goes through; a colleague's text they approve."""
    await arrive(served.desk)
    chair.judges = watch("refund", "refund", Severity.BLOCK)
    async with served.client(Role.LEAD) as marta:
        await marta.post("/v1/conversations/c1/claim")
        asked = (await marta.post(APPROVALS, json={"text": "a refund", "reason": "late"})).json()
        answer = await marta.post(f"{APPROVALS}/{asked['approval']}", json={"approved": True})
        assert answer.status_code == 403
        assert "asked for this yourself; another lead can approve it" in answer.text
        passed = [{"flag": flag["id"], "reason": "late"} for flag in asked["flags"]]
        own = {"text": "a refund", "key": "k", "passed": passed}
        assert (await marta.post("/v1/conversations/c1/messages", json=own)).json()["sent"] is True
    async with served.client(Role.ADMIN) as owner:
        assert (await owner.post(f"{APPROVALS}/{asked['approval']}", json={"approved": True})).status_code == 204
