"""What a Supabase project has and lacks for being read by everybody: one finding for each.
Nothing is changed in it."""

import base64
import binascii
import json
from collections.abc import Iterator

from seongsu_assets import rest
from seongsu_assets.errors import SeongsuError
from seongsu_assets.finding import Finding
from seongsu_assets.settings import Settings

#: Supabase's transaction pooler: it gives each statement another session.
POOLER = ":6543/"
_REMEDIES = {
    "PGRST106": "add `published` to the exposed schemas in the project's API settings",
    "PGRST205": "run `seongsu up --once` with this DATABASE_URL, which makes the views",
    "42501": "run `seongsu up --once` with this DATABASE_URL, which grants what may be read",
}


def findings(settings: Settings) -> Iterator[Finding]:
    """About the project of SUPABASE_URL; none where there is none."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    if POOLER in url:
        yield Finding(
            "pooler", ok=False, found="DATABASE_URL is that of the transaction pooler",
            remedy="take the session pooler's or the direct address, on port 5432",
        )  # fmt: skip
    if settings.supabase_url:
        yield _read(settings, url)


def _read(settings: Settings, url: str) -> Finding:
    secret = settings.key("supabase_anon_key")
    if secret is None:
        return _wrong("SUPABASE_ANON_KEY is not set", "copy it from the project's API settings")
    key = secret.get_secret_value()
    if (role := role_of(key)) != "anon":
        what = f"SUPABASE_ANON_KEY is the key of {role}, which may change everything"
        return _wrong(what, "take the public one, and replace this one in the project's settings")
    try:
        with rest.opened(settings.supabase_url, key, settings.proxy) as client:
            domains = rest.read(client, "data_status", ["domain"])
            models = set(rest.read(client, "model_card", ["domain"]).get("model_id", []))
    except SeongsuError as error:
        said = str(error)
        known = next((told for code, told in _REMEDIES.items() if code in said), error.remedy)
        return _wrong(said.partition(" -> ")[0], known)
    if url and (apart := _apart(url, models)):
        return _wrong(apart, "take both addresses from one project")
    return Finding("supabase", ok=True, found=f"{len(domains)} domains can be read by everybody")


def role_of(key: str) -> str:
    """Whose key it is: of both of Supabase's kinds it can be told without asking."""
    if key.startswith("sb_"):
        return "anon" if key.startswith("sb_publishable_") else "service_role"
    try:
        body = key.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return str(told["role"])
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return "nobody"


def _apart(url: str, models: set[str]) -> str:
    """How DATABASE_URL differs from what everybody reads; empty where it does not."""
    from seongsu_assets.warehouse.postgres import connect

    with connect(url) as conn:
        held = {model for (model,) in conn.execute("select model_id from published.model_card")}
    return "" if held == models else "DATABASE_URL is not the database behind SUPABASE_URL"


def _wrong(found: str, remedy: str) -> Finding:
    return Finding("supabase", ok=False, found=found, remedy=remedy)
