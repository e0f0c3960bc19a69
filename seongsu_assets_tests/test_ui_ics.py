"""The calendar file: read back it says what it was given, whatever that was.
No real calendar; the rules are those of RFC 5545."""

import re
from datetime import timedelta

import pytest

from seongsu_assets_tests.ui_page import LANGUAGES, NOW, Page
from ui.pages.when import ics

EVENT = ics.Event(
    uid="a-1", stamp=NOW, begins=NOW, ends=NOW + timedelta(hours=1),
    title="성수역, 여유; 1,000명\\시간", text="첫 줄\r\n둘째 줄 " + "가" * 200 + "\x07",
    place="성수역\nEND:VEVENT", language="ko",
)  # fmt: skip


def parsed(file: bytes) -> dict[str, str]:
    """The properties of the one event, unfolded and unescaped as RFC 5545 says."""
    assert file.endswith(b"\r\n")
    lines = file.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    found = dict(line.split(":", 1) for line in inside)
    assert len(found) == len(inside)

    def plain(match: re.Match) -> str:
        return "\n" if match[1] in "nN" else match[1]

    return {name.partition(";")[0]: re.sub(r"\\(.)", plain, value) for name, value in found.items()}


def test_a_calendar_file_says_what_it_was_given_when_it_is_read_back():
    read = parsed(ics.calendar(EVENT))
    assert read["SUMMARY"] == EVENT.title
    assert "성수역\\, 여유\\; 1\\,000명\\\\시간".encode() in ics.calendar(EVENT)
    assert read["DESCRIPTION"] == "첫 줄\n둘째 줄 " + "가" * 200
    assert read["LOCATION"] == EVENT.place
    assert (read["DTSTART"], read["DTEND"]) == ("20261121T050600Z", "20261121T060600Z")


def test_no_line_of_a_calendar_file_is_longer_than_75_octets_or_ends_bare():
    file = ics.calendar(EVENT)
    lines = file.split(b"\r\n")
    assert 70 < max(len(line) for line in lines) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert b"\r" not in file.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no character is cut in two


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_file_of_a_stay_is_of_its_slot_and_its_issue(page, language, monkeypatch):
    made: list[bytes] = []
    calendar = ics.calendar

    def kept(event: ics.Event) -> bytes:
        made.append(calendar(event))
        return made[-1]

    monkeypatch.setattr(ics, "calendar", kept)
    page.fill()
    page.open(language, path="when")
    page.now += timedelta(minutes=3)
    page.open(language, path="when")
    assert made[:3] == made[3:]
    read = parsed(made[0])
    assert read["UID"] == "20261122T0200Z-1h-seongsu-7@seongsu"
    assert (read["DTSTART"], read["DTEND"]) == ("20261122T020000Z", "20261122T030000Z")
    assert read["DTSTAMP"] == "20261120T221000Z"
    assert {"ko": "여유, 1,910명/시간", "en": "Relaxed, 1,910 people/hour"}[language] in read[
        "SUMMARY"
    ]
    assert len({parsed(file)["UID"] for file in made}) == 3
