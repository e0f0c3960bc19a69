"""Which service a path leads to, and which day it names.
No rule of any host and no rows here."""

from collections.abc import Callable, Mapping
from datetime import date

from seongsu_assets_tests.upstream import (
    asos,
    citydata,
    coinbase,
    data_go_kr,
    kasi,
    kma,
    open_meteo,
    realtime,
    seoul,
    seoul_card,
    seoul_hourly,
    seoul_month,
    seoul_train_load,
    seoul_year,
)
from seongsu_assets_tests.upstream.wire import Reply, Table, as_text, day_of
from seongsu_assets_tests.upstream.world import Ask

_KMA = "VilageFcstInfoService_2.0"
_KMA_OPERATIONS = ("getUltraSrtNcst", "getUltraSrtFcst", "getVilageFcst")
_DAYS = ("pasngYmd", "base_date", "startDt", "start_date")

SEOUL: Mapping[str, seoul.Service] = {
    seoul_card.SERVICE: seoul_card.answer,
    seoul_hourly.SERVICE: seoul_hourly.at_seoul,
    seoul_month.SERVICE: seoul_month.answer,
    seoul_year.SERVICE: seoul_year.answer,
    seoul_train_load.SERVICE: seoul_train_load.answer,
    "citydata": citydata.everything,
    "citydata_ppltn": citydata.people,
}
DATA_GO_KR: Mapping[str, data_go_kr.Service] = {
    "B553766/psgr/getStnPsgr": seoul_hourly.at_data_go_kr,
    **{f"1360000/{_KMA}/{operation}": kma.answer for operation in _KMA_OPERATIONS},
    f"1360000/{asos.HOURLY}/getWthrDataList": asos.hourly,
    f"1360000/{asos.DAILY}/getWthrDataList": asos.daily,
    "B090041/openapi/service/SpcdeInfoService/getRestDeInfo": kasi.answer,
}
KMA_HUB: Mapping[str, data_go_kr.Service] = {
    f"api/typ02/openApi/{_KMA}/{operation}": kma.answer for operation in _KMA_OPERATIONS
}
PROVIDERS: Mapping[str, Callable[[Ask], Reply | Table]] = {
    "seoul": lambda ask: seoul.answer(ask, SEOUL),
    "seoul_realtime": realtime.answer,
    "data_go_kr": lambda ask: data_go_kr.answer(ask, DATA_GO_KR),
    "kma_hub": lambda ask: data_go_kr.hub(ask, KMA_HUB),
    "open_meteo": open_meteo.answer,
    "open_meteo_archive": open_meteo.answer,
    "coinbase": coinbase.answer,
}


def answer(ask: Ask) -> Reply | Table:
    provider = PROVIDERS.get(ask.request.provider)
    return as_text("Not Found", 404) if provider is None else provider(ask)


def locate(
    provider: str, parts: tuple[str, ...], parameters: Mapping[str, str]
) -> tuple[str, date | None]:
    """The service, and the first day asked for; as much of it as there is."""
    if provider == "seoul":
        service, day = (*parts, "", "", "", "", "", "")[2], (*parts, *[""] * 6)[5]
        return service, day_of(day)
    if provider == "seoul_realtime":
        return (*parts, *[""] * 5)[4], None
    named = next((parameters[name] for name in _DAYS if name in parameters), "")
    service = parts[-1] if parts else ""
    # Two services share an operation; theirs is the name that tells them apart.
    return (parts[-2] if service == "getWthrDataList" else service), day_of(named)
