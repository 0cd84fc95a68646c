"""What can be configured, from the environment or a ``.env`` file."""

import os
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import BadInput

PREFIX = "SOURCIER_"
_FILE = ".env"


class Settings(BaseSettings):
    """Each setting is the environment variable ``SOURCIER_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=_FILE, extra="ignore", env_ignore_empty=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("sourcier", appauthor=False),
        description="The folder that holds the store.",
    )


def configured() -> Settings:
    """Read the settings. Raises ``BadInput`` where the ``.env`` file cannot be read."""
    try:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The settings in {Path(_FILE).absolute()} cannot be read: {error}.") from error


def data_folder(given: Path | None = None) -> Path:
    """Return the data folder, ``given`` on the command line or configured. Raises ``BadInput``."""
    folder = configured().data if given is None else given
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise BadInput(f"The data folder {folder} cannot be found: there is no such home folder.") from error


def origin(name: str) -> str:
    """Return where the value of a setting comes from: its variable, the ``.env`` file or nowhere (the default)."""
    variable = f"{PREFIX}{name}".upper()
    if any(key.upper() == variable and value for key, value in os.environ.items()):
        return variable
    return f"{variable} in {_FILE}" if name in configured().model_fields_set else "the default"
