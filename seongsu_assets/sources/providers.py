"""Who is asked: the addresses, keys and allowances of every provider.
No request and no shape of an answer here."""

from seongsu_assets.outside import Provider

#: No daily cap is stated for the general key; the budget keeps a mistake from becoming an attack.
SEOUL = Provider("seoul", "http://openapi.seoul.go.kr:8088", "seoul_key", 5_000, at_once=4)
#: 1,000 calls a day until a use case is registered.
SEOUL_REALTIME = Provider(
    "seoul_realtime", "http://swopenapi.seoul.go.kr", "seoul_realtime_key", 1_000
)
#: 10,000 calls a day for a development key.
DATA_GO_KR = Provider("data_go_kr", "https://apis.data.go.kr", "data_go_kr_key", 10_000, at_once=4)
#: No quota was found stated; what a day of hourly forecasts needs, many times over.
KMA_HUB = Provider("kma_hub", "https://apihub.kma.go.kr", "kma_hub_key", 2_000)
#: 10,000 calls a day and address, a long range counts as several; its day begins at UTC midnight.
OPEN_METEO = Provider("open_meteo", "https://api.open-meteo.com", "", 5_000, "UTC")
OPEN_METEO_ARCHIVE = Provider(
    "open_meteo_archive", "https://archive-api.open-meteo.com", "", 2_000, "UTC"
)
#: The portal tells its quota in headers, and none was found stated: two calls a day are needed.
PARIS = Provider("paris", "https://opendata.paris.fr", "", 3_000, "UTC")
#: 10 calls a second and address are documented, no daily cap; two at a time stay far below.
COINBASE = Provider("coinbase", "https://api.exchange.coinbase.com", "", 10_000, "UTC")
#: Heard over a WebSocket and not asked: nothing of it is counted.
COINBASE_FEED = Provider(
    "coinbase_feed", "wss://ws-feed.exchange.coinbase.com", "", 10_000, "UTC", at_once=1
)

PROVIDERS = (
    SEOUL, SEOUL_REALTIME, DATA_GO_KR, KMA_HUB, OPEN_METEO, OPEN_METEO_ARCHIVE, PARIS, COINBASE,
)  # fmt: skip
