"""A Kalman filter over days for many slots at once: one gain for all, robust to odd days.
What the states mean is decided in `dynamic`; no dates and no frames here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class States:
    """Per state: the share that is left after a day, the variance that a day adds, the variance
    before the first day. `noise` is the variance of a day's observation, by day; an observation
    further off than `clip` standard deviations counts as if it had been noisier (Huber)."""

    left: Array
    added: Array
    before: Array
    noise: Array
    clip: float


@dataclass(frozen=True)
class Asked:
    """What is to be forecast: for each origin the place of its newest known day, and the row of
    each target (origin, step, state), and those of its parts (origin, step, part, state). The
    first target lies `gap` days after the newest day."""

    newest: NDArray[np.int64]
    rows: Array
    parts: Array
    gap: int
    noise: Array


def forecast(
    values: Array, rows: Array, states: States, asked: Asked, *, enough: int
) -> tuple[Array, Array, Array]:
    """`values` (day, slot), NaN where unknown; `rows` (day, state). The mean (origin, step, slot)
    and the variance (origin, step) of each target, and the means of its parts (origin, step, part,
    slot); NaN where fewer than `enough` days are known.

    A slot is taken up at its first value. A forecast depends on nothing after its newest day."""
    slots = values.shape[1]
    steps = asked.rows.shape[1]
    mean = np.full((len(asked.newest), steps, slots), np.nan)
    variance = np.full((len(asked.newest), steps), np.nan)
    parts = np.full((*asked.parts.shape[:3], slots), np.nan)
    ahead = _Ahead(states, asked, steps)
    state = np.zeros((rows.shape[1], slots))
    cover = np.diag(states.before)
    fading = np.outer(states.left, states.left)
    diagonal = np.arange(len(states.left))
    met = np.zeros(slots, dtype=bool)
    days = 0
    wanted: dict[int, list[int]] = {}
    for place, day in enumerate(asked.newest):
        wanted.setdefault(int(day), []).append(place)
    for day in range(int(asked.newest.max(initial=-1)) + 1):
        known = np.isfinite(values[day])
        if days:  # before the first known day there is nothing that could have moved
            state = state * states.left[:, None]
            cover = cover * fading
            cover[diagonal, diagonal] += states.added
        if known.any():
            new = known & ~met
            state[0, new] = values[day, new]
            met |= known
            days += 1
            state, cover = _learn(state, cover, values[day], rows[day], states, day)
        for place in wanted.get(day, ()):
            if days >= enough:
                mean[place], variance[place], parts[place] = ahead(place, state, cover)
                mean[place][:, ~met] = np.nan
    return mean, variance, parts


def _learn(
    state: Array, cover: Array, value: Array, row: Array, states: States, day: int
) -> tuple[Array, Array]:
    """The state after a day. A slot without a value keeps its own."""
    off = np.nan_to_num(value - row @ state)
    pull = cover @ row
    noise = states.noise[day]
    spread = float(row @ pull) + noise
    strange = np.sqrt(np.mean(off**2) / spread) / states.clip
    spread += noise * max(strange**2 - 1.0, 0.0)
    gain = pull / spread
    return state + np.outer(gain, off), cover - np.outer(gain, pull)


@dataclass(frozen=True)
class _Ahead:
    """From the state of the newest day to the targets."""

    states: States
    asked: Asked
    steps: int

    def __call__(self, place: int, state: Array, cover: Array) -> tuple[Array, Array, Array]:
        left, added = self.states.left, self.states.added
        far = self.asked.gap + np.arange(self.steps)
        kept = left ** far[:, None]
        grown = np.stack([added * (left[None] ** (2 * np.arange(n))[:, None]).sum(0) for n in far])
        rows = self.asked.rows[place]
        faded = rows * kept
        own = np.einsum("si,ij,sj->s", faded, cover, faded) + (rows**2 * grown).sum(1)
        parts = (self.asked.parts[place] * kept[:, None]) @ state
        return faded @ state, own + self.asked.noise[place], parts
