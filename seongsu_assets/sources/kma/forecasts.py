"""KMA's weather of one grid cell, as it was said: now, for six hours, for days.
Which issue there is `kma_products` knows, what it says `kma_readings`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.errors import NoData
from seongsu_assets.outside import Absence, Provider, Web
from seongsu_assets.sources.data_go_kr import go_kr_items, go_kr_payload
from seongsu_assets.sources.feed import asked
from seongsu_assets.sources.kma.grid import Cell, cell
from seongsu_assets.sources.kma.products import NOW, SHORT, VILLAGE, Product
from seongsu_assets.sources.kma.readings import readings
from seongsu_assets.sources.providers import DATA_GO_KR, KMA_HUB
from seongsu_assets.sources.values import KST

#: Where each door has the service, and what it calls the key.
_DOORS = {
    DATA_GO_KR.name: ("/1360000/VilageFcstInfoService_2.0", "serviceKey"),
    KMA_HUB.name: ("/api/typ02/openApi/VilageFcstInfoService_2.0", "authKey"),
}
#: The default of 10 cuts every answer; the largest seen has 980 items.
_PAGE_SIZE = 1_000


@dataclass(frozen=True)
class _Kma:
    """A product for a place in degrees (Seongsu Station), asked at data.go.kr or, as `provider`, at
    KMA's hub."""

    latitude: float = 37.5446
    longitude: float = 127.0560
    provider: Provider = DATA_GO_KR

    product: ClassVar[Product]

    @property
    def name(self) -> str:
        return self.product.name

    @property
    def terms(self) -> Terms:
        """What is said of today is due before today ends: where both issues are not out, late."""
        return Terms(self.provider, due_days=-1, keeps_days=1, contract=self.product.contract)

    @property
    def cell(self) -> Cell:
        return cell(self.latitude, self.longitude)

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """What is said now, whatever the window: earlier issues are not kept for the asking."""
        return asked(web, self.terms, window.last, lambda: self._newest(web))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS, one reading per hour spoken of; key is the cell. issued_at is the base
        that the answer names: it need not be the one asked for. attributes has what is known of
        temperature (°C), precipitation (mm), snowfall (cm), humidity and pop (%), wind (m/s), sky
        and kind (KMA's codes SKY and PTY); `..._text` keeps the words of an amount told as a
        range."""
        return readings(go_kr_items(payload), self.product, self.cell, payload.received_at)

    def _newest(self, web: Web) -> Payload:
        """The newest issue that should be out; the one before where it is not."""
        newest, before = self.product.bases(web.now())
        try:
            return self._ask(newest, web)
        except NoData:
            return self._ask(before, web)

    def _ask(self, base: datetime, web: Web) -> Payload:
        path, key = _DOORS[self.provider.name]
        local = base.astimezone(KST)
        parameters = {
            key: "{key}",
            "dataType": "JSON",
            "base_date": f"{local:%Y%m%d}",
            "base_time": f"{local:%H%M}",
            "nx": str(self.cell.nx),
            "ny": str(self.cell.ny),
        }
        path = f"{path}/{self.product.operation}"
        return go_kr_payload(self.name, web, self.provider, path, parameters, _PAGE_SIZE)


class KmaNow(_Kma):
    """The last full hour, interpolated between stations."""

    product = NOW


class KmaShort(_Kma):
    """The ultra-short forecast: six hours, every hour."""

    product = SHORT


class KmaVillage(_Kma):
    """The short-term forecast: hour by hour for about three days, then every three hours."""

    product = VILLAGE
