"""What is said of Seongsu beside the counts: weather, the city's own forecast, trains, holidays.
Declarations only; how each is asked and read is in `sources`."""

from seongsu_assets.domain import Feed
from seongsu_assets.settings import settings
from seongsu_assets.sources.kasi import Holidays
from seongsu_assets.sources.kma.asos import Asos
from seongsu_assets.sources.kma.forecasts import KmaNow, KmaShort, KmaVillage
from seongsu_assets.sources.open_meteo import OpenMeteoArchive, OpenMeteoForecast
from seongsu_assets.sources.providers import DATA_GO_KR, KMA_HUB
from seongsu_assets.sources.seoul.city import City
from seongsu_assets.sources.seoul.month_hours import MonthHours
from seongsu_assets.sources.seoul.train_load import TrainLoad
from seongsu_assets.sources.seoul.trains import Trains
from seongsu_assets.sources.seoul_metro import Station

STATION = Station(name="성수", line="2호선", code=211)
LATITUDE, LONGITUDE = 37.5446, 127.0560
#: Seoul's weather station, and 성수카페거리 in the city's list of areas.
WEATHER_STATION, AREA = 108, "POI068"
#: The door of KMA whose key is at hand; data.go.kr where both are.
KMA = (
    KMA_HUB
    if settings().key("kma_hub_key") and not settings().key("data_go_kr_key")
    else DATA_GO_KR
)

FEEDS = (
    Feed(
        "weather_forecast",
        OpenMeteoForecast(LATITUDE, LONGITUDE),
        "40 0,6,12,18 * * *",
        "The days' weather as it was forecast, each issue kept. Open-Meteo; needs no key.",
    ),
    Feed(
        "weather_observed",
        OpenMeteoArchive(LATITUDE, LONGITUDE),
        "20 5 * * *",
        "The weather that came, some days later. Never a feature: nobody knew it in time.",
        days_back=14,
    ),
    Feed(
        "official_holidays",
        Holidays(),
        "30 5 * * *",
        "The official list of days off, which is changed weeks before a day, and sometimes less.",
        days_back=0,
    ),
    Feed(
        "kma_now",
        KmaNow(LATITUDE, LONGITUDE, KMA),
        "55 * * * *",
        "KMA's nowcast of the hour; it forgets in a day.",
    ),
    Feed(
        "kma_short",
        KmaShort(LATITUDE, LONGITUDE, KMA),
        "50 * * * *",
        "KMA's forecast of the next six hours.",
    ),
    Feed(
        "kma_village",
        KmaVillage(LATITUDE, LONGITUDE, KMA),
        "20 2,5,8,11,14,17,20,23 * * *",
        "KMA's forecast of the next days.",
    ),
    Feed(
        "weather_station",
        Asos(WEATHER_STATION),
        "30 11 * * *",
        "KMA's measurements at Seoul's station, up to yesterday.",
        days_back=7,
    ),
    Feed(
        "city",
        City(AREA),
        "5,35 * * * *",
        "How many people the city counts around Seongsu's cafe street, and its own forecast of the "
        "next twelve hours: a rival to be scored.",
    ),
    Feed(
        "trains",
        Trains(STATION.name),
        "*/15 5-23,0-1 * * *",
        "Trains announced at the station. No history of them can be had later.",
    ),
    Feed("train_load", TrainLoad(), "0 9 * * 1", "How full trains are by half hour, each quarter."),
    Feed(
        "month_hours",
        MonthHours(STATION),
        "0 10 6 * *",
        "The month's sums by hour, on the fifth of the next month: a check on the days.",
        days_back=62,
    ),
)
