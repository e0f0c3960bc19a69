"""Numbers of the weather: what can be one, and what cannot.
No publisher's own words here."""

import re
import reprlib

#: Degrees that an air temperature of Korea cannot leave, on either side.
COLDEST, HOTTEST = -60.0, 60.0
#: Millimetres of rain, or centimetres of snow, that never fell in one hour.
MOST_FALL = 500.0

_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")


def within(value: object, name: str, least: float, most: float) -> float | None:
    """A number from `least` to `most`, sent as text or as one; None when it is not known.

    ValueError says what is wrong."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if least <= value <= most:  # NaN is not
            return float(value)
        raise ValueError(f"{name} is out of reach: {reprlib.repr(value)}")
    raise ValueError(f"{name} is no number: {reprlib.repr(value)}")


def degrees(value: object, name: str) -> float | None:
    """An air temperature in °C. As `within`."""
    return within(value, name, COLDEST, HOTTEST)


def fall(value: object, name: str) -> float | None:
    """What fell in an hour, in mm of rain or cm of snow. As `within`."""
    return within(value, name, 0.0, MOST_FALL)
