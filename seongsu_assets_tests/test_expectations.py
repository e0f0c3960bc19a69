"""Claims are examined by Great Expectations and told as plain verdicts.
Which claims Seongsu makes is not asked here."""

import json
from pathlib import Path

import pytest

from seongsu_assets.domain import Domain, Expectation
from seongsu_assets.errors import AuditError
from seongsu_assets.expectations import audit, check, data_docs
from seongsu_assets_tests.audited import DOMAIN, alone, at, weeks


def test_a_claim_that_does_not_block_refuses_no_day():
    mild = Expectation(
        "calm",
        "rows",
        "ExpectColumnValuesToBeBetween",
        {"column": "value", "max_value": 1},
        blocking=False,
    )
    domain = Domain(**{**vars(DOMAIN), "expectations": (mild,)})
    found = audit(*alone(weeks()), domain)
    assert len(found.failures) == 38
    assert found.refused_days() == set()


def test_verdicts_are_plain_values():
    rows = weeks()
    rows.loc[at(rows, "alighting", 12), "value"] = -7
    found = audit(*alone(rows), DOMAIN)
    told = [(each.success, each.examined, each.unexpected, each.rows) for each in found.results]
    assert json.loads(json.dumps(told))
    assert {type(success) for success, *_ in told} == {bool}


def test_an_empty_table_passes_no_claim():
    with pytest.raises(AuditError, match="no rows"):
        audit(weeks().iloc[:0], weeks(), DOMAIN)
    claim = Expectation(
        "positive", "rows", "ExpectColumnValuesToBeBetween", {"column": "value", "min_value": 0}
    )
    assert [each.success for each in check(weeks().iloc[:0], [claim])] == [False]
    assert [each.success for each in check(weeks(), [claim])] == [True]


def test_a_claim_about_an_absent_column_is_an_error_not_a_verdict():
    claim = Expectation(
        "odd", "rows", "ExpectColumnValuesToBeBetween", {"column": "nope", "min_value": 0}
    )
    with pytest.raises(AuditError, match="odd could not be examined"):
        check(weeks(), [claim])


def test_data_docs_are_pages_that_tell_the_claims(tmp_path: Path):
    rows = weeks()
    rows.loc[at(rows, "alighting", 12), "value"] = -7
    index = data_docs(audit(*alone(rows), DOMAIN), tmp_path / "docs")
    assert index.is_file()
    pages = "".join(page.read_text() for page in index.parent.glob("validations/**/*.html"))
    assert "counts_are_not_negative" in pages
    assert "Nobody un-boards a train" in pages
    assert "Failed" in pages
