"""The composition root of the desk server: settings and a workspace in, an application out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from fastapi import APIRouter, FastAPI

from console.accounts import Accounts
from console.accounts.opening import open_accounts
from console.accounts.throttle import Limits
from console.content.conversations import Transcript
from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.scripts import load_scripts
from console.conversation.people import Customer
from console.conversation.state import Conversation
from console.desk.attachments import MEGABYTE
from console.desk.bot import BotTerms
from console.desk.channels.channel import Channel
from console.desk.channels.webchat import WebChat
from console.desk.desk import Desk, utc_now
from console.desk.log import EventLog
from console.desk.memory import Memory
from console.desk.steady import SteadyClock
from console.desk.uploads import UploadLimits
from console.past import add_conversation
from console.replay.channel import ReplayChannel
from console.server.app import create_app
from console.server.article_shelf import ArticleShelf
from console.server.attachment_links import Links
from console.server.chat.keeping import EndedVisits, visit_key
from console.server.chat.routes import chat_router
from console.server.chat.visits import Visits
from console.server.equipment import Outfitter
from console.server.identity_provider import identity_provider
from console.server.language_model import language_model, terms_of
from console.server.outside_channels import other_bots, outside_channels
from console.server.queue_rules import queue_rules
from console.server.tools import company_tools
from console.settings import Settings
from console.store import open_log
from console.store.files import FileFolder
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """A desk and its application; the application's lifespan starts and stops the desk."""

    app: FastAPI
    desk: Desk
    accounts: Accounts
    failure: list[Exception]
    """Why the desk could not start, once that has been tried; empty where it could."""


def build_server(workspace: Workspace, settings: Settings) -> Server:
    """Wire the desk of a workspace. Raises what broken content, settings or an unusable log raise."""
    outfitter = Outfitter(workspace, settings)
    library, checker = outfitter.first()
    name = settings.desk.name or library.company or workspace.root.resolve().name
    model = language_model(workspace, settings)
    scripts = load_scripts(_replayed(workspace, settings), workspace.content) if settings.replay.source else []
    records = _records(workspace)
    tools = company_tools(workspace, settings, records)
    log, shelf = open_log(workspace.root, config_folder()), ArticleShelf(workspace.content / "articles")
    files = FileFolder(workspace.files)
    desk = Desk(
        log,
        checker,
        name=name,
        workers=settings.desk.workers,
        shelf=shelf,
        model=model,
        terms=terms_of(settings),
        fewer=settings.assist.fewer,
        completes_after=settings.assist.completes_after,
        rules=queue_rules(settings, library),
        now=SteadyClock(_newest(log)),
        tools=tools,
        bot=_bot_terms(settings, name, records),
        files=files,
        most_bytes=int(settings.attachments.megabytes * MEGABYTE),
    )
    channels, routers = _web_chat(desk, workspace, settings, records)
    channels |= {channel.name: channel for channel in outside_channels(workspace, settings, desk)}
    replay = settings.replay
    channels["replay"] = ReplayChannel(
        desk, scripts, outfitter.encoder, speed=replay.speed, at_once=replay.at_once, every=replay.every
    )

    failure: list[Exception] = []

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        try:
            await asyncio.to_thread(_erase_files, log, files)
            await desk.start(channels)
        except Exception as error:
            failure.append(error)
            raise
        memory = Memory(desk.live, partial(_keep, workspace))
        tasks = [asyncio.create_task(outfitter.run(desk), name="outfitter")]
        tasks.append(asyncio.create_task(memory.run(), name="memory"))
        tasks.append(asyncio.create_task(app.state.audit.run(), name="audit"))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await desk.stop()
            app.state.passwords.close()
            if oidc is not None:
                await oidc.provider.close()
            accounts.close()

    accounts, limits = open_accounts(workspace, settings.sign_in), Limits(settings.sign_in.failures)
    links = Links(_links_key(workspace), 60 * settings.attachments.minutes)
    oidc = identity_provider(workspace, settings, accounts)
    app = create_app(desk, accounts, *routers, lifespan=running, links=links, limits=limits, oidc=oidc)
    return Server(app, desk, accounts, failure)


def _bot_terms(settings: Settings, name: str, records: dict[str, Customer]) -> BotTerms:
    """Return how the bot is used, as the settings say."""
    bot = settings.bot
    asks = bot.opens and bot.asks_waiting
    return BotTerms(name, records.get, bot.opens, bot.seconds, other_bots(settings), asks_waiting=asks)


def _web_chat(
    desk: Desk, workspace: Workspace, settings: Settings, records: dict[str, Customer]
) -> tuple[dict[str, Channel], list[APIRouter]]:
    """Return the web chat as a channel with the routes of its page; nothing where it is switched off."""
    if not settings.web_chat.enabled:
        return {}, []
    webchat = WebChat(desk)
    visits, chat = _visits(workspace, settings, records), settings.web_chat
    limits = UploadLimits(settings.attachments.per_hour, int(settings.attachments.total_megabytes * MEGABYTE))
    hosts, embed_on = settings.server.hosts, chat.embed_on
    router = chat_router(desk, webchat, chat, visits, hosts=hosts, embed_on=embed_on, limits=limits)
    return {webchat.name: webchat}, [router]


def _erase_files(log: SqlEventLog, files: FileFolder) -> None:
    """Delete files that no message names any more: of an erasure that was cut short, or of a message never logged."""
    try:
        gone = files.keep_only(log.attachments())
    except OSError as error:
        _log.error("files of erased messages are still there", file=error.filename, why=error.strerror)
    else:
        if gone:
            _log.info("files that no message names were deleted", files=gone)


def _keep(workspace: Workspace, state: Conversation) -> None:
    """Let a closed conversation count as a past one, personal details as slots; if resolved, its replies too."""
    transcript = Transcript(
        state.id,
        state.customer,
        tuple(state.messages),
        state.resolved,
        state.disposition,
        state.agent_name,
        state.routing.intent if state.routing else "",
    )
    add_conversation(transcript, workspace.past)


def _newest(log: EventLog) -> datetime | None:
    """Return when the newest event that is still there happened."""
    events = log.read(max(0, log.head() - 1))
    return events[-1].at if events else None


def _records(workspace: Workspace) -> dict[str, Customer]:
    """Return the company's own records of its customers, where the workspace has them."""
    file = workspace.content / "customers.jsonl"
    return load_customers(file, utc_now().date()) if file.exists() else {}


def _links_key(workspace: Workspace) -> bytes:
    """Return the key that links to files are signed with; it lies where no back-up of the workspace goes."""
    return visit_key(config_folder() / "links" / f"{workspace.id}.key")


def _replayed(workspace: Workspace, settings: Settings) -> Path:
    """Return what is played; a relative path is one in the workspace."""
    return workspace.root / settings.replay.source


def _visits(workspace: Workspace, settings: Settings, records: dict[str, Customer]) -> Visits:
    """Return what tells whose browser asks; its key and the ended visits lie where no back-up of the workspace goes."""
    own = config_folder() / "visits"
    ended = EndedVisits(own / f"{workspace.id}.ended")
    key = visit_key(own / f"{workspace.id}.key")
    return Visits(_secret(workspace, settings), records.get, key, ended)


def _secret(workspace: Workspace, settings: Settings) -> str:
    """Return the secret that host pages sign with; empty where none is configured."""
    if not settings.web_chat.secret_file:
        return ""
    file = workspace.root / settings.web_chat.secret_file
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ContentError(file, f"the web chat's secret cannot be read ({error.strerror})") from error
