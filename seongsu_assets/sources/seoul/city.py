"""How crowded a place of Seoul is now, and will be as the city forecasts it (citydata).
No opinion on either: the city's forecast is a rival's, kept as it was issued."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal

from seongsu_assets.domain import Parsed, Payload, Reject, Terms, Window
from seongsu_assets.errors import NoData, RequestRefused
from seongsu_assets.outside import Absence, Web
from seongsu_assets.sources.answers import is_xml, json_of
from seongsu_assets.sources.claims import between, every_field_is_there
from seongsu_assets.sources.feed import Reading, Saying, as_parsed, asked, each_record, kept
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.seoul.api_records import Fields
from seongsu_assets.sources.seoul.envelope import raise_code, raise_xml, result_of
from seongsu_assets.sources.values import fields, moment, needed, text, whole

#: The city's four words, from calm to crowded. It publishes no numbers for them.
LEVELS = ("여유", "보통", "약간 붐빔", "붐빔")

#: What is needed of each kind of record, as recorded.
PEOPLE = Fields(
    {
        "area": ("AREA_CD",),
        "time": ("PPLTN_TIME",),
        "level": ("AREA_CONGEST_LVL",),
        "message": ("AREA_CONGEST_MSG",),
        "least": ("AREA_PPLTN_MIN",),
        "most": ("AREA_PPLTN_MAX",),
        "replaced": ("REPLACE_YN",),
        "hours": ("FCST_PPLTN",),
    }
)
HOUR = Fields(
    {
        "time": ("FCST_TIME",),
        "level": ("FCST_CONGEST_LVL",),
        "least": ("FCST_PPLTN_MIN",),
        "most": ("FCST_PPLTN_MAX",),
    }
)
_SPANS = {"today": "ACML", "30_minutes": "30WTHN", "10_minutes": "10WTHN", "5_minutes": "5WTHN"}
_WAYS = {"boarding": "GTON", "alighting": "GTOFF"}
SUBWAY = Fields(
    {
        f"{way}_{span}_{bound}": (f"SUB_{_SPANS[span]}_{_WAYS[way]}_PPLTN_{bound.upper()}",)
        for span in _SPANS
        for way in _WAYS
        for bound in ("min", "max")
    }
    | {"stations": ("SUB_STN_CNT",)}
)

TERMS = Terms(
    SEOUL,
    due_days=-1,  # something is said at any time: nothing is late

    keeps_days=0,
    contract=(
        every_field_is_there(),
        between(
            "the_place_is_the_one_asked_for", "foreign", None, 0,
            "The city's list of places changes; another place's people are not ours.",
        ),
        between(
            "people_are_told", "now", 1, 1,
            "An answer about a place says once how many people are there.",
            blocking=False,
        ),
        between(
            "the_city_forecasts", "forecasts", 1, 24,
            "Up to twelve hours are forecast; without them there is no rival to score.",
            blocking=False,
        ),
        between(
            "people_are_not_substituted", "replaced", None, 0,
            "The city marks data that stands in for what it did not receive.",
            blocking=False,
        ),
        between(
            "people_are_of_this_hour", "age_minutes", -5, 60,
            "The count is usually 15 to 25 minutes old.",
            blocking=False,
        ),
        between(
            "records_are_understood", "refused", None, 0,
            "A record that is not understood is the first sign of a changed shape.",
            blocking=False,
        ),
    ),
)  # fmt: skip

_PEOPLE, _ALL = "SeoulRtd.citydata_ppltn", "CITYDATA"


@dataclass(frozen=True)
class City:
    """One place by its code, such as POI068. `citydata` also counts the subway's passengers; its
    answer is a hundred times larger."""

    area: str
    service: Literal["citydata_ppltn", "citydata"] = "citydata_ppltn"
    name: str = "city"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """What is said now; an absence of the window's last day otherwise."""
        path = f"/{{key}}/json/{self.service}/1/5/{self.area}"
        read = kept(self.name, sections)
        return asked(web, self.terms, window.last, lambda: web.get(SEOUL, path, {}, read))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS. "now" at PPLTN_TIME: people_min, people_max, level, message, replaced.
        "forecast" issued then: people_min, people_max, level. "subway": passengers of the area's
        stations in the last minutes; it has no time of its own, so that of its arrival.

        SourceError when it is no answer about a place."""
        people, subway = sections(payload.body)
        said, hours = list(each_record(people, "place", self._now)), list[Any]()
        for position, record in enumerate(people, start=1):
            told = _records(record.get("FCST_PPLTN")) if isinstance(record, dict) else []
            forecast = partial(self._hour, record)
            said += each_record(told, f"place {position} hour", forecast)
            hours += told
        said += each_record(subway, "subway", partial(_subway, payload.received_at))
        facts = {
            "foreign": sum(not self._is_asked_for(record) for record in people),
            "missing_fields": _missing([(PEOPLE, people), (HOUR, hours), (SUBWAY, subway)]),
            **_facts(said, payload.received_at),
        }
        return as_parsed(said, len(people) + len(hours) + len(subway), facts)

    def _is_asked_for(self, record: Any) -> bool:
        return isinstance(record, dict) and record.get("AREA_CD") == self.area

    def _issued(self, record: Mapping[str, Any]) -> datetime:
        """When the people of our place were counted."""
        if not self._is_asked_for(fields(record)):
            raise ValueError(
                f"is not of {self.area}: {text(PEOPLE.get(record, 'area'), 'AREA_CD')}"
            )
        return moment(PEOPLE.get(record, "time"), "PPLTN_TIME")

    def _now(self, record: Mapping[str, Any]) -> list[Saying]:
        replaced = text(PEOPLE.get(record, "replaced"), "REPLACE_YN")
        if replaced not in {"Y", "N", None}:
            raise ValueError(f"REPLACE_YN is neither Y nor N: {replaced}")
        counted = self._issued(record)
        message = text(PEOPLE.get(record, "message"), "AREA_CONGEST_MSG")
        said = {**_crowd(record, PEOPLE), "message": message, "replaced": replaced}
        return [("now", counted, counted, said)]

    def _hour(self, record: Mapping[str, Any], hour: Mapping[str, Any]) -> list[Saying]:
        at = moment(HOUR.get(hour, "time"), "FCST_TIME")
        return [("forecast", self._issued(record), at, _crowd(hour, HOUR))]


def sections(body: bytes) -> tuple[Sequence[Any], Sequence[Any]]:
    """The records of people and of the subway, in either service's answer. Sections that are
    empty, `[]`, have none.

    NoData for an answer that has neither, and what `envelope` raises for the codes."""
    if is_xml(body):
        raise_xml(body)
    document = json_of(body)
    if not isinstance(document, dict) or getattr(document, "repeated", ()):
        raise RequestRefused("the answer is no JSON object", remedy="look at the stored answer")
    people = _records(document.get(_PEOPLE))
    # One reader of this service found RESULT within its record.
    inside = people[0] if "RESULT" not in document and people else document
    raise_code(*result_of(inside if isinstance(inside, dict) else document))
    whole_city = document.get(_ALL)
    subway: Sequence[Any] = ()
    if isinstance(whole_city, dict):
        people = [*people, *_records(whole_city.get("LIVE_PPLTN_STTS"))]
        subway = _records(whole_city.get("LIVE_SUB_PPLTN"))
    if not people and not subway:
        raise NoData("nothing is said of the place")
    return people, subway


def _records(section: Any) -> Sequence[Any]:
    """A section as a list: an array, one object, or nothing."""
    if isinstance(section, list):
        return section
    return [] if section in (None, "") else [section]


def _crowd(record: Mapping[str, Any], of: Fields) -> dict[str, Any]:
    least, most = (whole(of.get(record, bound), bound) for bound in ("least", "most"))
    if least is not None and most is not None and least > most:
        raise ValueError(f"the people are upside down: {least} to {most}")
    level = needed(of.get(record, "level"), "the level")
    if level not in LEVELS:
        raise ValueError(f"the level is none of the city's four: {level}")
    return {"people_min": least, "people_max": most, "level": level}


def _subway(received_at: datetime, record: Mapping[str, Any]) -> list[Saying]:
    said = {name: whole(SUBWAY.get(record, name), name) for name in SUBWAY.needed}
    return [("subway", received_at, received_at, said)]


def _missing(sections: Iterable[tuple[Fields, Sequence[Any]]]) -> str:
    """Fields that no record of a section has. A section that is empty lacks none."""
    return ", ".join(
        lacking
        for of, records in sections
        if records and (lacking := of.facts(records)["missing_fields"])
    )


def _facts(said: Sequence[Reading | Reject], received_at: datetime) -> dict[str, Any]:
    readings = [each for each in said if isinstance(each, Reading)]
    now = [each for each in readings if each.key == "now"]
    ages = [(received_at - each.issued_at).total_seconds() / 60 for each in now]
    return {
        "now": len(now),
        "forecasts": sum(each.key == "forecast" for each in readings),
        "replaced": sum(each.attributes["replaced"] == "Y" for each in now),
        "age_minutes": round(min(ages)) if ages else None,
        "refused": len(said) - len(readings),
    }
