"""Every setting, its default and what it means.

Order of precedence: the defaults here, then the workspace's ``config.toml`` (or the file named with ``--config``), then
``SECONDCHAIR_SECTION__KEY`` variables, then options of the command line.
"""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError, model_validator

from console.addresses import endpoint, require_private
from console.channel_settings import AttachmentSettings, ChatwootSettings, MatrixSettings
from console.retention_settings import PrivacySettings, RetentionSettings
from console.server_settings import LogSettings, MetricsSettings, ServerSettings
from console.sign_in_settings import OidcSettings, SignInSettings
from console.toml import Strict, TomlError, explain, parse_toml, read_text
from console.web_settings import WebSettings

ENVIRONMENT_PREFIX = "SECONDCHAIR_"


class SettingsError(Exception):
    """A setting that cannot be used; one line that names the file or variable, the key and the nearest valid one."""


def _database(address: str) -> str:
    if address and not address.startswith(("postgresql://", "postgres://")):
        raise ValueError("should be empty, or postgresql://user:password@host/database")
    return address


class DeskSettings(Strict):
    """The desk."""

    name: str = ""
    """Name shown to staff; empty: the company's name from the content, or the folder's."""
    workers: Annotated[int, Field(ge=1, le=32)] = 2
    """Threads that compute assistance."""


class StoreSettings(Strict):
    """Where the event log lies."""

    address: Annotated[str, Field(repr=False), AfterValidator(_database)] = ""
    """In the workspace (empty), or, for several servers of a team, at postgresql://user:password@host/database."""
    address_file: str = ""
    """File that holds that address, password and all; a relative path is one in the workspace."""


class ModelSettings(Strict):
    """The language model that gives texts their meaning."""

    name: str = "all-MiniLM-L6-v2"
    """A sentence-transformers model: a folder, or a name; the default comes with the installation."""
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Threads one embedding uses."""


class KnowledgeSettings(Strict):
    """The knowledge base."""

    hits: Annotated[int, Field(ge=1, le=50)] = 5
    """Articles shown beside a conversation."""
    vectors: Annotated[str, Field(repr=False), AfterValidator(_database)] = ""
    """Where vectors lie: in files of the workspace (empty), or at postgresql://user:password@host/database."""
    vectors_file: str = ""
    """File that holds that address; a relative path is one in the workspace."""


Score = Annotated[float, Field(ge=0, le=1)]


class AssistSettings(Strict):
    """The second chair."""

    replies: Annotated[int, Field(ge=0, le=3)] = 3
    """Suggested replies shown at once; 0 shows none."""
    least_macro: Score = 0.2
    """Least score (0 to 1) of a macro to be suggested; 1 suggests next to none."""
    least_article: Score = 0.2
    """The same for a quote from an article."""
    least_past: Score = 0.2
    """The same for a reply from past conversations."""
    least_llm: Score = 0.2
    """The same for a draft of a language model."""
    least_procedure: Score = 0.2
    """The same for a question or a step of a procedure."""
    least_knowledge: Score = 0.0
    """The same for an article to be shown beside the conversation."""
    completes_after: Annotated[int, Field(ge=0, le=80)] = 3
    """Characters of a sentence that must stand before the composer completes it; 0 never completes."""
    fewer: bool = True
    """Whether an agent who passes over most replies of a kind is shown fewer of it."""
    hold_out: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    """Share (0 to 0.5) of conversations without assistance, drawn at random: it tells what assistance is worth."""


DEMO_SYSTEM = "demo"
"""In place of an address: the order system of the demo company, which the server then starts."""


def _system(address: str) -> str:
    return address if address == DEMO_SYSTEM else endpoint(address)


class LlmSettings(Strict):
    """A large language model that drafts, summarises, rewrites and marks beside the embedded engine; off by default."""

    address: Annotated[str, AfterValidator(endpoint)] = ""
    """Base address of an OpenAI-compatible interface (http://127.0.0.1:11434/v1 is Ollama's); empty: none is used."""
    model: str = ""
    """The model's name, as that server calls it."""
    key: Annotated[str, Field(repr=False)] = ""
    """Its key; better in the environment as SECONDCHAIR_LLM__KEY, or in a file named by key_file."""
    key_file: str = ""
    """File that holds the key; a relative path is one in the workspace."""
    drafts: bool = True
    """Whether it drafts replies."""
    summaries: bool = True
    """Whether it writes summaries."""
    rewrites: bool = True
    """Whether it rewrites what the agent has written, when asked."""
    draft_seconds: Annotated[float, Field(gt=0, le=120)] = 15.0
    """Seconds a draft may take, from first to last byte."""
    summary_seconds: Annotated[float, Field(gt=0, le=120)] = 20.0
    """Seconds a summary may take."""
    rewrite_seconds: Annotated[float, Field(gt=0, le=120)] = 20.0
    """Seconds a rewrite may take."""
    opinions_a_day: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Closed conversations a day (UTC) whose quality it marks too, as a second opinion beside the engine's; 0: none."""
    failures: Annotated[int, Field(ge=1, le=100)] = 3
    """Failures in a row after which it is left alone for a while."""
    rest: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds that it is left alone; then one call tries whether it is well again."""
    price_in: Annotated[float, Field(ge=0)] = 0.0
    """Price of a million tokens that it reads, in your currency; 0: costs are not reckoned."""
    price_out: Annotated[float, Field(ge=0)] = 0.0
    """Price of a million tokens that it writes."""
    insecure: bool = False
    """Whether it may be reached without encryption (http) on another machine."""

    @model_validator(mode="after")
    def _usable(self) -> "LlmSettings":
        if not self.address:
            return self
        if not self.model:
            raise ValueError("'model' is missing: name the model to use")
        require_private(self.address, insecure=self.insecure)
        return self


def _by_tier(seconds: tuple[float, ...]) -> tuple[float, ...]:
    if len(seconds) != 3 or not all(0 < one <= 86_400 for one in seconds):  # noqa: PLR2004 - tiers; a day
        raise ValueError("should be three numbers of seconds, up to a day each: for tier 1, 2 and 3")
    return seconds


ByTier = Annotated[tuple[float, ...], AfterValidator(_by_tier)]


def _gone_after(seconds: float) -> float:
    if seconds and seconds < 45:  # noqa: PLR2004 - a console gives a sign every 15 s, and two may be lost
        raise ValueError("should be 0, or 45 or more: a console gives a sign of itself every 15 seconds")
    return seconds


class QueueSettings(Strict):
    """How waiting conversations are given out, and how long customers may wait."""

    first_answer: ByTier = (120.0, 120.0, 60.0)
    """Seconds in which a person's first answer after the hand-over is due: for tier 1, 2 and 3."""
    next_answer: ByTier = (180.0, 180.0, 120.0)
    """Seconds in which each later answer is due."""
    capacity: Annotated[int, Field(ge=1, le=50)] = 4
    """Conversations that an agent is given at the same time; company.toml may say otherwise for one ([[agent]])."""
    gone_after: Annotated[float, Field(le=86_400), AfterValidator(_gone_after)] = 90.0
    """Seconds without a sign of an agent's console after which their chats go back to the queue; 0: never."""
    tell_place: bool = True
    """Whether customers who wait on the web chat are told where they stand."""


class CostSettings(Strict):
    """What work costs, for the lead's figures; what a language model costs stands under [llm]."""

    agent_hour: Annotated[float, Field(ge=0)] = 0.0
    """What an hour of an agent costs, in your currency; 0: costs of conversations are not reckoned."""
    currency: Annotated[str, Field(max_length=8)] = ""
    """The currency of all costs here, as it is to be shown: EUR."""


class WebChatSettings(Strict):
    """The web chat page."""

    enabled: bool = True
    """Whether customers may write on /chat."""
    secret_file: str = ""
    """File with the secret that the host page signs its customers' tokens with; empty: every visitor is anonymous."""
    embed_on: tuple[str, ...] = ()
    """Origins (https://shop.example) whose pages may show the chat in a frame."""
    messages_per_minute: Annotated[int, Field(ge=1, le=600)] = 30
    """Messages one visitor may send in a minute."""
    visits_per_minute: Annotated[int, Field(ge=1, le=600)] = 60
    """New visits from one network address in a minute; raise it where a proxy hides the customers' addresses."""
    asks_satisfaction: bool = True
    """Whether customers are asked at the end how satisfied they are, from 1 to 5; not where people alone helped."""
    streams_per_address: Annotated[int, Field(ge=1, le=1000)] = 100
    """Chat pages one network address may have open; raise it where a proxy hides the customers' addresses."""


class BotSettings(Strict):
    """The bot, which answers customers where the behaviours let it."""

    opens: bool = False
    """Whether new conversations come to the bot first, where there are autonomous behaviours; else to people."""
    seconds: Annotated[float, Field(gt=0, le=120)] = 15.0
    """Seconds within which it must have answered; then people take over."""
    asks_waiting: bool = False
    """Whether it asks customers who wait for an agent for the facts that their behaviour needs (docs/behaviours.md)."""


class ToolsSettings(Strict):
    """The company's own systems, as far as the bot may look things up and act there."""

    address: Annotated[str, AfterValidator(_system)] = ""
    """Base address of the tools (docs/content.md); empty: there are none; demo: the demo company's order system."""
    key: Annotated[str, Field(repr=False)] = ""
    """Their key; better in the environment as SECONDCHAIR_TOOLS__KEY, or in a file named by key_file."""
    key_file: str = ""
    """File that holds the key; a relative path is one in the workspace."""
    seconds: Annotated[float, Field(gt=0, le=60)] = 4.0
    """Seconds that a call may take, with all its tries."""
    insecure: bool = False
    """Whether they may be reached without encryption (http) on another machine."""

    @model_validator(mode="after")
    def _encrypted(self) -> "ToolsSettings":
        require_private(self.address, insecure=self.insecure)
        return self


class ReplaySettings(Strict):
    """Customers played from files, in the demo and for trying things out."""

    source: str = ""
    """A folder of scenarios, or a conversation file (.jsonl), played as live customers; empty: none."""
    speed: Annotated[float, Field(gt=0, le=1000)] = 1.0
    """How fast they write: 2 is twice as fast as people do."""
    at_once: Annotated[int, Field(ge=1, le=50)] = 4
    """Conversations played at the same time."""
    every: Annotated[float, Field(gt=0)] = 60.0
    """Seconds between one customer's arrival and the next one's."""
    history: Annotated[int, Field(ge=0, le=366)] = 0
    """Days of history that the desk generates once, marked as such in the log; 0 none. For demos."""


class PracticeSettings(Strict):
    """Practice with simulated customers (docs/practice.md)."""

    speed: Annotated[float, Field(gt=0, le=1000)] = 1.0
    """How fast simulated customers read and write: 2 is twice as fast as people do."""


class Settings(Strict):
    """All settings, by section."""

    desk: DeskSettings = DeskSettings()
    server: ServerSettings = ServerSettings()
    metrics: MetricsSettings = MetricsSettings()
    log: LogSettings = LogSettings()
    store: StoreSettings = StoreSettings()
    sign_in: SignInSettings = SignInSettings()
    oidc: OidcSettings = OidcSettings()
    model: ModelSettings = ModelSettings()
    knowledge: KnowledgeSettings = KnowledgeSettings()
    assist: AssistSettings = AssistSettings()
    llm: LlmSettings = LlmSettings()
    costs: CostSettings = CostSettings()
    queue: QueueSettings = QueueSettings()
    web_chat: WebChatSettings = WebChatSettings()
    web: WebSettings = WebSettings()
    bot: BotSettings = BotSettings()
    tools: ToolsSettings = ToolsSettings()
    matrix: MatrixSettings = MatrixSettings()
    chatwoot: ChatwootSettings = ChatwootSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    replay: ReplaySettings = ReplaySettings()
    practice: PracticeSettings = PracticeSettings()
    retention: RetentionSettings = RetentionSettings()
    privacy: PrivacySettings = PrivacySettings()


def load_settings(file: Path | None, environment: dict[str, str] | None = None) -> Settings:
    """Return the settings of ``file`` (if it is there) under those of ``environment`` (default: the process's).

    Raises :class:`SettingsError` for an unknown key or a value that does not fit.
    """
    try:
        text = read_text(file) if file and file.exists() else ""
        from_file = parse_toml(text, Settings, str(file))
    except TomlError as error:
        raise SettingsError(str(error)) from error
    return _with_environment(from_file, dict(os.environ) if environment is None else environment)


def chosen_settings(named: Path | None, default: Path) -> Settings:
    """Return the settings of the file named with ``--config``, which must be there, or of the workspace's own."""
    if named and not named.exists():
        raise SettingsError(f"{named}: there is no such file")
    return _with_files(load_settings(named or default), default.parent)


def _with_files(settings: Settings, folder: Path) -> Settings:
    """Return the settings with the addresses of databases that stand in files; what is in them is never quoted."""
    store, knowledge = settings.store, settings.knowledge
    address = _address_in("store", "address", store.address, folder, store.address_file)
    vectors = _address_in("knowledge", "vectors", knowledge.vectors, folder, knowledge.vectors_file)
    return settings.model_copy(
        update={
            "store": store.model_copy(update={"address": address}),
            "knowledge": knowledge.model_copy(update={"vectors": vectors}),
        }
    )


def _address_in(section: str, key: str, given: str, folder: Path, name: str) -> str:
    if not name:
        return given
    if given:
        raise SettingsError(f"[{section}] names both '{key}' and '{key}_file'; take one of them out")
    file = folder / name
    try:
        address = file.read_text(encoding="utf-8").strip()
        if not address:
            raise ValueError("is empty")
        return _database(address)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}); [{section}] {key}_file names it") from error
    except ValueError as error:
        why = "is not text" if isinstance(error, UnicodeDecodeError) else str(error)
        raise SettingsError(f"{file}: {why}; [{section}] {key}_file names it") from None


def _with_environment(settings: Settings, environment: dict[str, str]) -> Settings:
    values = settings.model_dump()
    for name, value in environment.items():
        section, separator, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        if not name.startswith(ENVIRONMENT_PREFIX) or not separator:
            continue
        if section not in values:
            raise SettingsError(f"{name}: there is no section '{section}'; sections: {', '.join(values)}")
        several = isinstance(values[section].get(key), tuple)
        values[section][key] = [part.strip() for part in value.split(",") if part.strip()] if several else value
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        place = error.errors(include_url=False)[0]["loc"]
        variable = ENVIRONMENT_PREFIX + "__".join(str(part) for part in place[:2]).upper()
        raise SettingsError(explain(error, "", Settings, variable)) from error


def reference() -> str:
    """Return a ``config.toml`` with every setting at its default, each with its line of meaning, commented out."""
    import ast
    import inspect
    import itertools

    lines = [
        "# Second Chair: every setting with its default. Remove the '#' before a setting to change it.",
        "# A setting can also be given as an environment variable: SECONDCHAIR_SERVER__PORT=8700.",
    ]
    for section, field in Settings.model_fields.items():
        shape = type(field.default)
        lines += ["", f"# {inspect.getdoc(shape)}", f"[{section}]"]
        body = ast.parse(inspect.getsource(shape)).body[0]
        statements = body.body if isinstance(body, ast.ClassDef) else []
        for statement, meaning in itertools.pairwise(statements):
            if isinstance(statement, ast.AnnAssign) and isinstance(meaning, ast.Expr):
                key = ast.unparse(statement.target)
                text = ast.literal_eval(meaning.value)
                lines += [f"# {text}", f"# {key} = {_toml(getattr(field.default, key))}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            return str(value)
