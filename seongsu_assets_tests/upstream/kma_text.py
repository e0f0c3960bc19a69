"""How KMA writes weather: amounts as words or as numbers, kinds of precipitation, clouds.
No times and no envelope here."""

from seongsu_assets_tests.upstream.weather import Instant

_CLEAR, _MOSTLY = 0.35, 0.8
_NONE, _RAIN, _SNOW = "0", "1", "3"


def precipitation_kind(sky: Instant) -> str:
    """PTY."""
    if sky.rain <= 0:
        return _NONE
    return _SNOW if sky.snows else _RAIN


def clouds(sky: Instant) -> str:
    """SKY: 1 clear, 3 mostly cloudy, 4 overcast; there is no 2."""
    return "1" if sky.cloud < _CLEAR else "3" if sky.cloud < _MOSTLY else "4"


def probability(sky: Instant) -> str:
    """POP in tens."""
    return "70" if sky.rain > 0 else str(round(3 * sky.cloud) * 10)


def rain_words(mm: float) -> str:
    """RN1 of a forecast and PCP of its near range."""
    if mm <= 0:
        return "강수없음"
    if mm < 1:
        return "1mm 미만"
    if mm < 30:
        return f"{mm:.1f}mm"
    return "30.0~50.0mm" if mm < 50 else "50.0mm 이상"


def snow_words(sky: Instant) -> str:
    """SNO of the near range."""
    if not sky.snows:
        return "적설없음"
    return "1cm 미만" if sky.rain < 1 else f"{sky.rain:.1f}cm"


def short(number: float) -> str:
    """A number without a needless end: 3 and not 3.0."""
    return f"{number:g}"
