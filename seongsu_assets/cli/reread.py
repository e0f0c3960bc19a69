"""`seongsu reread`: parse again all that ever arrived, and settle what now reads differently.
Nothing is fetched: the bytes are kept for ever."""

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson, DomainName, domain_named
from seongsu_assets.cli.pipeline import ORDER, together
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import ranges
from seongsu_assets.ingest import reread as read_again
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command()
def reread(domain: DomainName, json: AsJson = False) -> None:
    """Parse everything that arrived again, as the readers are today; judge and settle what changed.

    For a field that was renamed and has been reviewed since, or a reader that was mended."""
    chosen = domain_named(domain)
    lines: list[dict[str, object]] = []
    with session() as instance, progress("reread", ORDER.index("settle") + 1) as tell:
        with connect(open_url()) as conn:
            days = set()
            for source in chosen.sources:
                receipts = read_again(conn, chosen, chosen.name, source, now=clock.now())
                changed = {day for receipt in receipts for day in receipt.days}
                errors = sum(bool(receipt.error) for receipt in receipts)
                days |= changed
                lines.append(
                    {
                        "source": source.name,
                        "payloads": len(receipts),
                        "days that read differently": len(changed),
                        "payloads not readable": errors,
                    }
                )
        last = chosen.cadence.newest(clock.now())
        pipeline(instance, chosen, last, tell).settle(together(ranges(days, chosen.cadence.step)))
    if json:
        show.as_json(lines)
    else:
        show.frame_table("read again", pd.DataFrame(lines), whole=("source",))
