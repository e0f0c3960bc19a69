"""How the tests of the upstream ask it: paths and parameters of each provider, and what is in them.
No client of the platform, and no expectation."""

from datetime import datetime

from seongsu_assets_tests.upstream.wire import KST
from seongsu_assets_tests.upstream.world import KEYS

NOON = datetime(2026, 10, 2, 12, 0, tzinfo=KST)
VILLAGE = "VilageFcstInfoService_2.0"
PLACE = {"latitude": 37.5446, "longitude": 127.056}


def seoul(get, *path, key=KEYS["seoul"], kind="json"):
    return get(f"/seoul/{key}/{kind}/{'/'.join(str(part) for part in path)}")


def card(get, day, first=1, last=1000):
    return seoul(get, "CardSubwayStatsNew", first, last, f"{day:%Y%m%d}").json()


def hourly(get, day, first=1, last=1000, code="/211"):
    answer = seoul(get, "getStnPsgr", first, last, f"{day:%Y%m%d}{code}").json()
    return answer["response"]["body"]


def kma(get, operation, base, **more):
    parameters = {
        "serviceKey": KEYS["data_go_kr"], "dataType": "JSON", "numOfRows": 1500, "pageNo": 1,
        "base_date": base[:8], "base_time": base[8:], "nx": 61, "ny": 126,
    }  # fmt: skip
    return get(f"/data_go_kr/1360000/{VILLAGE}/{operation}", **(parameters | more))


def code_of(answer):
    return answer["RESULT"]["CODE"]


def ours(rows):
    return [row for row in rows if row["SBWY_STNS_NM"] == "성수"]
