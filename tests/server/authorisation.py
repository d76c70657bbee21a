"""Who may use each route of the desk server: the table that the tests hold every route against.

A new route must be put into it, with who may use it and a body that it takes.
"""

from console.conversation.people import Role
from tests.accounts.making import PASSWORD
from tests.server.conftest import PEOPLE, Served

PUBLIC = frozenset({None, *Role})
VISITORS: frozenset[Role] = frozenset()
"""Nobody of the staff: what a customer's own browser may, by the cookie of its visit."""
STAFF = frozenset(Role)
WORKING = frozenset({Role.AGENT, Role.LEAD})
LEADING = frozenset({Role.LEAD, Role.ADMIN})
REVIEWING = frozenset({Role.LEAD, Role.TRAINER, Role.ADMIN})
DRAFTING = WORKING | REVIEWING
ADMIN = frozenset({Role.ADMIN})
DESIGNING = frozenset({Role.DESIGNER, Role.ADMIN})
SCENARIO = "/v1/practice/drafts/{scenario}"
BEHAVIOUR = "/v1/review/automation/drafts/{behaviour}"
DRAFT = "/v1/drafts/{draft}"
CONVERSATION = "/v1/conversations/{conversation}"
FILE = "/attachments/{conversation}/{attachment}"
TRAINED = {
    "version": "other",
    "weights": {"features": {"score": 1.0}},
    "champion": "built-in",
    "until": "2026-03-02T10:00:00Z",
    "turns": 100,
    "judged": 50,
    "first": 0.6,
    "champion_first": 0.5,
    "low": 0.02,
    "high": 0.18,
}

THRESHOLD = {"behaviour": "hours", "threshold": {"after": 2, "mood": False}, "digest": "0"}
"""Leads may change when a behaviour hands over, and nothing else of it."""

JUDGED = {"conversation": "c1", "subject": "s-none", "verdict": "right"}

MAY: dict[tuple[str, str], tuple[frozenset[Role | None] | frozenset[Role], object]] = {
    ("GET", "/health"): (PUBLIC, None),
    ("GET", FILE): (PUBLIC, None),
    ("GET", "/ready"): (PUBLIC, None),
    ("POST", "/v1/sign-in"): (PUBLIC, {"name": PEOPLE[Role.TRAINER], "password": PASSWORD}),
    ("POST", "/v1/sign-out"): (STAFF, None),
    ("GET", "/v1/oidc/start"): (PUBLIC, None),  # without a provider, as here, there is nothing behind these
    ("GET", "/v1/oidc/callback"): (PUBLIC, None),
    ("POST", "/v1/sign-in/code"): (PUBLIC, {"code": "none"}),
    ("GET", "/v1/me"): (STAFF, None),
    ("GET", "/v1/me/password"): (STAFF, None),
    ("POST", "/v1/me/password"): (STAFF, {"old": PASSWORD, "new": "another few plain words"}),
    ("POST", "/v1/tokens"): (ADMIN, {"role": "agent", "name": "Sam Oldfield"}),
    ("GET", "/v1/practice/scenarios"): (STAFF, None),
    ("POST", "/v1/practice/sessions"): (DRAFTING, {"scenario": "none"}),
    ("GET", "/v1/practice/sessions/{conversation}"): (STAFF, None),
    ("GET", "/v1/practice/plants"): (STAFF, None),
    ("POST", "/v1/practice/sessions/{conversation}/plants"): (STAFF, {"suggestions": []}),
    ("POST", "/v1/practice/sessions/{conversation}/replays"): (DRAFTING, {"message": "m2"}),
    ("GET", "/v1/practice/own"): (STAFF, None),
    ("GET", "/v1/practice/sessions"): (STAFF, None),
    ("POST", "/v1/practice/sessions/{conversation}/points"): (REVIEWING, {"point": "facts", "value": 1}),
    ("GET", "/v1/practice/assignments"): (REVIEWING, None),
    ("POST", "/v1/practice/assignments"): (REVIEWING, {"scenario": "none", "people": ["none"]}),
    ("DELETE", "/v1/practice/assignments/{assignment}"): (REVIEWING, None),
    ("GET", "/v1/practice/people"): (REVIEWING, None),
    ("GET", "/v1/practice/drafts"): (REVIEWING, None),
    ("POST", "/v1/practice/drafts"): (REVIEWING, {"conversation": "none"}),
    ("GET", SCENARIO): (REVIEWING, None),
    ("PUT", SCENARIO): (REVIEWING, {"text": "title = 'Boots'", "seen": 1}),
    ("GET", f"{SCENARIO}/check"): (REVIEWING, None),
    ("POST", f"{SCENARIO}/approve"): (REVIEWING, {"seen": 1}),
    ("POST", f"{SCENARIO}/reject"): (REVIEWING, {"reason": "too easy", "seen": 1}),
    ("GET", "/v1/inbox"): (STAFF, None),
    ("GET", "/v1/events"): (STAFF, None),
    ("PUT", "/v1/presence"): (STAFF, {"presence": "online"}),
    ("PUT", "/v1/screen"): (STAFF, {"console": "one", "conversation": "c-1"}),
    ("GET", "/v1/search"): (STAFF, None),
    ("POST", "/v1/lookups"): (STAFF, {"query": "how to wash a tent"}),
    ("GET", "/v1/sources/{kind}"): (STAFF, None),
    ("GET", "/v1/report"): (LEADING, None),
    ("GET", "/v1/customers/{customer}/export"): (ADMIN, None),
    ("POST", "/v1/customers/{customer}/erase"): (ADMIN, None),
    ("POST", "/v1/rankers"): (ADMIN, TRAINED),
    ("POST", "/v1/rankers/back"): (ADMIN, None),
    ("GET", "/v1/review"): (LEADING, None),
    ("GET", "/v1/review/forecast"): (LEADING, None),
    ("GET", "/v1/review/automation"): (LEADING, None),
    ("GET", "/v1/review/automation/drafts"): (LEADING | DESIGNING, None),
    ("POST", "/v1/review/automation/drafts"): (LEADING, {"matter": "none", "weeks": 9}),
    ("GET", BEHAVIOUR): (DESIGNING | LEADING, None),
    ("PUT", BEHAVIOUR): (DESIGNING | LEADING, {"text": "title = 'Gifts'", "seen": 1}),
    ("POST", f"{BEHAVIOUR}/approve"): (DESIGNING, {"seen": 1}),
    ("POST", f"{BEHAVIOUR}/reject"): (DESIGNING | LEADING, {"reason": "too rare", "seen": 1}),
    ("POST", f"{BEHAVIOUR}/reopen"): (DESIGNING, None),
    ("GET", "/v1/review/exchanges"): (LEADING, None),
    ("GET", "/v1/review/queues/{queue}"): (LEADING, None),
    ("POST", "/v1/review/judgements"): (LEADING, JUDGED),
    ("POST", "/v1/review/changes"): (LEADING, {"on": "2026-03-02T10:00:00Z", "words": "a macro was retired"}),
    ("DELETE", "/v1/review/changes/{change}"): (LEADING, None),
    ("GET", "/v1/escalations"): (REVIEWING, None),
    ("GET", "/v1/escalations/cases"): (REVIEWING, None),
    ("POST", "/v1/escalations/judgements"): (LEADING, {"conversation": "c1", "timing": "right"}),
    ("GET", "/v1/escalations/thresholds"): (LEADING, None),
    ("POST", "/v1/escalations/thresholds"): (LEADING, THRESHOLD),
    ("POST", "/v1/escalations/thresholds/{change}/back"): (LEADING, None),
    ("GET", "/v1/layers"): (LEADING, None),
    ("GET", "/v1/layers/conversations"): (LEADING, None),
    ("GET", "/v1/quality"): (REVIEWING, None),
    ("GET", "/v1/quality/marks"): (REVIEWING, None),
    ("GET", "/v1/quality/conversations/{name}"): (REVIEWING, None),
    ("GET", "/v1/quality/queue"): (REVIEWING, None),
    ("POST", "/v1/quality/marks"): (REVIEWING, {"conversation": "c1", "criterion": "greeting", "mark": "met"}),
    ("POST", "/v1/quality/again"): (LEADING, {"since": "2026-03-01T10:00:00Z"}),
    ("GET", "/v1/review/edits"): (LEADING, None),
    ("GET", "/v1/review/edits/exchanges"): (LEADING, None),
    ("GET", "/v1/review/weeks"): (LEADING, None),
    ("POST", "/v1/review/weeks"): (LEADING, {"weeks": 2}),
    ("GET", "/v1/review/sources"): (LEADING, None),
    ("POST", "/v1/review/sources/retire"): (LEADING, {"source": "macro:hello"}),
    ("POST", "/v1/review/sources/back"): (LEADING, {"source": "macro:hello"}),
    ("GET", "/v1/gaps"): (REVIEWING, None),
    ("POST", "/v1/gaps/aside"): (LEADING, {"question": "Do you rent tents?", "last": "2026-03-02T10:00:00Z"}),
    ("POST", "/v1/gaps/back"): (LEADING, {"question": "Do you rent tents?"}),
    ("GET", "/v1/contradictions"): (REVIEWING, None),
    ("GET", "/v1/drafts"): (DRAFTING | DESIGNING, None),
    ("POST", "/v1/drafts"): (DRAFTING, {"conversation": "c1"}),
    ("PUT", DRAFT): (DRAFTING | DESIGNING, {"title": "Gifts", "text": "We wrap them.", "seen": 1}),
    ("POST", f"{DRAFT}/approve"): (LEADING | DESIGNING, {"audience": "public", "seen": 1}),
    ("POST", f"{DRAFT}/reject"): (LEADING | DESIGNING, {"reason": "no", "seen": 1}),
    ("POST", f"{DRAFT}/reopen"): (LEADING | DESIGNING, None),
    ("GET", CONVERSATION): (STAFF, None),
    ("POST", f"{CONVERSATION}/attachments/{{attachment}}/link"): (STAFF, None),
    ("POST", f"{CONVERSATION}/claim"): (WORKING, None),
    ("POST", f"{CONVERSATION}/release"): (WORKING, {}),
    ("POST", f"{CONVERSATION}/close"): (WORKING, {"disposition": "solved", "resolved": True}),
    ("POST", f"{CONVERSATION}/reopen"): (WORKING, {}),
    ("POST", f"{CONVERSATION}/messages"): (WORKING, {"text": "hello", "key": "k1"}),
    ("POST", f"{CONVERSATION}/check"): (WORKING, {"text": "hello"}),
    ("POST", f"{CONVERSATION}/approvals"): (WORKING, {"text": "a refund", "reason": "please"}),
    ("POST", f"{CONVERSATION}/approvals/{{approval}}"): (LEADING, {"approved": True}),
    ("POST", f"{CONVERSATION}/notes"): (STAFF, {"text": "note", "key": "n1"}),
    ("POST", f"{CONVERSATION}/typing"): (WORKING, {"active": True}),
    ("PUT", f"{CONVERSATION}/draft"): (WORKING, {"text": "Dear"}),
    ("POST", f"{CONVERSATION}/shown"): (WORKING, {"turn": "m1", "suggestions": []}),
    ("POST", f"{CONVERSATION}/dismiss"): (WORKING, {"suggestion": "s-none"}),
    ("POST", f"{CONVERSATION}/rate"): (WORKING, {"suggestion": "s-none", "thumb": 1}),
    ("POST", f"{CONVERSATION}/flags/dismiss"): (WORKING, {"flag": "f-none"}),
    ("POST", f"{CONVERSATION}/summary"): (
        WORKING | LEADING,
        {"line": "issue", "sources": ["m1"], "before": "late", "text": "lost"},
    ),
    ("GET", f"{CONVERSATION}/wrap-up"): (WORKING, None),
    ("POST", f"{CONVERSATION}/follow-ups"): (frozenset({Role.AGENT, Role.LEAD, Role.ADMIN}), {"follow_up": "f1"}),
    ("GET", "/v1/follow-ups"): (STAFF, None),
    ("GET", "/v1/queue"): (STAFF, None),
    ("POST", "/v1/queue/next"): (WORKING, None),
    ("POST", "/v1/queue/rebalance"): (LEADING, None),
    ("POST", f"{CONVERSATION}/transfer"): (WORKING | LEADING, {"skill": "refunds"}),
    ("POST", f"{CONVERSATION}/park"): (WORKING, {"reason": "the depot calls back"}),
    ("POST", f"{CONVERSATION}/asides"): (STAFF, {"text": "who knows the depot?", "to": "sam"}),
    ("POST", f"{CONVERSATION}/lead"): (WORKING, {"reason": "he asks for a manager"}),
    ("PUT", f"{CONVERSATION}/watch"): (LEADING, None),
    ("DELETE", f"{CONVERSATION}/watch"): (LEADING, None),
    ("GET", f"{CONVERSATION}/completions"): (WORKING, None),
    ("POST", f"{CONVERSATION}/rewrite"): (WORKING, {"text": "Dear Dana", "tone": "shorter"}),
    ("PUT", f"{CONVERSATION}/assistance"): (WORKING, {"hidden": True}),
    ("PUT", f"{CONVERSATION}/allowed"): (WORKING | LEADING, {"allowed": False}),
    ("PUT", f"{CONVERSATION}/bot-answers"): (DRAFTING, {"message": "m1", "verdict": "right"}),
    ("GET", f"{CONVERSATION}/task"): (WORKING, None),
    ("POST", f"{CONVERSATION}/task"): (WORKING, {"slots": ["order.number"]}),
    ("DELETE", f"{CONVERSATION}/task"): (WORKING, None),
    ("POST", "/v1/replies/restore"): (WORKING, None),
    ("GET", "/chat"): (PUBLIC, None),
    ("GET", "/chat/static/{name}"): (PUBLIC, None),
    ("POST", "/chat/session"): (PUBLIC, {}),
    ("DELETE", "/chat/session"): (PUBLIC, None),
    ("GET", "/chat/events"): (VISITORS, None),
    ("POST", "/chat/messages"): (VISITORS, {"text": "hello", "key": "key-0001"}),
    ("POST", "/chat/typing"): (VISITORS, {"active": True}),
    ("POST", "/chat/read"): (VISITORS, {"number": 1}),
    ("POST", "/chat/rating"): (VISITORS, {"number": 1, "score": 5}),
    ("POST", "/chat/files"): (VISITORS, None),
    ("GET", "/chat/files/{attachment}"): (VISITORS, None),
}
"""By verb and path: who may, and a body that the route takes."""

QUERY = {
    FILE: {"until": "1", "signature": "0" * 64},
    "/v1/escalations/thresholds": {"behaviour": "hours"},
    "/v1/quality/marks": {"criterion": "greeting"},
    "/v1/search": {"q": "lost parcel"},
    "/v1/layers/conversations": {"layer": "assisted"},
    "/v1/sources/{kind}": {"id": "lost.md"},
}


HEADERS = {"/chat/files": {"X-File-Key": "key-0001"}}


def filled(path: str) -> str:
    """Return a path with its places filled in."""
    return path.format(
        conversation="c1",
        approval="a-none",
        kind="article",
        draft="d-none",
        attachment="0" * 64,
        name="none",
        customer="nobody",
        queue="rated-low",
        change="ch-none",
        assignment="a-none",
        behaviour="b-none",
        scenario="sc-none",
    )


def documented(served: Served) -> set[tuple[str, str]]:
    """Return every route of the OpenAPI document."""
    return {(verb.upper(), path) for path, verbs in served.app.openapi()["paths"].items() for verb in verbs}
