"""What a challenger must show before it may be considered at all: checks that block.
Whether it can be believed, and is better, is for `trial`."""

from collections.abc import Iterator

import dagster as dg

from seongsu_assets.domain import Domain
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting.thresholds import Promotion
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets, models


def challenger_checks(domain: Domain) -> dg.AssetChecksDefinition:
    """What a model must show before it may be considered at all."""
    asset = [domain.name, "challenger"]
    low, high = (100 * share for share in Promotion.of(domain.plan).coverage)
    claims = {
        "challenger_beats_naive": "over rolling origins its error is below that of the same hour "
        "last week",
        "intervals_cover": f"the 80 % interval held between {low:.0f} and "
        f"{high:.0f} % of what came",
    }
    specs = [
        dg.AssetCheckSpec(name, asset=asset, description=told, blocking=True)
        for name, told in claims.items()
    ]

    @dg.multi_asset_check(name=f"{domain.name}_challenger_checks", specs=specs)
    def judge(warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        with warehouse.connect() as conn:
            model_id = models.newest(conn, datasets.active(conn, domain))
            if model_id is None:
                raise ModelError(
                    "there is no challenger to check", remedy="train one: `seongsu run DOMAIN`"
                )
            report = models.load(conn, model_id).metrics
        ratio, coverage = report["ratio_vs_seasonal_naive"], report["ours"]["coverage80"]
        lowest, highest = Promotion.of(domain.plan).coverage
        verdicts = {
            "challenger_beats_naive": ratio < 1,
            "intervals_cover": lowest <= coverage <= highest,
        }
        for name, passed in verdicts.items():
            yield dg.AssetCheckResult(
                asset_key=asset,
                check_name=name,
                passed=bool(passed),
                metadata={
                    "model": model_id,
                    "ratio to seasonal naive": ratio,
                    "coverage": coverage,
                },
            )

    return judge
