"""The composition root of the desk server: settings and a workspace in, an application out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import structlog
from fastapi import APIRouter, FastAPI

from console import __version__
from console.accounts import Accounts
from console.accounts.opening import open_accounts
from console.accounts.throttle import Limits
from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.scripts import load_scripts
from console.conversation.erasure_events import ConversationsErased
from console.conversation.people import Customer
from console.desk.attachments import MEGABYTE
from console.desk.bot import BotTerms
from console.desk.channels.channel import Channel
from console.desk.channels.webchat import WebChat
from console.desk.desk import Desk
from console.desk.hold_out import HoldOut
from console.desk.log import EventLog, LogError
from console.desk.retention import Retention
from console.desk.steady import SteadyClock
from console.desk.uploads import UploadLimits
from console.replay.channel import ReplayChannel
from console.server.app import create_app
from console.server.attachment_links import Links
from console.server.automating import Automating
from console.server.book_process import BookProcess
from console.server.chat.routes import chat_router
from console.server.chat.visits import Visits
from console.server.equipment import Outfitter
from console.server.identity_provider import identity_provider
from console.server.language_model import language_model, terms_of
from console.server.later import Later
from console.server.log_time import ahead_of
from console.server.making import Making
from console.server.metrics.door import MetricsTerms
from console.server.money import money_of
from console.server.outside_channels import other_bots, outside_channels
from console.server.past_folder import PastFolder
from console.server.practice import PATH, PracticeDesk
from console.server.queue_rules import queue_rules
from console.server.retention_terms import retention_terms
from console.server.secret import secret
from console.server.stores import Store, open_store
from console.server.tools import company_tools
from console.settings import Settings
from console.workspace import Workspace

LIVE_WEEKS: Final = 13
"""Weeks of real conversations beside which practice is shown."""

SHARED: Final = ("attendance", "admission", "audit", "signing_in", "own_password")
"""What the routes of practice do not have for themselves: who practises keeps the server alive, and whoever comes in or
is refused there is counted, and stands in the desk's log, as anywhere else."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """A desk and its application; the application's lifespan starts and stops the desk."""

    app: FastAPI
    desk: Desk
    accounts: Accounts
    failure: list[Exception]
    """Why the desk could not start, once that has been tried; empty where it could."""
    practice: PracticeDesk | None = None
    """``None`` where its log cannot be used."""

    @property
    def desks(self) -> tuple[Desk, ...]:
        """The desk, and the one on which people practise."""
        return (self.desk, self.practice.desk) if self.practice is not None else (self.desk,)

    def end_streams(self) -> None:
        """End all event streams, those of practice among them."""
        for desk in self.desks:
            desk.live.hub.close()


def build_server(workspace: Workspace, settings: Settings) -> Server:
    """Wire the desk of a workspace. Raises what broken content, settings or an unusable log raise."""
    store = open_store(workspace, settings)
    try:
        return _built(store, settings)
    except BaseException:
        store.close()
        raise


def _built(store: Store, settings: Settings) -> Server:
    workspace = store.workspace
    outfitter = Outfitter(workspace, settings, store.follow, lambda: erased_in(store.log))
    clock = SteadyClock(_newest(store.log), ahead=ahead_of(store.log))
    today = clock().date()
    records = _records(workspace, today)
    desk = _desk(store, settings, outfitter, records, clock)
    channels, routers = _web_chat(desk, workspace, settings, records, store)
    channels |= {channel.name: channel for channel in outside_channels(workspace, settings, desk)}
    channels["replay"] = _replay(desk, workspace, settings, outfitter, today)
    failure: list[Exception] = []

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        try:
            await asyncio.to_thread(_erase_files, store)
            await desk.start(channels)
            if practice is not None:
                await practice.start()
        except Exception as error:
            failure.append(error)
            raise
        retention = Retention(desk.live, store.log, desk.erasure, retention_terms(settings.retention), desk.now)
        tasks = [asyncio.create_task(outfitter.run(desk), name="outfitter")]
        beside = (retention, app.state.audit, later, app.state.following, app.state.automating)
        tasks += [asyncio.create_task(work.run(), name=type(work).__name__) for work in beside]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if practice is not None:
                await practice.stop()
            await desk.stop()
            app.state.passwords.close()
            if oidc is not None:
                await oidc.provider.close()
            accounts.close()

    accounts = open_accounts(workspace, settings.sign_in, settings.store.address)
    links = Links(store.key("links"), 60 * settings.attachments.minutes)
    metrics, oidc = _metrics_terms(workspace, settings), identity_provider(workspace, settings, accounts)
    app = create_app(
        desk,
        accounts,
        *routers,
        lifespan=running,
        links=links,
        metrics=metrics,
        limits=Limits(settings.sign_in.failures),
        oidc=oidc,
        books=workspace.books,
        writer=BookProcess(workspace, settings.store.address),
    )
    _review(app, desk, store, settings, outfitter)
    app.state.later = later = Later(desk, clock, workspace.content, settings.replay.history)
    app.state.following.held = lambda: later.progress
    practice = _practice(app, desk, store, settings, accounts, outfitter)
    return Server(app, desk, accounts, failure, practice)


def _review(app: FastAPI, desk: Desk, store: Store, settings: Settings, outfitter: Outfitter) -> None:
    """Say what work costs, and draft behaviours of what could be automated and scenarios of what was escalated."""
    workspace = store.workspace
    app.state.money = money_of(settings)
    app.state.making = making = Making(desk, workspace.content, store.scenario_shelf)
    desk.equipped.append(lambda: making.equip(outfitter.equipment))
    app.state.automating = Automating(
        desk, app.state.following, workspace.content, store.behaviour_shelf, workspace.books
    )


def _practice(
    app: FastAPI, desk: Desk, store: Store, settings: Settings, accounts: Accounts, outfitter: Outfitter
) -> PracticeDesk | None:
    """Put the practice desk beside a desk, below its own path, for the same accounts; the desk runs without, too."""

    def practising(other: Desk) -> FastAPI:
        terms = _metrics_terms(store.workspace, settings)
        made = create_app(other, accounts, metrics=terms, passwords=app.state.passwords)
        for shared in SHARED:
            setattr(made.state, shared, getattr(app.state, shared))
        return made

    try:
        practice = PracticeDesk(store.workspace, settings, store.log.key, desk, practising, accounts.people)
    except LogError as error:
        _log.warning("nobody can practise", why=str(error))
        app.state.no_practice = str(error)
        return None
    app.state.practice = practice
    practice.app.state.making = app.state.making  # whoever looks up from a session of their own finds the same drafts
    practice.look.live = lambda: app.state.quality.by_agent(LIVE_WEEKS)
    app.mount(PATH, practice.app)
    desk.equipped.append(lambda: practice.equip(outfitter.equipment))
    return practice


def _desk(
    store: Store, settings: Settings, outfitter: Outfitter, records: dict[str, Customer], clock: SteadyClock
) -> Desk:
    """Return the desk over a store, with what checks drafts from the first moment."""
    workspace = store.workspace
    library, checker = outfitter.first()
    name = settings.desk.name or library.company or workspace.root.resolve().name
    desk = Desk(
        store.log,
        checker,
        name=name,
        workers=settings.desk.workers,
        shelf=store.shelf,
        behaviours=store.behaviours,
        model=language_model(workspace, settings),
        terms=terms_of(settings),
        fewer=settings.assist.fewer,
        completes_after=settings.assist.completes_after,
        rules=queue_rules(settings, library),
        now=clock,
        tools=company_tools(workspace, settings, records, clock),
        bot=_bot_terms(settings, name, records),
        files=store.files,
        servers=store.servers,
        most_bytes=int(settings.attachments.megabytes * MEGABYTE),
        past=PastFolder(workspace.past),
        redact=settings.privacy.redact,
        hold_out=HoldOut(settings.assist.hold_out, _second_chair(settings)),
    )
    desk.content = library.edition
    desk.quality.expect(library.rubric)
    return desk


def _second_chair(settings: Settings) -> str:
    """Return what the second chair is: effects of one version and another are not the same."""
    return " with ".join(filter(None, (__version__, settings.llm.address and settings.llm.model)))


def _metrics_terms(workspace: Workspace, settings: Settings) -> MetricsTerms:
    """Return who may read the figures; a proxy on this machine brings strangers, so there the token decides alone."""
    token = secret(workspace, "", settings.metrics.token_file, "the token of [metrics]")
    return MetricsTerms(token, here=not settings.server.behind_proxy)


def _bot_terms(settings: Settings, name: str, records: dict[str, Customer]) -> BotTerms:
    """Return how the bot is used, as the settings say."""
    bot = settings.bot
    asks = bot.opens and bot.asks_waiting
    return BotTerms(name, records.get, bot.opens, bot.seconds, other_bots(settings), asks_waiting=asks)


def _web_chat(
    desk: Desk, workspace: Workspace, settings: Settings, records: dict[str, Customer], store: Store
) -> tuple[dict[str, Channel], list[APIRouter]]:
    """Return the web chat as a channel with the routes of its page; nothing where it is switched off."""
    if not settings.web_chat.enabled:
        return {}, []
    webchat = WebChat(desk)
    chat = settings.web_chat
    visits = Visits(_secret(workspace, settings), records.get, store.key("visits"), store.ended)
    limits = UploadLimits(settings.attachments.per_hour, int(settings.attachments.total_megabytes * MEGABYTE))
    hosts, embed_on = settings.server.hosts, chat.embed_on
    router = chat_router(desk, webchat, chat, visits, hosts=hosts, embed_on=embed_on, limits=limits)
    return {webchat.name: webchat}, [router]


def _erase_files(store: Store) -> None:
    """Delete files that no message names any more: of an erasure that was cut short, or of a message never logged."""
    try:
        gone = store.files.keep_only(store.log.attachments())
    except OSError as error:
        _log.error("files of erased messages are still there", file=error.filename, why=error.strerror or str(error))
    else:
        if gone:
            _log.info("files that no message names were deleted", files=gone)


def erased_in(log: EventLog) -> frozenset[str]:
    """Return the conversations that were ever erased: what is imported again must not bring them back."""
    erased = (event.data for event in log.of_kinds(["conversations-erased"]))
    return frozenset(name for data in erased if isinstance(data, ConversationsErased) for name in data.conversations)


def _newest(log: EventLog) -> datetime | None:
    """Return when the newest event that is still there happened."""
    events = log.read(max(0, log.head() - 1))
    return events[-1].at if events else None


def _records(workspace: Workspace, today: date) -> dict[str, Customer]:
    """Return the company's own records of its customers, where the workspace has them."""
    file = workspace.content / "customers.jsonl"
    return load_customers(file, today) if file.exists() else {}


def _replay(desk: Desk, workspace: Workspace, settings: Settings, outfitter: Outfitter, today: date) -> ReplayChannel:
    """Return the channel of played customers; a relative path of scripts is one in the workspace."""
    replay = settings.replay
    scripts = load_scripts(workspace.root / replay.source, workspace.content, today) if replay.source else []
    return ReplayChannel(
        desk, scripts, outfitter.encoder, speed=replay.speed, at_once=replay.at_once, every=replay.every
    )


def _secret(workspace: Workspace, settings: Settings) -> str:
    """Return the secret that host pages sign with; empty where none is configured."""
    if not settings.web_chat.secret_file:
        return ""
    file = workspace.root / settings.web_chat.secret_file
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ContentError(file, f"the web chat's secret cannot be read ({error.strerror})") from error
