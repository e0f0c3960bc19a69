"""One request over the network: bounded in time and size, and silent about the key.
No retries, no budget and no reading of what was answered."""

import ssl
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import anyio
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from seongsu_assets.errors import Outage, RequestRefused, SourceError
from seongsu_assets.sources.masking import Secret, hush

_HEADERS = {"User-Agent": "daily-seongsu", "Accept-Encoding": "gzip"}
#: Of one step; the whole has the caller's deadline.
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)
_GZIP = 31
_LONGEST_HOST = 253


@dataclass(frozen=True)
class Sealed:
    """An address with `{key}` still in it, the key, and what a person calls the request."""

    request: str
    address: str
    secret: Secret


@dataclass(frozen=True)
class Reply:
    """What came back, masked. `redirect` is the host that it points to, if to another."""

    status: int
    body: bytes
    retry_after: str
    redirect: str


@dataclass(frozen=True)
class Wire:
    """The HTTP client, in an event loop of its own: only there a deadline holds for all of a
    request, the look-up of the name and headers that come byte by byte included."""

    portal: BlockingPortal
    client: httpx.AsyncClient
    largest: int

    def ask(self, sealed: Sealed, seconds: float) -> Reply:
        """The reply to a GET, within so many seconds. Raises Outage where none came whole, and
        RequestRefused where it is too large or packed in a way that was not asked for."""
        outcome = self.portal.call(self._outcome, sealed, seconds)
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    async def _outcome(self, sealed: Sealed, seconds: float) -> Reply | SourceError:
        """Errors are made anew and returned: one that was raised here brings along its causes and
        the frames that it passed, and these hold the key."""
        try:
            with anyio.fail_after(seconds):
                return await self._reply(sealed)
        except Exception as error:  # noqa: BLE001 - none may pass, see above
            return _told(sealed, error)

    async def _reply(self, sealed: Sealed) -> Reply:
        async with self.client.stream("GET", sealed.secret.fill(sealed.address)) as response:
            body = await self._body(response)
        mask = sealed.secret.mask_text
        return Reply(
            response.status_code,
            sealed.secret.mask(body),
            mask(response.headers.get("retry-after", "")),
            _host(mask(response.headers.get("location", ""))),
        )

    async def _body(self, response: httpx.Response) -> bytes:
        """Unpacked here, for the library unpacks each piece to whatever it grows to."""
        packing = response.headers.get("content-encoding", "identity").lower()
        if packing not in {"identity", "gzip", "x-gzip"}:
            raise RequestRefused("the answer is packed in a way that was not asked for")
        unpack = None if packing == "identity" else zlib.decompressobj(_GZIP)
        self._check(int(response.headers.get("content-length", 0)))
        body = bytearray()
        async for piece in response.aiter_raw():
            self._check(response.num_bytes_downloaded)
            # room for one byte too many, so that it is seen; room for 0 would mean for any number
            body += unpack.decompress(piece, self.largest + 1 - len(body)) if unpack else piece
            self._check(len(body))
        if unpack and response.num_bytes_downloaded and (not unpack.eof or unpack.unused_data):
            raise Outage("the answer is a torn gzip")
        return bytes(body)

    def _check(self, size: int) -> None:
        if size > self.largest:
            raise RequestRefused(f"the answer is larger than {self.largest:,} bytes")


@contextmanager
def wire(largest: int, proxy: str = "") -> Generator[Wire]:
    """A wire that accepts bodies of up to `largest` bytes, on the way and unpacked. It trusts the
    certificates of the machine and those that come with the library, and follows no redirect."""
    hush()
    client = httpx.AsyncClient(
        headers=_HEADERS,
        verify=trusted(),
        timeout=_TIMEOUT,
        trust_env=False,  # no proxy and no password that was meant for something else
        proxy=proxy or None,
    )
    with (
        start_blocking_portal(name="wire") as portal,
        portal.wrap_async_context_manager(client),
    ):
        yield Wire(portal, client, largest)


@cache
def trusted() -> ssl.SSLContext:
    """The certificates of the machine, and those that come with the library."""
    known = httpx.create_ssl_context(trust_env=False)
    known.load_default_certs()
    return known


def _told(sealed: Sealed, error: Exception) -> SourceError:
    """The typed error, in our words: those of the library may quote the answer."""
    name, request = type(error).__name__, sealed.request
    match error:
        case Outage() | RequestRefused():
            return type(error)(f"{request}: {error}")
        case TimeoutError() | httpx.TimeoutException():
            return Outage(f"{request}: no answer in time")
        case httpx.ConnectError():
            why = sealed.secret.mask_text(str(error))
            remedy = "check the connection to the internet"
            return Outage(f"{request}: no connection ({why})", remedy=remedy)
        case httpx.UnsupportedProtocol():
            return RequestRefused(f"{request}: the address is neither http nor https")
        case httpx.TransportError() | zlib.error():
            return Outage(f"{request}: the answer broke off ({name})")
        case _:
            return RequestRefused(f"{request}: it cannot be sent ({name})")


def _host(location: str) -> str:
    try:
        return (urlsplit(location).hostname or "")[:_LONGEST_HOST]
    except ValueError:
        return "a host that cannot be read"
