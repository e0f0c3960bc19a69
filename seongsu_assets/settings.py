"""Every knob, read once from the environment or `.env`; secrets stay lazy.
No defaults elsewhere, no I/O beyond reading the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read with the prefix SEONGSU_, except DATABASE_URL."""

    model_config = SettingsConfigDict(
        env_prefix="SEONGSU_", env_file=".env", extra="ignore", populate_by_name=True
    )

    home: Path = Path(".seongsu")
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    postgres_port: int = 54320
    dagster_port: int = 3000
    mlflow_port: int = 5000
    app_port: int = 8501
    threads: int = 1

    @property
    def root(self) -> Path:
        """The absolute folder of all state."""
        return self.home.expanduser().absolute()


@lru_cache(maxsize=1)
def settings() -> Settings:
    return Settings()
