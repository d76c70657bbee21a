"""Every route answers as the document of the interface says: each is called once, on a desk that is at work."""

from collections.abc import Awaitable, Callable
from typing import Any

from console.conversation.assist_events import SummaryUpdated
from console.conversation.assistance import Severity, SummaryKind, SummaryLine
from console.conversation.codec import encode
from console.conversation.commands import Close, SendMessage
from console.conversation.events import NewEvent
from console.conversation.people import Role
from console.conversation.quality import CriterionMark, Evidence, Mark
from console.conversation.quality_events import QualityScored
from console.conversation.ranking import BUILT_IN
from console.desk.desk import Desk
from tests.desk.test_rankers import trained
from tests.desks import ROBIN, arrive, suggest, suggestion, watch
from tests.server.authorisation import BEHAVIOUR, CONVERSATION, DRAFT, FILE, MAY, QUERY, SCENARIO, documented, filled
from tests.server.conftest import Served
from tests.server.schemas import faults

LATE = SummaryLine(SummaryKind.ISSUE, "my boots are late", ("m1",))

DECISIONS = ("approve", "reject", "reopen")
"""What can be done with a draft behaviour."""

ELSEWHERE = ("/sign-", "/oidc/", "/customers/")
"""Parts of the paths whose answers other tests look at."""


IN_ORDER = (
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/v1/me"),
    ("GET", "/v1/inbox"),
    ("GET", CONVERSATION),
    ("PUT", "/v1/presence"),
    ("PUT", "/v1/screen"),
    ("GET", "/v1/me/password"),
    ("POST", "/v1/me/password"),
    ("POST", f"{CONVERSATION}/claim"),
    ("PUT", f"{CONVERSATION}/draft"),
    ("POST", f"{CONVERSATION}/check"),
    ("POST", f"{CONVERSATION}/notes"),
    ("POST", f"{CONVERSATION}/typing"),
    ("GET", f"{CONVERSATION}/completions"),
    ("GET", f"{CONVERSATION}/task"),
    ("POST", f"{CONVERSATION}/task"),
    ("DELETE", f"{CONVERSATION}/task"),
    ("PUT", f"{CONVERSATION}/assistance"),
    ("POST", "/v1/replies/restore"),
    ("GET", "/v1/search"),
    ("POST", "/v1/lookups"),
    ("GET", "/v1/sources/{kind}"),
    ("POST", f"{CONVERSATION}/attachments/{{attachment}}/link"),
)
"""Calls that need no answer of another, in the order in which they are made."""


async def test_answers_are_what_the_document_says(served: Served) -> None:
    """A whole conversation over HTTP; each answer, good or bad, fits the schema of its status."""
    document = served.app.openapi()
    desk, offered = served.desk, suggestion("I can reship it.")
    await arrive(desk)
    await suggest(desk, offered)
    judged = watch("refund", "refund", Severity.BLOCK)
    desk.assistant.judges = judged  # type: ignore[attr-defined]
    checked: set[tuple[str, str, int]] = set()

    async def call(verb: str, path: str, body: object = None, role: Role = Role.AGENT, **fill: str) -> Any:  # noqa: ANN401
        async with served.client(role) as client:
            where = filled(path) if not fill else path.format(**{"conversation": "c1", **fill})
            answer = await client.request(verb, where, json=body, params=QUERY.get(path))
        described = document["paths"][path][verb.lower()]["responses"][str(answer.status_code)]
        checked.add((verb, path, answer.status_code))
        if answer.status_code == 204:
            assert answer.content == b""
            return None
        schema = described["content"]["application/json"]["schema"]
        assert list(faults(answer.json(), schema, document)) == [], f"{verb} {path}"
        return answer.json()

    for verb, path in IN_ORDER:
        await call(verb, path, MAY[verb, path][1])
    await call("POST", "/v1/tokens", MAY["POST", "/v1/tokens"][1], Role.ADMIN)
    await call("POST", f"{CONVERSATION}/shown", {"turn": "m1", "suggestions": [offered.id]})
    await call("POST", f"{CONVERSATION}/rate", {"suggestion": offered.id, "stars": 4})
    stopped = await call("POST", f"{CONVERSATION}/messages", {"text": "a refund", "key": "k0"})
    assert (stopped["sent"], stopped["flags"][0]["policy"]) == (False, "refund")
    asked = await call("POST", f"{CONVERSATION}/approvals", {"text": "a refund", "reason": "please"})
    decide = f"{CONVERSATION}/approvals/{{approval}}"
    await call("POST", decide, {"approved": True}, Role.LEAD, approval=asked["approval"])
    sent = {"text": "a refund", "key": "k0", "approval": asked["approval"], "suggestion": offered.id}
    assert (await call("POST", f"{CONVERSATION}/messages", sent))["message"] == "m2"
    assert (await call("GET", CONVERSATION))["conversation"]["messages"][1]["text"] == "a refund"
    await call("POST", f"{CONVERSATION}/dismiss", {"suggestion": offered.id})
    await call("POST", f"{CONVERSATION}/flags/dismiss", {"flag": "f-none"})
    await desk.live.record([NewEvent("c1", "assist", SummaryUpdated("m1", (LATE,)), desk.now())])
    for text in ("lost", "", LATE.text):
        body = {"line": "issue", "sources": ["m1"], "before": LATE.text, "text": text}
        await call("POST", f"{CONVERSATION}/summary", body)
        assert [line["text"] for line in (await call("GET", CONVERSATION))["conversation"]["summary"]] == [text] * bool(
            text
        )
    await _boundary(call)
    for path, body, role in (("claim", None, Role.LEAD), ("release", {"parked": True}, Role.AGENT)):
        await call("POST", f"{CONVERSATION}/{path}", body, role)
    await _wrap_up(call)
    await _upkeep(call, desk)
    await _queue(call, desk)
    await call("POST", f"{CONVERSATION}/reopen", {})
    await call("POST", f"{CONVERSATION}/messages", {"text": "x"})
    await _review(call, desk, offered.id)
    statuses = {status for _, _, status in checked}
    assert statuses == {200, 204, 400, 404, 409, 422, 503}  # no bot is there to be given a task
    streams = {("GET", "/v1/events"), ("POST", f"{CONVERSATION}/rewrite"), ("GET", FILE)}
    elsewhere = {(verb, path) for verb, path in documented(served) if any(part in path for part in ELSEWHERE)}
    assert {(verb, path) for verb, path, _ in checked} | streams | elsewhere == documented(served)


async def _wrap_up(call: Callable[..., Awaitable[Any]]) -> None:
    """Close with what is proposed and a follow-up of one's own, which is ticked off; a second closing is refused."""
    proposed = await call("GET", f"{CONVERSATION}/wrap-up")
    own = {"id": "f1", "text": "write on Friday", "due": "2026-03-06"}
    form = {"fields": proposed["fields"], "follow_ups": [*proposed["follow_ups"], own]}
    closing = {"disposition": "solved", "resolved": True, "wrap_up": form}
    await call("POST", f"{CONVERSATION}/close", closing)
    await call("POST", f"{CONVERSATION}/close", {"disposition": "solved", "resolved": True})
    assert [f["follow_up"]["id"] for f in (await call("GET", "/v1/follow-ups"))["follow_ups"]] == ["f1"]
    await call("POST", f"{CONVERSATION}/follow-ups", {"follow_up": "f1"})
    assert (await call("GET", "/v1/follow-ups"))["follow_ups"] == []


async def _review(call: Callable[..., Awaitable[Any]], desk: Desk, offered: str) -> None:
    """Look at the figures and behind one, judge what is there, and mark a change, which is taken back."""
    assert (await call("GET", "/v1/report", None, Role.LEAD))["total"]["accepted"] == 0
    found = await call("GET", "/v1/review", None, Role.LEAD)
    (every, *_) = found["groups"]
    assert (every["by"], every["decided"], every["figures"][0]["rate"]) == ("all", 1, None)
    assert [one["why"][:15] for one in (await call("GET", "/v1/review/forecast", None, Role.LEAD))["courses"]] == [
        "Not enough data"
    ] * 2
    assert (await call("GET", "/v1/review/automation", None, Role.LEAD))["matters"] == []
    assert (await call("GET", "/v1/review/automation/drafts", None, Role.DESIGNER))["drafts"] == []
    await call("POST", "/v1/review/automation/drafts", {"matter": "none", "weeks": 9}, Role.LEAD)
    for verb, path in (
        ("GET", BEHAVIOUR),
        ("PUT", BEHAVIOUR),
        *(("POST", f"{BEHAVIOUR}/{deed}") for deed in DECISIONS),
    ):
        await call(verb, path, MAY[verb, path][1], Role.ADMIN)  # there is none; what they do is tested with one
    for path in ("/v1/review/exchanges", "/v1/review/queues/{queue}"):
        assert (await call("GET", path, None, Role.LEAD))["total"] == 0
    await _escalations(call)
    layers = (await call("GET", "/v1/layers", None, Role.LEAD))["layers"]
    assert [view["layer"] for view in layers] == ["autonomous", "assisted", "human-only"]
    assert (await call("GET", "/v1/layers/conversations", None, Role.LEAD))["total"] >= 0
    judged = {"conversation": "c1", "subject": offered, "verdict": "right"}
    await call("POST", "/v1/review/judgements", judged, Role.LEAD)
    path = "/v1/review/changes"
    change = (await call("POST", path, MAY["POST", path][1], Role.LEAD))["change"]
    assert [
        one["id"] for one in (await call("GET", "/v1/review", None, Role.LEAD))["changes"] if not one["automatic"]
    ] == [change]
    for _ in range(2):  # the second time there is none
        await call("DELETE", f"{path}/{{change}}", None, Role.LEAD, change=change)
    await _quality(call, desk)
    await _sources_and_edits(call)


async def _quality(call: Callable[..., Awaitable[Any]], desk: Desk) -> None:
    """Look at the quality of what was closed, behind a figure and at the queue, and mark."""
    marks = (CriterionMark("greeting", Mark.NOT_MET, 1.0, (Evidence("m2", "a refund"),), "no greeting"),)
    await desk.live.record([NewEvent("c1", "assist", QualityScored("r1", "x", marks), desk.now())])
    mark = MAY["POST", "/v1/quality/marks"][1]
    await call("POST", "/v1/quality/marks", mark, Role.TRAINER)  # it is open again
    await call("POST", f"{CONVERSATION}/close", {"disposition": "solved", "resolved": True})
    found = await call("GET", "/v1/quality", None, Role.LEAD)
    assert (found["scored"], found["criteria"][0]["counts"]) == (1, [0, 0, 1, 0, 0])
    (failed,) = (await call("GET", "/v1/quality/marks", None, Role.LEAD))["marked"]
    assert (failed["reason"], failed["evidence"][0]["message"]) == ("no greeting", "m2")
    (same,) = (await call("GET", "/v1/quality/conversations/{name}", None, Role.TRAINER, name="c1"))["marked"]
    assert same == failed
    assert (await call("GET", "/v1/quality/queue", None, Role.TRAINER))["marked"][0]["engine"] is None
    await call("POST", "/v1/quality/marks", mark, Role.TRAINER)
    assert (await call("GET", "/v1/quality/queue", None, Role.TRAINER))["total"] == 0
    await call("POST", "/v1/quality/again", MAY["POST", "/v1/quality/again"][1], Role.LEAD)


async def _sources_and_edits(call: Callable[..., Awaitable[Any]]) -> None:
    """Look at both, retire a source and bring it back."""
    assert (await call("GET", "/v1/review/edits", None, Role.LEAD))["groups"][0]["edits"] == 0
    assert (await call("GET", "/v1/review/edits/exchanges", None, Role.LEAD))["total"] == 0
    assert (await call("GET", "/v1/review/weeks", None, Role.LEAD))["demo"] is False
    await call("POST", "/v1/review/weeks", {"weeks": 2}, Role.LEAD)  # its past is its own
    await call("GET", "/v1/practice/scenarios")  # nobody practises on this desk
    await call("POST", "/v1/practice/sessions", {"scenario": "none"})
    await call("GET", "/v1/practice/sessions/{conversation}")
    await call("GET", "/v1/practice/plants")
    await call("POST", "/v1/practice/sessions/{conversation}/plants", {"suggestions": []})
    await call("POST", "/v1/practice/sessions/{conversation}/replays", {"message": "m2"})
    for path in ("own", "sessions"):
        await call("GET", f"/v1/practice/{path}")
    for path in ("assignments", "people"):
        await call("GET", f"/v1/practice/{path}", None, Role.TRAINER)
    for path in ("assignments", "sessions/{conversation}/points"):
        await call("POST", f"/v1/practice/{path}", MAY["POST", f"/v1/practice/{path}"][1], Role.TRAINER)
    await call("DELETE", "/v1/practice/assignments/{assignment}", None, Role.TRAINER)
    await call("GET", "/v1/practice/drafts", None, Role.TRAINER)  # nor is anything made on it
    for (verb, path), (_, body) in MAY.items():
        if path == SCENARIO or path.startswith(f"{SCENARIO}/") or (verb, path) == ("POST", "/v1/practice/drafts"):
            await call(verb, path, body, Role.TRAINER)
    sources = "/v1/review/sources"
    assert (await call("GET", sources, None, Role.LEAD))["weeks"] == 9
    for deed, left in (("retire", ["macro:hello"]), ("back", [])):
        assert (await call("POST", f"{sources}/{deed}", {"source": "macro:hello"}, Role.LEAD))["sources"] == left


async def _boundary(call: Callable[..., Awaitable[Any]]) -> None:
    """Let assistance in no more, and mark an answer of the bot."""
    for path, body in (("allowed", {"allowed": False}), ("bot-answers", {"message": "m1", "verdict": "right"})):
        await call("PUT", f"{CONVERSATION}/{path}", body)


async def _queue(call: Callable[..., Awaitable[Any]], desk: Desk) -> None:
    """Give out another conversation, work on it together, and pass it on."""
    await arrive(desk, "c3")
    assert [one["conversation"] for one in (await call("GET", "/v1/queue"))["line"]] == ["c3"]
    assert (await call("POST", "/v1/queue/next"))["conversation"]["id"] == "c3"
    for verb, path, role in (
        ("POST", f"{CONVERSATION}/lead", Role.AGENT),
        ("PUT", f"{CONVERSATION}/watch", Role.LEAD),
        ("POST", f"{CONVERSATION}/asides", Role.LEAD),
        ("DELETE", f"{CONVERSATION}/watch", Role.LEAD),
        ("POST", f"{CONVERSATION}/park", Role.AGENT),
        ("POST", f"{CONVERSATION}/transfer", Role.AGENT),
    ):
        await call(verb, path, MAY[verb, path][1], role, conversation="c3")
    assert desk.live.rows["c3"].wanted == "refunds"
    await call("POST", "/v1/queue/rebalance", None, Role.LEAD)


async def _upkeep(call: Callable[..., Awaitable[Any]], desk: Desk) -> None:
    """Draft an article from another conversation, and look over the knowledge base."""
    await arrive(desk, "c2", "Do you wrap gifts in paper?")
    await desk.casework.claim(ROBIN, "c2")
    await desk.sending.send(ROBIN, "c2", SendMessage("Yes, we wrap every gift in paper.", "k1"))
    await desk.casework.close(ROBIN, "c2", Close("answered", resolved=True))
    made = await call("POST", "/v1/drafts", {"conversation": "c2"}, Role.LEAD)
    edit = {"title": "Gifts", "text": "We wrap them.", "seen": made["seq"]}
    edited = await call("PUT", DRAFT, edit, Role.LEAD, draft=made["id"])
    approve = {"audience": "public", "seen": edited["seq"]}
    done = await call("POST", f"{DRAFT}/approve", approve, Role.LEAD, draft=made["id"])
    assert (done["status"], done["file"]) == ("approved", "gifts.md")
    reopened = await call("POST", f"{DRAFT}/reopen", None, Role.LEAD, draft=made["id"])
    await call("POST", f"{DRAFT}/reject", {"reason": "no", "seen": reopened["seq"]}, Role.LEAD, draft=made["id"])
    assert (await call("GET", "/v1/drafts", None, Role.LEAD))["drafts"][0]["status"] == "rejected"
    await call("GET", "/v1/gaps", None, Role.TRAINER)
    for path in ("/v1/gaps/aside", "/v1/gaps/back"):
        await call("POST", path, MAY["POST", path][1], Role.LEAD)
    await call("GET", "/v1/contradictions", None, Role.TRAINER)
    learned = encode(trained())
    assert (await call("POST", "/v1/rankers", learned, Role.ADMIN))["version"] == learned["version"]
    await call("POST", "/v1/rankers", learned, Role.ADMIN)  # judged beside one that is not in force any more
    assert (await call("POST", "/v1/rankers/back", None, Role.ADMIN))["version"] == BUILT_IN


async def _escalations(call: Callable[..., Awaitable[Any]]) -> None:
    """Nothing was given from a bot to people here, so that nothing is judged, and no behaviour has a file."""
    root = "/v1/escalations"
    assert (await call("GET", root, None, Role.LEAD))["patterns"][0]["late"]["of"] == 0
    assert (await call("GET", f"{root}/cases", None, Role.LEAD))["total"] == 0
    await call("POST", f"{root}/judgements", MAY["POST", f"{root}/judgements"][1], Role.LEAD)
    assert "no content" in (await call("GET", f"{root}/thresholds", None, Role.LEAD))["why"]
    await call("POST", f"{root}/thresholds", MAY["POST", f"{root}/thresholds"][1], Role.LEAD)
    await call("POST", f"{root}/thresholds/{{change}}/back", None, Role.LEAD, change="ch-none")
