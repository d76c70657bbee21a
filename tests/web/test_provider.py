"""Signing in at the company's identity provider: the browser goes by the desk and comes back with a code."""

from urllib.parse import parse_qs, urlsplit

from tests.web.conftest import PUBLIC, Site, Visitor, serving, visiting
from tests.web.desk_double import CODE, DeskDouble

WORDS = "Larkfell account & more"


async def begun(visitor: Visitor) -> dict[str, str]:
    """Press the button; return what the browser takes to the desk."""
    answer = await visitor.get("/sign-in/provider")
    place = urlsplit(answer.headers["Location"])
    assert (answer.status, place.path) == (303, "/v1/oidc/start")
    return {name: values[0] for name, values in parse_qs(place.query).items()}


async def test_whom_the_provider_vouches_for_comes_in(desk: DeskDouble) -> None:
    """By a button with the company's own words; the code holds for the browser that began."""
    async with serving(desk, company_sign_in=WORDS) as site, visiting(site) as visitor:
        assert "Larkfell account &amp; more" in await (await visitor.get("/sign-in")).text()
        asked = await begun(visitor)
        assert asked["console"] == f"{site.origin}/signed-in"
        desk.challenge = asked["challenge"]
        answer = await visitor.get(f"/signed-in?code={CODE}")
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert desk.addresses == ["127.0.0.1"]
        assert "Marta Quill" in await (await visitor.get("/")).text()


async def test_a_code_from_elsewhere_lets_nobody_in(desk: DeskDouble) -> None:
    """Who is led here by a link, with somebody else's code, is not signed in as somebody else."""
    async with serving(desk, company_sign_in=WORDS) as site, visiting(site) as attacker, visiting(site) as victim:
        desk.challenge = (await begun(attacker))["challenge"]
        assert (await victim.get(f"/signed-in?code={CODE}")).status == 401
        await begun(victim)
        answer = await victim.get(f"/signed-in?code={CODE}")
        assert (answer.status, "Begin again" in await answer.text()) == (401, True)
        assert (await victim.get("/")).headers["Location"] == "/sign-in"


async def test_a_proof_holds_once(desk: DeskDouble) -> None:
    """What came back is not taken a second time."""
    async with serving(desk, company_sign_in=WORDS) as site, visiting(site) as visitor:
        desk.challenge = (await begun(visitor))["challenge"]
        await visitor.get(f"/signed-in?code={CODE}")
        assert (await visitor.get(f"/signed-in?code={CODE}")).status == 401


async def test_the_proof_is_kept_as_the_session_is(desk: DeskDouble) -> None:
    """For this host alone, out of reach of scripts, and encrypted; it comes along when the provider sends one back."""
    async with serving(desk, PUBLIC, company_sign_in=WORDS) as site, visiting(site) as visitor:
        answer = await visitor.get("/sign-in/provider")
        said = answer.headers["Set-Cookie"]
        assert said.startswith("__Host-secondchair-proof=")
        assert [part for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/") if part not in said] == []
        assert f"console={PUBLIC.replace('://', '%3A%2F%2F')}%2Fsigned-in" in answer.headers["Location"]


async def test_without_a_provider_there_is_no_such_way(site: Site, visitor: Visitor) -> None:
    """Neither the button nor its addresses."""
    assert "provider" not in await (await visitor.get("/sign-in")).text()
    assert [(await visitor.get(path)).status for path in ("/sign-in/provider", "/signed-in?code=x")] == [404, 404]
    assert "code" not in site.desk.asked
