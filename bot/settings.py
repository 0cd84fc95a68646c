"""What can be configured, from the environment or a ``.env`` file."""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import BadInput

PREFIX = "SOURCIER_"
_FILE = ".env"

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LogFormat = Literal["auto", "pretty", "json"]


def _trimmed_secret(value: object) -> object:
    """Take white space from around a secret; nothing but white space is none."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return (text.strip() or None) if isinstance(text, str) else text


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _base_address(value: str) -> str:
    """Check the address that paths are put behind, and return it without the last slash."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0 or parts.username is not None:
        raise ValueError
    if parts.query or parts.fragment or not value.isascii() or any(sign.isspace() for sign in value):
        raise ValueError
    return value.rstrip("/")


def _listed(value: object) -> object:
    """Read numbers with commas between them."""
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class Settings(BaseSettings):
    """Each setting is the environment variable ``SOURCIER_`` + its name in capitals; the token is ``DISCORD_TOKEN``.

    Raises ``pydantic.ValidationError`` that does not hold the wrong value; ``configured`` makes a sentence of it.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=_FILE,
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    data: Path = Field(
        default_factory=lambda: user_data_path("sourcier", appauthor=False),
        description="The folder that holds the store.",
    )
    discord_token: Annotated[SecretStr | None, BeforeValidator(_trimmed_secret)] = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_TOKEN", "discord_token"),
        description="The bot's token. Without one, `sourcier run` is the chat in the terminal.",
    )
    message_content: bool = Field(
        default=False,
        description="Whether the message content intent is switched on for the application in the developer portal.",
    )
    shards: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None,
        description="Connections to Discord's gateway. Default: as many as Discord recommends.",
    )
    metrics_port: Annotated[int, Field(ge=0, le=65_535)] | None = Field(
        default=None,
        description="Where metrics and health are served; 0 takes any free port. Default: they are not.",
    )
    metrics_host: str = Field(default="127.0.0.1", min_length=1, description="The address that they are served at.")
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field(
        default="INFO", description="The least important lines that are logged."
    )
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = Field(
        default="auto", description="For people or for programs. Default: whichever reads standard error."
    )
    page_ports: Annotated[
        tuple[Annotated[int, Field(ge=1, le=65_535)], ...], NoDecode, BeforeValidator(_listed), Field(min_length=1)
    ] = Field(default=(80, 443), description="The ports of web pages that may be read as sources.")
    discord_api: Annotated[str, AfterValidator(_base_address)] | None = Field(
        default=None, description="The base address of a proxy of Discord's REST API."
    )


_EXPECTED = {
    "data": "the name of a folder",
    "discord_token": "a bot token",
    "message_content": "true or false",
    "shards": "a number from 1 to 10000",
    "metrics_port": "a port number from 0 to 65535",
    "metrics_host": "an address of this machine",
    "log_level": "one of DEBUG, INFO, WARNING, ERROR and CRITICAL",
    "log_format": "one of auto, pretty and json",
    "page_ports": "port numbers with commas between them, such as 80,443",
    "discord_api": "an address such as http://127.0.0.1:8080/api/v10",
}


def configured(data: Path | None = None) -> Settings:
    """Read the settings; ``data``: the data folder that the command line names, which counts more.

    Raises ``BadInput`` where a value is wrong or the ``.env`` file cannot be read.
    """
    try:
        return Settings() if data is None else Settings(data=data)
    except ValidationError as error:
        raise BadInput(_told(error)) from None  # the error's own words may hold a secret
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The settings in {Path(_FILE).absolute()} cannot be read: {error}.") from error


def data_folder(given: Path | None = None) -> Path:
    """Return the data folder, ``given`` on the command line or configured. Raises ``BadInput``."""
    folder = configured().data if given is None else given
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise BadInput(f"The data folder {folder} cannot be found: there is no such home folder.") from error


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return (name if name == "discord_token" else f"{PREFIX}{name}").upper()


def origin(name: str) -> str:
    """Return where the value of a setting comes from: its variable, the ``.env`` file or nowhere (the default)."""
    wanted = variable(name)
    if any(key.upper() == wanted and value for key, value in os.environ.items()):
        return wanted
    return f"{wanted} in {_FILE}" if name in configured().model_fields_set else "the default"


def _told(error: ValidationError) -> str:
    """Say which settings are wrong and what they must be, never what they are."""
    places = [str(detail["loc"][0]) for detail in error.errors(include_input=False, include_context=False)]
    names = [name for name in Settings.model_fields if {name, variable(name)} & set(places)]
    return f"{'; '.join(f'{variable(name)} must be {_EXPECTED[name]}' for name in names)}."
