"""`graph(domain)`: the asset graph that every domain has.
Nothing here or in this folder knows a domain by name."""

from seongsu_assets.assets.accuracy import accuracy
from seongsu_assets.assets.challenger import challenger
from seongsu_assets.assets.challenger_checks import challenger_checks
from seongsu_assets.assets.champion import champion
from seongsu_assets.assets.covariates import covariates
from seongsu_assets.assets.drift import drift
from seongsu_assets.assets.features import features, features_checks
from seongsu_assets.assets.feeds import feeds
from seongsu_assets.assets.forecasts import forecasts, forecasts_checks
from seongsu_assets.assets.observations import observations
from seongsu_assets.assets.published import published
from seongsu_assets.assets.raw import raw
from seongsu_assets.domain import Domain

import dagster as dg  # isort: skip - the sentence above is the point of this file


def graph(domain: Domain) -> dg.Definitions:
    """raw -> observations -> features -> challenger -> champion -> forecasts -> published, and
    accuracy and drift, which look back on them."""
    return dg.Definitions(
        assets=[
            raw(domain),
            observations(domain),
            *feeds(domain),
            *covariates(domain),
            features(domain),
            challenger(domain),
            champion(domain),
            forecasts(domain),
            published(domain),
            accuracy(domain),
            drift(domain),
        ],
        asset_checks=[
            features_checks(domain),
            challenger_checks(domain),
            forecasts_checks(domain),
        ],
    )
