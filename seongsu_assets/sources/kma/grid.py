"""The grid of KMA's village forecasts: the 5 km cell in which a place lies.
Nothing of what is forecast there."""

from dataclasses import dataclass
from math import cos, floor, log, pi, radians, sin, tan

#: KMA's constants of the projection: a Lambert cone through two parallels.
_EARTH_KM, _CELL_KM = 6371.00877, 5.0
_NORTH, _SOUTH = radians(60.0), radians(30.0)
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = radians(38.0), radians(126.0)
_ORIGIN_X, _ORIGIN_Y = 43, 136


@dataclass(frozen=True)
class Cell:
    """One cell of the grid, counted from the south-west."""

    nx: int
    ny: int

    def __str__(self) -> str:
        return f"{self.nx},{self.ny}"


def cell(latitude: float, longitude: float) -> Cell:
    """The cell of a place in degrees north and east (DFS formula of KMA's forecast guide)."""
    radius = _radius(radians(latitude))
    angle = _CONE * _half_turn(radians(longitude) - _ORIGIN_LONGITUDE)
    x = radius * sin(angle) + _ORIGIN_X
    y = _ORIGIN_RADIUS - radius * cos(angle) + _ORIGIN_Y
    return Cell(floor(x + 0.5), floor(y + 0.5))


def _slope(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


def _radius(latitude: float) -> float:
    """Cells from the tip of the cone."""
    return _EARTH_KM / _CELL_KM * _SCALE / _slope(latitude) ** _CONE


def _half_turn(angle: float) -> float:
    return (angle + pi) % (2 * pi) - pi


_CONE = log(cos(_SOUTH) / cos(_NORTH)) / log(_slope(_NORTH) / _slope(_SOUTH))
_SCALE = _slope(_SOUTH) ** _CONE * cos(_SOUTH) / _CONE
_ORIGIN_RADIUS = _radius(_ORIGIN_LATITUDE)
