"""What the tests of alerts tell, when, and to whom.
No assertion is made here."""

from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from seongsu_assets.incidents.symptom import Symptom

NOW = datetime(2025, 6, 16, 0, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STALE = Symptom("seongsu", "forecast_stale", "", "Nothing was issued.", link="http://d/assets/x")
WORSE = Symptom("seongsu", "forecast_worse", "", "The error is 2.1 times what was promised.")


def places(*entries: str) -> SecretStr:
    """The setting that names them."""
    return SecretStr(" ".join(entries))
