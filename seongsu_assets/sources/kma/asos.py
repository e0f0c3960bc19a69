"""What KMA's weather station measured, hour by hour (ASOS through data.go.kr).
An observation, never a forecast: no feature of a forecast may see it before it was made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.outside import Absence, Web
from seongsu_assets.sources.claims import between, every_field_is_there
from seongsu_assets.sources.data_go_kr import go_kr_items, go_kr_payload
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.feed import Reading, Saying, as_parsed, each_record
from seongsu_assets.sources.providers import DATA_GO_KR
from seongsu_assets.sources.seoul.api_records import word
from seongsu_assets.sources.values import KST, moment
from seongsu_assets.sources.weather_values import degrees, fall, within

SERVICE = "AsosHourlyInfoService"

_Reader = Callable[[object, str], float | None]
#: Our name for a field, the field, and how it is read.
_FIELDS: tuple[tuple[str, str, _Reader], ...] = (
    ("temperature", "ta", degrees),
    ("precipitation", "rn", fall),
    ("humidity", "hm", partial(within, least=0.0, most=100.0)),
    ("wind", "ws", partial(within, least=0.0, most=120.0)),
    ("snow_depth", "dsnw", partial(within, least=0.0, most=500.0)),
)
#: A day has 24 rows, and a call may ask for 999.
_PAGE_SIZE = 100
#: What a quality flag says of a value that stands. 9 is that of no value: in the station's own
#: export it never stands beside an amount, and an empty rn has it or none. 1 is an error.
_SOUND = ("", "0")
_NONE = "9"

TERMS = Terms(
    DATA_GO_KR,
    due_days=1,
    contract=(
        every_field_is_there(),
        between(
            "every_hour_is_there",
            "hours",
            24,
            24,
            "A station reports each hour; fewer are used as they are, but are not the day.",
            blocking=False,
        ),
        between(
            "the_station_measured",
            "temperatures",
            18,
            None,
            "A station without temperature for a quarter of a day is broken, or its field is.",
            blocking=False,
        ),
        between(
            "rain_is_plausible",
            "wettest",
            None,
            200,
            "No hour in Seoul's records has 120 mm: more means another unit.",
        ),
    ),
)


@dataclass(frozen=True)
class Asos:
    """The hours of one station by its number; 108 is Seoul."""

    station: int = 108
    name: str = "asos"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """One call a day. Yesterday comes at about 11:00."""
        return by_day(self.terms, window, web, partial(self._ask, web))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS: issued_at and at are the moment measured, key is the station.
        temperature (°C), precipitation (mm of the hour that ends then), humidity (%), wind (m/s)
        and snow_depth (cm) have what is known.

        The publisher leaves rn empty in a dry hour. So an empty rn is 0 mm where the station gave
        a temperature, and unknown where it was silent. An empty snow depth stays unknown."""
        day, items = day_of(payload.request), go_kr_items(payload)
        said = list(each_record(items, "item", partial(self._read, day)))
        hours = [each.attributes for each in said if isinstance(each, Reading)]
        seen = {name for item in items if isinstance(item, dict) for name in item}
        facts = {
            "missing_fields": ", ".join(field for _, field, _ in _FIELDS if field not in seen),
            "hours": len(hours),
            "temperatures": sum("temperature" in each for each in hours),
            "wettest": max((each.get("precipitation", 0.0) for each in hours), default=0.0),
        }
        return as_parsed(said, len(items), facts)

    def _ask(self, web: Web, day: date) -> Payload:
        parameters = {
            "serviceKey": "{key}",
            "dataType": "JSON",
            "dataCd": "ASOS",
            "dateCd": "HR",
            "startDt": f"{day:%Y%m%d}",
            "startHh": "00",
            "endDt": f"{day:%Y%m%d}",
            "endHh": "23",
            "stnIds": str(self.station),
        }
        path = f"/1360000/{SERVICE}/getWthrDataList"
        answer = go_kr_payload(self.name, web, DATA_GO_KR, path, parameters, _PAGE_SIZE)
        return replace(answer, request=request_of(SERVICE, day))

    def _read(self, day: date, fields: Mapping[str, Any]) -> list[Saying]:
        if (station := word(fields.get("stnId"), "stnId")) != str(self.station):
            raise ValueError(f"is of station {station}")
        at = moment(fields.get("tm"), "tm")
        if at.astimezone(KST).date() != day:
            raise ValueError(f"is not of {day}")
        known = {name: _sound(fields, field, read) for name, field, read in _FIELDS}
        if known["temperature"] is not None and _is_dry(fields):
            known["precipitation"] = 0.0
        attributes = {name: value for name, value in known.items() if value is not None}
        return [(str(self.station), at, at, attributes)] if attributes else []


def _sound(fields: Mapping[str, Any], field: str, read: _Reader) -> float | None:
    """The value of a field; None where it is empty or its flag does not let it stand."""
    value = read(fields.get(field), field)
    return value if _flag(fields, field) in _SOUND else None


def _is_dry(fields: Mapping[str, Any]) -> bool:
    """Whether rn is there and left empty. Null is not: so the publisher does not spell it."""
    rain = fields.get("rn")
    return isinstance(rain, str) and not rain.strip() and _flag(fields, "rn") in (*_SOUND, _NONE)


def _flag(fields: Mapping[str, Any], field: str) -> str:
    """The quality flag: the guide spells it Qcflag, the answers Qcflg."""
    flag = fields.get(f"{field}Qcflg", fields.get(f"{field}Qcflag"))
    return "" if flag is None else str(flag).strip().removesuffix(".0")
