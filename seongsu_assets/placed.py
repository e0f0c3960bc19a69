"""Dask's client whose parts stay with the workers they were sent to, and are told in their order.
By itself Dask may move them, and tells them in any: LightGBM's numbers would differ each time."""

from collections.abc import Mapping, Sequence
from typing import Any

from distributed import Client


class Placed(Client):  # pyright: ignore[reportUntypedBaseClass]
    """What LightGBM's integration asks of a client, by turns of the workers at `places`."""

    places: Sequence[str] = ()

    # LightGBM names all but the first; the other arguments of Dask are not asked for.
    def compute(self, collections: Any, **named: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A list is of parts: each is made where its number says."""
        if not isinstance(collections, list):
            return super().compute(collections, **named)
        return [
            super(Placed, self).compute(part, workers=[self.places[number % len(self.places)]])
            for number, part in enumerate(collections)
        ]

    def who_has(self, futures: Any = None, **named: Any) -> Mapping[str, Any]:
        told: Any = super().who_has(futures, **named)
        return {future.key: told[future.key] for future in futures}
