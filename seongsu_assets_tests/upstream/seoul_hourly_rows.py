"""The rows of getStnPsgr: an hour's people split by card and by passenger, so that they add up.
No doors, no envelope and no retention here."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from seongsu_assets_tests.upstream.people import HOURS
from seongsu_assets_tests.upstream.stations import STATIONS
from seongsu_assets_tests.upstream.truth import Counts
from seongsu_assets_tests.upstream.wire import Row

#: Card, passenger type and share of the people.
_KINDS = (
    ("2", "후불", "01", "일반", 0.615), ("1", "선불", "01", "일반", 0.110),
    ("1", "선불", "100", "우대권", 0.090), ("C", "1회용", "100", "우대권", 0.020),
    ("B", "정기권", "01", "일반", 0.070), ("1", "선불", "03", "중고생", 0.030),
    ("2", "후불", "04", "청소년", 0.020), ("1", "선불", "02", "어린이", 0.012),
    ("C", "1회용", "01", "일반", 0.010), ("1", "선불", "41", "외국인 영어", 0.010),
    ("1", "선불", "42", "외국인 일본어", 0.008), ("C1", "1회용", "99", "기타", 0.005),
)  # fmt: skip
_SHARES = np.cumsum([kind[-1] for kind in _KINDS]) / sum(kind[-1] for kind in _KINDS)


@dataclass(frozen=True)
class Split:
    """The counts of some stations by kind: people (rows, 2) and where each row belongs (rows, 3):
    station, hour and kind by index."""

    people: NDArray[np.int64]
    where: NDArray[np.int64]


def split_up(counts: Counts, chosen: list[int], hour: str) -> Split:
    """Every hour of a station in kinds that add up to it; a kind nobody belongs to has no row,
    unless it is the first."""
    hours = [place for place, clock in enumerate(HOURS) if hour in ("", f"{clock:02}")]
    people = counts[np.ix_(chosen, (0, 1), hours)]
    known = ~np.isnan(people[:, 0])
    whole = np.nan_to_num(people)[..., None]
    upto = np.floor(whole * _SHARES + 1e-9)
    parts = np.diff(upto, axis=-1, prepend=0.0).astype(np.int64)
    shown = (parts.sum(axis=1) > 0) & known[..., None]
    shown[..., 0] |= known
    station, place, kind = np.nonzero(shown)
    where = np.stack([np.array(chosen)[station], np.array(hours)[place], kind], axis=1)
    return Split(parts.transpose(0, 2, 3, 1)[station, place, kind], where)


def rows(day: date, split: Split, span: slice) -> list[Row]:
    used, made = f"{day:%Y%m%d}", f"{day + timedelta(1):%Y%m%d}"
    made_rows: list[Row] = []
    for (index, place, kind), (on, off) in zip(
        split.where[span].tolist(), split.people[span].tolist(), strict=True
    ):
        station, (card, card_name, who, who_name, _) = STATIONS[index], _KINDS[kind]
        number = f"P{station.code}" if station.line == "5호선" else station.code
        made_rows.append(
            {
                "pasngDe": used, "pasngHr": f"{HOURS[place]:02}", "lineNm": station.line,
                "stnCd": station.code, "stnNo": number, "stnNm": station.name,
                "trnscdSeCd": card, "trnscdSeCdNm": card_name, "trnscdUserSeCd": who,
                "trnscdUserSeCdNm": who_name, "rideNope": str(on), "gffNope": str(off),
                "crtrYmd": made,
            }
        )  # fmt: skip
    return made_rows
