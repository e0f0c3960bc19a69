"""What is found where sources are late, silent, wrong or refuse us, and when it is over.
Each source is asked over real HTTP; the forecast is looked at in `test_incidents`."""

from datetime import date, timedelta

from seongsu_assets import clock, settlement
from seongsu_assets.domain import Window
from seongsu_assets.incidents import data, days
from seongsu_assets.warehouse import incidents
from seongsu_assets_tests.faulty import HOURLY, TODAY
from seongsu_assets_tests.faulty_life import asks_for, lived
from seongsu_assets_tests.opened import found, said
from seongsu_assets_tests.rehearsing import Life

DAY = timedelta(days=1)


def look(life: Life) -> dict[str, list[str]]:
    data.look(life.conn, life.domain, clock.now())
    kinds = {days.LATE, days.ENDANGERED, days.REFUSED, "key_refused", "quota_spent"}
    kinds |= {"contract_broken"}
    return {kind: subjects for kind, subjects in found(life.conn).items() if kind in kinds}


def evening(life: Life, day: date) -> dict[str, list[str]]:
    """The day is lived as the schedules would, and looked at."""
    life.at(day)
    life.run()
    return look(life)


def test_a_day_is_late_once_its_source_owes_it_and_no_more_when_it_comes(live: Life) -> None:
    lived(live)
    live.run()
    fault = live.upstream.fault("code", service=HOURLY, when=asks_for(TODAY), code="INFO-200")
    assert evening(live, TODAY + DAY) == {}
    live.at(TODAY + 2 * DAY, 0, 1)
    assert look(live) == {days.LATE: [f"{TODAY}"]}
    live.upstream.clear(fault)
    assert evening(live, TODAY + 2 * DAY) == {}
    assert said(live.conn, "closed") == [(days.LATE, f"{TODAY}")]


def test_a_day_that_has_arrived_and_waits_to_be_settled_is_late_no_more(live: Life) -> None:
    lived(live)
    live.run()
    fault = live.upstream.fault("zeros", service=HOURLY, when=asks_for(TODAY))
    evening(live, TODAY + DAY)
    live.at(TODAY + 2 * DAY, 0, 1)
    assert look(live) == {days.REFUSED: [f"{TODAY}"]}
    live.upstream.clear(fault)
    live.at(TODAY + 2 * DAY, 7)
    live.fetch(Window(TODAY, TODAY))
    assert f"{TODAY}" in map(str, settlement.unsettled(live.conn, "seongsu"))
    assert look(live) == {}
    assert said(live.conn, "opened") == [(days.REFUSED, f"{TODAY}")]


def test_an_outage_is_one_incident_from_its_first_day_to_its_last(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("down", service=HOURLY)
    for later in (2, 4):
        evening(live, TODAY + later * DAY)
    assert look(live) == {days.LATE: [f"{TODAY}"]}
    [late] = [i for i in incidents.open_incidents(live.conn, "seongsu") if i.kind == days.LATE]
    assert late.what.startswith(f"{TODAY} to {TODAY + 2 * DAY} (3 days): station_hourly: outage")
    assert late.remedy == f"`seongsu backfill seongsu --from {TODAY} --to {TODAY + 2 * DAY}`"
    live.upstream.clear()
    assert evening(live, TODAY + 5 * DAY) == {}
    assert said(live.conn, "opened") == said(live.conn, "closed") == [(days.LATE, f"{TODAY}")]


def test_a_day_is_about_to_be_lost_three_days_before_it_is_and_then_is_lost(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("down", service=HOURLY, when=asks_for(TODAY))
    for later in (1, 4, 5, 7, 8, 9):
        endangered = evening(live, TODAY + later * DAY).get(days.ENDANGERED, [])
        # it is kept until the end of its seventh day, and looked at in the evening
        assert endangered == ([f"{TODAY}"] if 5 <= later <= 7 else []), later
        assert said(live.conn, "news") == ([(days.LOST, f"{TODAY}")] if later > 7 else [])


def test_a_day_of_zeros_is_refused_and_not_also_late(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("zeros", service=HOURLY, when=asks_for(TODAY))
    evening(live, TODAY + DAY)
    live.at(TODAY + 2 * DAY, 0, 1)
    assert look(live) == {days.REFUSED: [f"{TODAY}"]}
    live.upstream.clear()
    assert evening(live, TODAY + 2 * DAY) == {}


def test_a_refused_key_is_one_incident_for_its_provider_until_it_is_accepted(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("bad_key")
    assert evening(live, TODAY + DAY)["key_refused"] == ["seoul"]
    [refused] = [i for i in incidents.open_incidents(live.conn) if i.kind == "key_refused"]
    assert "card_daily" in refused.what
    assert "station_hourly" in refused.what
    live.upstream.clear()
    assert evening(live, TODAY + 2 * DAY) == {}


def test_a_spent_quota_is_over_at_the_providers_midnight(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("quota")
    assert evening(live, TODAY + DAY)["quota_spent"] == ["seoul"]
    live.at(TODAY + 2 * DAY, 0, 1)
    assert "quota_spent" not in look(live)


def test_a_source_that_renames_a_column_has_broken_its_contract(live: Life) -> None:
    lived(live)
    live.run()
    live.upstream.fault("rename_column", service=HOURLY, old="rideNope", new="boardNope")
    assert evening(live, TODAY + DAY) == {"contract_broken": ["station_hourly"]}
    live.at(TODAY + 2 * DAY, 0, 1)
    assert look(live) == {"contract_broken": ["station_hourly"]}, "neither late nor refused too"
    live.upstream.clear()
    assert evening(live, TODAY + 2 * DAY) == {}
