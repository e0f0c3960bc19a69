"""Days of card data, built record by record, and what a source makes of them, for tests.
No expectations here."""

import json
from datetime import UTC, date, datetime
from typing import Any

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.sources.card_daily import WHOLE_DAY
from seongsu_assets.sources.seoul.card_api import SERVICE, CardApi
from seongsu_assets_tests.official import SEONGSU

CARD = CardApi(SEONGSU)
DAY = date(2026, 3, 5)
FINE = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
_NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)


def record(
    name: Any = "성수",
    line: Any = "2호선",
    on: Any = 60_000,
    off: Any = 62_000,
    registered: Any = "20260308",
    **changed: Any,
) -> dict[str, Any]:
    """A station's day in the names of today."""
    usual = {
        "USE_YMD": "20260305", "SBWY_ROUT_LN_NM": line, "SBWY_STNS_NM": name,
        "GTON_TNOPE": on, "GTOFF_TNOPE": off, "REG_YMD": registered,
    }  # fmt: skip
    return usual | changed


def page(*records: Any, total: int) -> bytes:
    inner = {"list_total_count": total, "RESULT": FINE, "row": list(records)}
    return json.dumps({SERVICE: inner}).encode()


def arrived(body: bytes) -> Payload:
    return Payload(CARD.name, f"{SERVICE}/20260305", body, _NOW)


def parsed(*records: Any) -> Parsed:
    return CARD.parse(arrived(page(*records, total=len(records))))


def totals(found: Parsed) -> dict[str, float]:
    assert set(found.rows["hour"]) <= {WHOLE_DAY}
    return dict(zip(found.rows["series"], found.rows["value"], strict=True))


def counted(found: Parsed) -> tuple[int | None, int]:
    """Records received and refused; each refused one stands once."""
    places = [reject.place for reject in found.rejects]
    assert len(places) == len(set(places))
    return found.received, len(places)
