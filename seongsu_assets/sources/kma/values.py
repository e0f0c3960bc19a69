"""What KMA's categories say: text and codes made plain values.
Nothing of base times, grids or requests."""

import re
import reprlib
from typing import Any

from seongsu_assets.sources.weather_values import COLDEST, HOTTEST, fall, within

#: Categories that are known and not kept: wind by component, waves, lightning, extremes of a day.
OTHERS = frozenset(("UUU", "VVV", "VEC", "WAV", "LGT", "TMN", "TMX"))
#: Our name for a category, and the least and the most that it can be.
_NUMBERS = {
    "T1H": ("temperature", COLDEST, HOTTEST),
    "TMP": ("temperature", COLDEST, HOTTEST),
    "REH": ("humidity", 0.0, 100.0),
    "WSD": ("wind", 0.0, 120.0),
    "POP": ("pop", 0.0, 100.0),
}
_CODES = {"SKY": ("sky", range(1, 5)), "PTY": ("kind", range(8))}
_AMOUNTS = {
    "RN1": ("precipitation", "mm"),
    "PCP": ("precipitation", "mm"),
    "SNO": ("snowfall", "cm"),
}
KNOWN = frozenset((*_NUMBERS, *_CODES, *_AMOUNTS)) | OTHERS

#: KMA's guide: what is 900 and more, or -900 and less, is missing.
_MISSING = 900
_ANY = 1_000_000.0
#: "3.0mm", "30.0~50.0mm", "1mm 미만", "50.0mm 이상", far ahead only "0.4".
_AMOUNT = re.compile(
    r"(?:(N)~)?(-?N)(mm|cm)?(미만|이상)?".replace("N", r"[0-9]{1,5}(?:\.[0-9]{1,3})?")
)
_NOTHING_FELL = ("강수없음", "적설없음")


def spoken(category: str, value: object) -> dict[str, Any]:
    """The attributes that `value` of a known category says; none where the value is missing.

    ValueError says what is wrong."""
    if category in OTHERS:
        return {}
    if category in _AMOUNTS:
        return _amount(*_AMOUNTS[category], value)
    number = within(value, category, -_ANY, _ANY)
    if number is None or abs(number) >= _MISSING:
        return {}
    if category in _CODES:
        name, codes = _CODES[category]
        if number not in codes:
            raise ValueError(f"{category} has no code {number:g}")
        return {name: int(number)}
    name, least, most = _NUMBERS[category]
    return {name: within(number, category, least, most)}


def _amount(name: str, unit: str, value: object) -> dict[str, Any]:
    """What fell. Where KMA says only a range, its text is kept beside one number that stands for
    it: half of "less than", the middle of "from to", the bound of "or more"."""
    if not isinstance(value, str) or not value.strip():
        return _fell(name, within(value, name, -_ANY, _ANY))
    text = "".join(value.split())
    if text in _NOTHING_FELL:
        return {name: 0.0}
    found = _AMOUNT.fullmatch(text)
    if not found or found[3] not in (None, unit) or (found[1] and found[4]):
        raise ValueError(f"{name} is not understood: {reprlib.repr(value)}")
    most = float(found[2])
    if found[1]:
        if float(found[1]) > most:
            raise ValueError(f"{name} is a range upside down: {text}")
        return _fell(name, (float(found[1]) + most) / 2, text)
    if found[4]:
        return _fell(name, most / 2 if found[4] == "미만" else most, text)
    return _fell(name, most)


def _fell(name: str, amount: float | None, text: str = "") -> dict[str, Any]:
    if amount is None or abs(amount) >= _MISSING:
        return {}
    told = {name: fall(amount, name)}
    return {**told, f"{name}_text": text} if text else told
