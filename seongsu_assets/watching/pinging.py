"""The dead man's switch: an address of somebody else's that is asked after every good look.
Whoever watches it notices when it is asked no more: this machine, or the watcher, is dead."""

from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from seongsu_assets.errors import ServiceError
from seongsu_assets.settings import Settings

LIMIT_SECONDS = 10.0


def ping(settings: Settings) -> None:
    """Ask it. Raises ServiceError, which does not hold the address: it is a secret."""
    assert settings.ping_url is not None
    address = settings.ping_url.get_secret_value().strip()
    if not address.startswith(("http://", "https://")):
        raise ServiceError(
            "SEONGSU_PING_URL is no web address", remedy="begin it with https://, or unset it"
        )
    proxies = {scheme: settings.proxy for scheme in ("http", "https") if settings.proxy}
    try:
        opener = build_opener(ProxyHandler(proxies))
        opener.open(Request(address), timeout=LIMIT_SECONDS).close()  # noqa: S310 - looked at above
    except HTTPError as error:
        raise _refused(f"answers {error.code}") from None
    except (URLError, OSError, ValueError) as error:
        raise _refused(f"does not answer ({type(error).__name__})") from None


def _refused(why: str) -> ServiceError:
    return ServiceError(f"SEONGSU_PING_URL {why}", remedy="open it in a browser")
