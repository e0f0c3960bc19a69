"""Taking in payloads: one that is wrong, or comes twice, leaves the others alone.
What is refused of a day is in `test_audit`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.ingest import ingest, reread
from seongsu_assets.sources import folder
from seongsu_assets.sources.files import Files
from seongsu_assets.warehouse import verdicts
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import official
from seongsu_assets_tests.world import small_domain

DAYS = official.days_from("2024-05-06", 14)
BODY = official.csv_text(official.HEADER_2024, official.rows_2024(DAYS))


def test_the_same_bytes_under_two_names_are_read_once(warehouse_url: str, tmp_path: Path) -> None:
    domain = small_domain(tmp_path)
    twins = [official.payload(name, BODY) for name in ("a.csv", "b.csv")]
    with connect(warehouse_url) as conn:
        told = ingest(conn, domain, "seongsu", domain.sources[0], twins, now=official.NOW)
    assert sorted((receipt.known, len(receipt.days)) for receipt in told) == [
        (False, 14),
        (True, 0),
    ]


def test_a_file_that_cannot_be_fetched_is_raised_after_the_others_have_landed(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = small_domain(tmp_path)
    window = Window(DAYS[0], DAYS[-1])
    (tmp_path / "inbox" / "a.csv").write_bytes(BODY.encode("cp949"))
    (tmp_path / "inbox" / "b.csv").write_bytes(b"0" * 2 * len(BODY))
    monkeypatch.setattr(folder, "LARGEST", 2 * len(BODY) - 1)
    source = domain.sources[0]

    with connect(warehouse_url) as conn:
        with pytest.raises(SourceError, match=r"b\.csv is larger"):
            ingest(conn, domain, "seongsu", source, source.fetch(window), now=official.NOW)
        held = verdicts.versions(conn, "seongsu", window)
    assert held.accepted.tolist() == [True] * 14


@dataclass(frozen=True)
class Learning:
    """A reader of files that understands nothing until it is taught."""

    files: Files
    taught: list[bool]
    name: str = "files"
    terms: None = None

    def fetch(self, window: Window, web: object = None) -> Iterable[Payload]:  # noqa: ARG002 - files
        return self.files.fetch(window)

    def parse(self, payload: Payload) -> Parsed:
        if not self.taught:
            raise SourceError("a header that was never seen")
        return self.files.parse(payload)


def test_what_could_not_be_read_is_read_from_the_kept_bytes_once_the_reader_knows_how(
    warehouse_url: str, tmp_path: Path
) -> None:
    domain = small_domain(tmp_path)
    source = Learning(Files(tmp_path / "inbox", official.SEONGSU), [])
    (tmp_path / "inbox" / "a.csv").write_bytes(BODY.encode("cp949"))
    window = Window(DAYS[0], DAYS[-1])
    with connect(warehouse_url) as conn:
        (told,) = ingest(conn, domain, "seongsu", source, source.fetch(window), now=official.NOW)
        assert "never seen" in told.error
        (tmp_path / "inbox" / "a.csv").unlink()
        source.taught.append(True)
        (again,) = reread(conn, domain, "seongsu", source, now=official.NOW)
        assert again.days == tuple(DAYS)
        (third,) = reread(conn, domain, "seongsu", source, now=official.NOW)
        assert third.days == ()
        assert verdicts.versions(conn, "seongsu", window).accepted.all()
