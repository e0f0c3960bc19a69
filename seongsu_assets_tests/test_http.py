"""The door to the outside world, over real HTTP: budget, retries, keys, and many asked at once.
What a server can do to one request is told in `test_wire`, how keys stay secret in `test_masking`.
"""

import threading
import time

import pytest

from seongsu_assets.errors import KeyRefused, Outage, QuotaSpent, RequestRefused
from seongsu_assets.outside import Provider
from seongsu_assets.sources.http import Door
from seongsu_assets_tests.doors import NOW, Notes, asked, door, whole
from seongsu_assets_tests.misbehaving import hangs_up, head, misbehaving, raw, says
from seongsu_assets_tests.servers import eventually

PAST = "Mon, 02 Mar 2026 15:29:00 GMT"
BROKEN = says(b"busy", 503)


@pytest.fixture
def notes():
    return Notes()


def test_an_answer_is_journaled_before_it_is_read(notes) -> None:
    def read(answer):
        assert notes.answers == [answer]
        return answer.status

    with misbehaving(says(b'{"a": 1}')) as server, door(notes) as web:
        assert asked(web, server, read, "/{key}/json/1 호선/", {"day": "2026/03"}) == 200
    (answer,) = notes.answers
    assert answer.request == "town /{key}/json/1 호선/?day=2026/03"
    assert (answer.body, answer.received_at) == (b'{"a": 1}', NOW)
    assert server.targets == ["/0123456789/json/1%20%ED%98%B8%EC%84%A0/?day=2026%2F03"]
    assert "User-Agent: daily-seongsu\r\n" in server.heads[0]


def test_a_path_that_came_encoded_is_not_encoded_twice(notes) -> None:
    with misbehaving(says()) as server, door(notes) as web:
        asked(web, server, path="/%EC%84%B1%EC%88%98")
    assert server.targets == ["/%EC%84%B1%EC%88%98"]
    assert notes.answers[0].request == "town /성수"


def test_a_rehearsal_answers_for_every_provider_under_its_name(notes) -> None:
    with (
        misbehaving(says()) as server,
        door(notes, upstream=f"{server.url}/", proxy="http://127.0.0.1:1") as web,
    ):
        web.get(Provider("town", "http://nowhere.invalid"), "/a", {}, whole)
    assert server.targets == ["/town/a"]


def test_a_named_proxy_is_used_and_one_of_the_environment_is_not(notes, monkeypatch) -> None:
    with misbehaving(says()) as proxy, misbehaving(says()) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with door(notes) as web:
            asked(web, server)
        assert proxy.targets == []
        with door(notes, proxy=proxy.url) as web:
            asked(web, server)
    assert proxy.targets == [f"{server.url}/"]
    assert len(server.targets) == 1


def test_what_passes_is_asked_again_with_growing_pauses(notes) -> None:
    with misbehaving(hangs_up, BROKEN, BROKEN, says(b"fine")) as server, door(notes) as web:
        assert asked(web, server) == b"fine"
    assert notes.pauses == [1.0, 2.0, 4.0]
    assert notes.spent == 4
    assert [answer.status for answer in notes.answers] == [503, 503, 200]


def test_the_pause_is_cut_by_chance_down_to_nothing(notes) -> None:
    with (
        misbehaving(BROKEN) as server,
        door(notes, chance=lambda: 0.0) as web,
        pytest.raises(Outage),
    ):
        asked(web, server)
    assert notes.pauses == [0.0, 0.0, 0.0]


def test_after_four_attempts_an_outage_is_an_outage(notes) -> None:
    with (
        misbehaving(BROKEN) as server,
        door(notes) as web,
        pytest.raises(Outage, match="town /: HTTP 503 busy"),
    ):
        asked(web, server)
    assert notes.spent == len(server.targets) == 4


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RequestRefused), (401, KeyRefused), (403, KeyRefused), (404, RequestRefused)],
)
def test_what_would_not_change_is_not_asked_again(notes, status, error) -> None:
    with misbehaving(says(status=status)) as server, door(notes) as web, pytest.raises(error):
        asked(web, server)
    assert notes.spent == 1


@pytest.mark.parametrize("told", ["7", "Mon, 02 Mar 2026 15:30:07 GMT"])
def test_a_server_that_names_a_pause_gets_it_and_a_bit_more(notes, told) -> None:
    with misbehaving(says(status=429, Retry_After=told), says()) as server, door(notes) as web:
        asked(web, server)
    assert notes.pauses == [8.0]


@pytest.mark.parametrize(
    "told", ["-5", "soon", "1e9", "Mon, 02 Mar 2026 15:30:07", PAST, "٧", "0" * 99]
)
def test_a_pause_that_makes_no_sense_is_not_heeded(notes, told) -> None:
    refused = raw(head(429, Retry_After=told, Content_Length="0"))
    with misbehaving(refused, says()) as server, door(notes) as web:
        asked(web, server)
    assert notes.pauses == [1.0]


def test_a_pause_beyond_the_deadline_is_not_waited_for(notes) -> None:
    with (
        misbehaving(says(status=429, Retry_After="3600")) as server,
        door(notes) as web,
        pytest.raises(Outage),
    ):
        asked(web, server)
    assert (notes.spent, notes.pauses) == (1, [])


def test_attempts_and_pauses_together_end_in_time(notes) -> None:
    web = Door(notes, lambda _: None, lambda: NOW, seconds=2.4, chance=lambda: 1.0)
    with misbehaving(BROKEN) as server, web:
        started = time.monotonic()
        with pytest.raises(Outage):
            asked(web, server, key="")
    assert 1.0 < time.monotonic() - started < 5.0
    assert notes.spent == 2


def test_no_call_is_made_when_the_day_is_used_up(notes) -> None:
    notes.calls = 2
    with (
        misbehaving(BROKEN) as server,
        door(notes) as web,
        pytest.raises(QuotaSpent, match="calls to town are used up"),
    ):
        asked(web, server)
    assert len(server.targets) == 2


def test_without_a_key_nothing_is_asked_and_the_variable_is_named(notes) -> None:
    town = Provider("town", "http://nowhere.invalid", "town_key")
    with Door(notes, lambda _: None, lambda: NOW) as web:
        assert not web.has_key(town)
        with pytest.raises(KeyRefused, match="SEONGSU_TOWN_KEY"):
            web.get(town, "/{key}/", {}, whole)
    assert notes.spent == 0


def test_who_needs_no_key_can_be_asked_without(notes) -> None:
    with misbehaving(says()) as server, Door(notes, lambda _: None, lambda: NOW) as web:
        assert web.has_key(Provider("sky", server.url))
        assert asked(web, server, key="") == b"{}"


TOWN = Provider("town", "", at_once=3)


def test_each_keeps_the_order_and_asks_only_so_many_at_once(notes) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def ask(number):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02 if number % 3 else 0.05)
        with lock:
            now -= 1
        return number

    with door(notes) as web:
        assert list(web.each(TOWN, ask, range(20))) == list(range(20))
        assert list(web.each(TOWN, ask, [])) == []
    assert most == 3


def test_each_over_the_wire_waits_for_several_at_once(notes) -> None:
    all_here = threading.Barrier(TOWN.at_once, timeout=20)

    def together(asked_for):
        all_here.wait()
        return says()(asked_for)

    with misbehaving(together) as server, door(notes) as web:
        list(web.each(TOWN, lambda day: asked(web, server, path=f"/{day}"), range(12)))
    assert sorted(server.targets) == sorted(f"/{day}" for day in range(12))
    assert notes.spent == len(notes.answers) == 12


def test_each_asks_ahead_while_a_result_is_looked_at_and_no_further(notes) -> None:
    asked_for = []
    with door(notes) as web:
        results = web.each(TOWN, asked_for.append, range(1000))
        next(results)
        assert eventually(lambda: len(asked_for) == 1 + TOWN.at_once)
        for seen, _ in zip(range(2, 11), results, strict=False):
            assert len(asked_for) <= seen + TOWN.at_once
        results.close()


def test_an_error_is_raised_in_its_place(notes) -> None:
    def ask(number):
        if number == 4:
            raise Outage("the fourth")
        return number

    seen = []
    with door(notes) as web, pytest.raises(Outage, match="the fourth"):
        seen.extend(web.each(TOWN, ask, range(9)))
    assert seen == [0, 1, 2, 3]


def test_when_the_reader_leaves_nothing_more_is_asked_and_no_thread_stays(notes) -> None:
    with misbehaving(says(after=0.02)) as server, door(notes) as web:
        for _ in web.each(TOWN, lambda day: asked(web, server, path=f"/{day}"), range(99)):
            break
        made = len(server.heads)
        assert made <= 1 + TOWN.at_once
        assert not [t for t in threading.enumerate() if t.name.startswith("town")]
        time.sleep(0.1)
        assert len(server.heads) == made
    assert not [t for t in threading.enumerate() if t.name == "wire"]
