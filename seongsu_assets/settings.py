"""Every knob, read once from the environment or `.env`; secrets stay lazy.
No defaults elsewhere, no I/O beyond reading the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read with the prefix SEONGSU_, except the three names that Supabase gives."""

    model_config = SettingsConfigDict(
        env_prefix="SEONGSU_", env_file=".env", extra="ignore", populate_by_name=True
    )

    home: Path = Path(".seongsu")
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    #: Servers of yours for the records of Dagster and MLflow; `seongsu up` keeps both in its own.
    dagster_url: SecretStr | None = None
    mlflow_url: SecretStr | None = None
    #: The word by which PostgREST comes in; only `seongsu prepare` is told it.
    rest_password: SecretStr | None = None
    #: A Supabase project's address and its public key: how everybody else reads what is published.
    supabase_url: str = Field(default="", validation_alias="SUPABASE_URL")
    supabase_anon_key: SecretStr | None = Field(default=None, validation_alias="SUPABASE_ANON_KEY")
    #: Where snapshots and MLflow's files are kept: a folder or s3://BUCKET/PREFIX; else under home.
    artefacts: str = ""
    postgres_port: int = 54320
    dagster_port: int = 3000
    mlflow_port: int = 5000
    app_port: int = 8501
    watch_port: int = 9464
    api_port: int = 8000
    #: Where the API and the watcher's pages listen: 0.0.0.0 in a container.
    host: str = "127.0.0.1"
    #: Where the API finds Dagster, where it is not on this machine: http://HOST:PORT.
    dagster_address: str = ""
    #: Where the app finds the API, where it is not on this machine: https://HOST.
    api_address: str = ""
    threads: int = 1
    #: Who carries out the steps of launched runs: `in_process`, or `celery`'s workers.
    executor: str = "in_process"
    #: redis://HOST:PORT/NUMBER, where Celery's workers find steps.
    celery_broker: SecretStr | None = None
    #: A step is begun anew so long after its worker was lost: longer than any step takes.
    celery_lost_seconds: int = 1800
    #: tcp://HOST:PORT of Dask's scheduler, whose workers learn a panel together; else one process.
    dask: str = ""
    #: Whether the app may start rehearsals; unset: where `seongsu up` serves it to its own machine.
    rehearsals: bool | None = None

    # Keys of the outside world; `.env.example` says where to apply and what needs them.
    seoul_key: SecretStr | None = None
    seoul_realtime_key: SecretStr | None = None
    data_go_kr_key: SecretStr | None = None
    kma_hub_key: SecretStr | None = None
    #: SHA-256 of the key for the writes of the API, from `seongsu key`; without it they are off.
    api_key_hash: SecretStr | None = None
    #: Places that alerts go to, separated by whitespace: `URL`, or `team:data=URL` for one owner's.
    alerts: SecretStr | None = None
    #: The address of Dagster's pages for links in alerts, where it is not on this machine.
    pages: str = ""
    #: Asked after every good look of the watcher: who is asked no more can tell that it is dead.
    ping_url: SecretStr | None = None
    #: Where every provider is asked instead, under its name: a rehearsal's server.
    upstream: str = ""
    #: A proxy on the way out, such as http://proxy:3128; other programs' variables are ignored.
    proxy: str = ""

    def key(self, name: str) -> SecretStr | None:
        """The key held in the setting `name`; None where it is not set or blank."""
        secret: SecretStr | None = getattr(self, name)
        return secret if secret and secret.get_secret_value().strip() else None

    def artefacts_of(self, name: str) -> str:
        """The folder, or the s3:// address, of artefacts of this name."""
        return f"{self.artefacts.rstrip('/')}/{name}" if self.artefacts else str(self.root / name)

    @property
    def root(self) -> Path:
        """The absolute folder of all state."""
        return self.home.expanduser().absolute()


@lru_cache(maxsize=1)
def settings() -> Settings:
    return Settings()
