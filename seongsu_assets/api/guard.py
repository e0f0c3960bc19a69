"""Who may write, and how often anybody may ask for what costs something.
Nothing is written or computed here."""

import hashlib
import hmac
import math
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.types import Scope

from seongsu_assets.api.limits import Limiter, Rate
from seongsu_assets.api.problems import Problem
from seongsu_assets.errors import ServiceError

#: Hexadecimal digits of a SHA-256.
DIGITS = 64
SCHEME = "bearer "
#: Hexadecimal digits by which people tell keys apart.
FINGERPRINT = 8


def hashed(key: str) -> str:
    """The hash that the settings hold. A key is 256 random bits, so that a plain SHA-256 gives
    nothing away: there is no list of likely keys that a slow hash would have to slow down."""
    return hashlib.sha256(key.encode()).hexdigest()


def fingerprint(key_hash: str) -> str:
    """A public name of the key: nothing of the hash that the settings hold stands in it."""
    return hashed(f"fingerprint of {key_hash.lower()}")[:FINGERPRINT]


def _writes() -> Limiter:
    return Limiter(client=Rate(10, 5), everybody=Rate(30, 10))


def _questions() -> Limiter:
    return Limiter(client=Rate(60, 10), everybody=Rate(240, 20))


@dataclass(frozen=True)
class Guard:
    """`key_hash`: see `hashed`; None where writes are off."""

    key_hash: str | None
    writes: Limiter = field(default_factory=_writes)
    questions: Limiter = field(default_factory=_questions)

    def __post_init__(self) -> None:
        held = self.key_hash
        if held and (len(held) != DIGITS or set(held.lower()) - set("0123456789abcdef")):
            raise ServiceError(
                "SEONGSU_API_KEY_HASH is no SHA-256", remedy="make a key with `seongsu key`"
            )

    def question(self, scope: Scope) -> None:
        """Raises Problem 429 when it is asked too often."""
        _patient(self.questions.by(_client(scope)))
        _patient(self.questions.by_all())

    def write(self, scope: Scope) -> str:
        """The fingerprint of the key. Raises Problem: 403 where writes are off, 401 without the
        key, 429 too often. Who has no key uses up the patience for himself alone."""
        if not self.key_hash:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "writes are off: no key is configured",
                remedy="the operator makes one with `seongsu key` and sets SEONGSU_API_KEY_HASH",
                field="Authorization",
            )
        _patient(self.writes.by(_client(scope)))
        given = _header(scope, b"authorization")
        key = given[len(SCHEME) :] if given.lower().startswith(SCHEME) else ""
        if not hmac.compare_digest(hashed(key).encode(), self.key_hash.lower().encode()):
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "a write needs the key",
                remedy="send the header `Authorization: Bearer KEY`",
                field="Authorization",
                headers={"WWW-Authenticate": "Bearer"},
            )
        _patient(self.writes.by_all())
        return fingerprint(self.key_hash)


def _patient(seconds: float) -> None:
    if seconds:
        whole = math.ceil(seconds)
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "this is asked too often",
            remedy=f"ask again in {whole} s",
            headers={"Retry-After": str(whole)},
        )


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
