"""What Supabase's own linter says of the schema: the rules of its advisor.
Rules of ours about readers are in test_readers."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from seongsu_assets.warehouse.postgres import connect

TOOLS = Path(__file__).parents[1] / "tools" / "node_modules" / "@postgres-language-server"
LINTER = TOOLS / "cli-x86_64-linux-gnu" / "postgres-language-server"
pytestmark = pytest.mark.skipif(not LINTER.exists(), reason="no linter: `npm ci --prefix tools`")
#: Of what is only ever appended nobody deletes a parent: an index on each reference to it would
#: cost every write and serve no read. `arrival_row` is read by its arrival alone.
ACCEPTED = {"unindexedForeignKeys", "noPrimaryKey", "unusedIndex"}


def lints(url: str, folder: Path) -> set[str]:
    """The rules that do not hold."""
    known = conninfo_to_dict(url)
    with connect(url) as conn:
        named = sql.Identifier(str(known["dbname"]))
        conn.execute(sql.SQL("alter database {} set pgrst.db_schemas = 'published'").format(named))
    database = {
        "host": known["host"],
        "port": int(known["port"] or 0),
        "username": known["user"],
        "password": known["password"],
        "database": known["dbname"],
    }
    config = {"db": database, "splinter": {"enabled": True, "rules": {"all": True}}}
    (folder / "postgres-language-server.jsonc").write_text(json.dumps(config))
    command = [LINTER, "dblint", "--config-path", folder, "--max-diagnostics", "200"]
    told = subprocess.run(
        [*command, "--colors", "off"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Command completed" in told.stdout, told.stdout + told.stderr
    return set(re.findall(r"^splinter/\w+/(\w+)", told.stdout + told.stderr, re.MULTILINE))


def test_the_schema_holds_the_rules_of_supabases_advisor(
    warehouse_url: str, tmp_path: Path
) -> None:
    found = lints(warehouse_url, tmp_path)
    assert "unindexedForeignKeys" in found
    assert found <= ACCEPTED


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("alter view published.forecast set (security_invoker = false)", "securityDefinerView"),
        ("create table published.x (a int primary key); grant select on published.x to anon",
         "rlsDisabledInPublic"),
        ("alter function warehouse.refuse_change() reset all", "functionSearchPathMutable"),
        ("create policy more on warehouse.issue for select to seongsu_reader using (true)",
         "multiplePermissivePolicies"),
    ],
)  # fmt: skip
def test_the_linter_tells_of_what_breaks_a_rule(
    warehouse_url: str, tmp_path: Path, change: str, rule: str
) -> None:
    with connect(warehouse_url) as conn:
        conn.execute(change.encode())
    assert rule in lints(warehouse_url, tmp_path)
