"""The page of metrics: what is counted, from where, and that nothing unknown stands as zero.
What Prometheus makes of it is in `test_prometheus`."""

from dataclasses import replace
from datetime import date, timedelta

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.forecasting.thresholds import Drift
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.metrics.families import ANSWER_SECONDS, FAMILIES
from seongsu_assets.metrics.page import exposition
from seongsu_assets.metrics.runs import job
from seongsu_assets.outside import Answer
from seongsu_assets.sources.providers import OPEN_METEO
from seongsu_assets.warehouse import drift, incidents
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets_tests.doors import Notes, asked, door
from seongsu_assets_tests.metered import samples
from seongsu_assets_tests.misbehaving import misbehaving, says

NOW = clock.now()
DOMAIN = replace(SEONGSU, feeds=SEONGSU.feeds[:1])
HERE = 'domain="seongsu"'


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def told(conn, instance, now=NOW) -> dict[str, float]:
    return samples(exposition(conn, instance, [DOMAIN], now))


# -- nothing unknown stands as zero


def test_of_an_empty_warehouse_nothing_is_claimed(conn, instance) -> None:
    found = told(conn, instance)
    for name in ("data_age", "source_age", "forecast_age", "live_", "drift_input", "model_wape",
                 "partition_delay", "heartbeat", "incident_age"):  # fmt: skip
        assert not [sample for sample in found if sample.startswith(f"seongsu_{name}")
                    and "allowed" not in sample]  # fmt: skip
    assert found['seongsu_collected{store="warehouse"}'] == 1
    assert f'seongsu_promotion_decisions_total{{{HERE},outcome="promote"}}' not in found


def begin(conn) -> None:
    """A first day of the domain's generated data has arrived."""
    payload = conn.execute(
        """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
           values ('seongsu@sample', 'sample', 'day', 'x', '', now()) returning id"""
    ).fetchone()[0]
    conn.execute(
        """insert into warehouse.arrival
           (dataset, source, business_date, grain, payload_id, content_sha, accepted, audited_at)
           values ('seongsu@sample', 'sample', '2026-02-28', 'hourly', %s, 'x', true, now())""",
        (payload,),
    )


def test_of_a_domain_that_has_begun_what_never_happened_has_happened_0_times(
    conn, instance
) -> None:
    begin(conn)
    found = told(conn, instance)
    assert found[f'seongsu_promotion_decisions_total{{{HERE},outcome="promote"}}'] == 0


def test_every_family_is_on_the_page_even_without_a_sample(conn, instance) -> None:
    text = exposition(conn, instance, [DOMAIN], NOW).decode()
    assert all(f"# TYPE {family.full} {family.kind}\n" in text for family in FAMILIES)


def test_inputs_of_a_verdict_that_are_not_known_have_no_sample(conn, instance) -> None:
    begin(conn)
    inputs = {"days": 3, "season": "a year before", "shift": -0.2, "age_days": None}
    drift.keep(conn, "seongsu@sample", date(2026, 3, 1), "proactive", "", inputs, NOW)
    found = told(conn, instance, NOW + timedelta(hours=2))
    asked = {name: value for name, value in found.items() if "seongsu_drift_input" in name}
    assert asked == {
        f'seongsu_drift_input{{{HERE},input="days"}}': 3,
        f'seongsu_drift_input{{{HERE},input="shift"}}': -0.2,
    }
    assert found[f'seongsu_drift_verdict{{{HERE},verdict="proactive"}}'] == 1
    assert found[f'seongsu_drift_verdict{{{HERE},verdict="wait"}}'] == 0
    assert found[f"seongsu_drift_verdict_age_seconds{{{HERE}}}"] == 7200
    assert found['seongsu_drift_limit{input="shift"}'] == Drift().shift


# -- a store that is ill


def test_without_dagster_the_warehouse_is_still_told(conn) -> None:
    found = samples(exposition(conn, None, [DOMAIN], NOW))
    assert found['seongsu_collected{store="dagster"}'] == 0
    assert found['seongsu_collected{store="warehouse"}'] == 1
    assert not [name for name in found if name.startswith("seongsu_run")]


def test_without_the_warehouse_dagster_is_still_told(conn, instance, caplog) -> None:
    begin(conn)
    conn.execute("alter table warehouse.payload rename to away")
    found = told(conn, instance)
    assert found['seongsu_collected{store="warehouse"}'] == 0
    assert found['seongsu_collected{store="dagster"}'] == 1
    assert not [name for name in found if name.startswith("seongsu_rows")]
    assert "the metrics of warehouse cannot be read" in caplog.text
    conn.execute("alter table warehouse.away rename to payload")
    assert told(conn, instance)['seongsu_collected{store="warehouse"}'] == 1


def test_a_scrape_writes_nothing(conn, instance) -> None:
    conn.execute("set default_transaction_read_only = on")
    assert told(conn, instance)['seongsu_collected{store="warehouse"}'] == 1


# -- the outside world


def test_calls_without_an_answer_are_the_difference(conn, instance) -> None:
    journal = Journal(conn)
    for number, status in enumerate((200, 204, 404, 503)):
        journal.spend(OPEN_METEO, NOW)
        journal.keep(OPEN_METEO, Answer(f"sky {number}", status, b"", NOW, 0.1))
    journal.spend(OPEN_METEO, NOW)
    found = told(conn, instance)
    answered = {
        status: found[f'seongsu_provider_answers_total{{provider="open_meteo",status="{status}"}}']
        for status in ("2xx", "3xx", "4xx", "5xx")
    }
    assert answered == {"2xx": 2, "3xx": 0, "4xx": 1, "5xx": 1}
    assert found['seongsu_provider_calls_total{provider="open_meteo"}'] == 5
    assert found['seongsu_provider_calls_today{provider="open_meteo"}'] == 5
    later = told(conn, instance, NOW + timedelta(days=1))
    assert later['seongsu_provider_calls_today{provider="open_meteo"}'] == 0
    assert later['seongsu_provider_calls_total{provider="open_meteo"}'] == 5


def test_latency_counts_what_took_exactly_a_bound_and_not_what_took_longer(conn, instance) -> None:
    journal = Journal(conn)
    times = (0.05, 0.1, 0.100001, 30.0, 61.0, None)
    for number, seconds in enumerate(times):
        journal.keep(OPEN_METEO, Answer(f"sky {number}", 200, b"", NOW, seconds))
    found = told(conn, instance)

    def bucket(bound: str) -> float:
        name = "seongsu_provider_answer_seconds_bucket"
        return found[f'{name}{{le="{bound}",provider="open_meteo"}}']

    assert [bucket(b) for b in ("0.05", "0.1", "0.25", "20", "60", "+Inf")] == [1, 2, 3, 3, 4, 5]
    assert found['seongsu_provider_answer_seconds_count{provider="open_meteo"}'] == 5
    total = sum(seconds for seconds in times if seconds)
    assert found['seongsu_provider_answer_seconds_sum{provider="open_meteo"}'] == pytest.approx(
        total
    )
    assert len(ANSWER_SECONDS.bounds) == 10


def test_the_door_tells_how_long_a_provider_took() -> None:
    notes = Notes()
    with misbehaving(says(after=0.2)) as server, door(notes) as web:
        asked(web, server)
    (answer,) = notes.answers
    assert answer.seconds is not None
    assert 0.2 <= answer.seconds < 30


# -- what is wrong


def test_an_incident_is_open_until_it_is_closed_and_stays_counted(conn, instance) -> None:
    wrong = Symptom("seongsu", "data_late", "2026-03-01", "it is late")
    here = f'{{{HERE},kind="data_late"}}'
    assert told(conn, instance)[f"seongsu_incidents_open{here}"] == 0
    incidents.report(conn, wrong, NOW)
    found = told(conn, instance, NOW + timedelta(hours=1))
    assert found[f"seongsu_incidents_open{here}"] == 1
    assert found[f"seongsu_incident_age_seconds{here}"] == 3600
    assert found['seongsu_messages_total{phase="opened"}'] == 1
    incidents.close(conn, "seongsu", "data_late", "2026-03-01", NOW + timedelta(hours=2))
    found = told(conn, instance, NOW + timedelta(hours=3))
    assert found[f"seongsu_incidents_open{here}"] == 0
    assert found[f"seongsu_incidents_total{here}"] == 1
    assert f"seongsu_incident_age_seconds{here}" not in found


def test_a_heartbeat_is_as_old_as_it_is(conn, instance) -> None:
    incidents.beat(conn, "daemon", NOW)
    found = told(conn, instance, NOW + timedelta(minutes=5))
    assert found['seongsu_heartbeat_age_seconds{name="daemon"}'] == 300


# -- runs


def test_a_run_belongs_to_the_domain_of_the_longest_name() -> None:
    names = ["north_side", "north"]
    assert job("north_side_train", names) == ("north_side", "train")
    assert job("north_train", names) == ("north", "train")
    assert job("__ASSET_JOB", names) == ("all", "conditions")
    assert job("whatever a page made", names) == ("all", "other")
