"""What can be configured, from the environment or a ``.env`` file."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each setting is the environment variable ``SOURCIER_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SOURCIER_", env_file=".env", extra="ignore", env_ignore_empty=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("sourcier", appauthor=False),
        description="The folder that holds the store.",
    )
