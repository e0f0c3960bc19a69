"""The calendar of any country that the library of holidays knows.
France, with its school holidays, is in `test_french_calendar`."""

from datetime import date

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.country_calendar import CountryCalendar


@pytest.mark.parametrize(
    ("when", "day_type", "kind"),
    [
        ("2024-07-04", "holiday", "holiday"),
        ("2024-07-05", "adjacent", "bridge"),
        ("2024-11-28", "holiday", "holiday"),  # Thanksgiving
        ("2024-12-25", "holiday", "christmas"),
        ("2024-05-01", "weekday", "ordinary"),  # no holiday there
        ("2024-06-15", "saturday", "ordinary"),
    ],
)
def test_a_country_has_its_own_holidays(when: str, day_type: str, kind: str) -> None:
    day = date.fromisoformat(when)
    [entry] = CountryCalendar("US")(Window(day, day)).to_dict("records")
    assert (entry["day_type"], entry["kind"]) == (day_type, kind)


def test_a_country_that_nobody_knows_is_refused() -> None:
    day = date(2024, 7, 4)
    with pytest.raises(SourceError, match="two letters"):
        CountryCalendar("XX")(Window(day, day))
