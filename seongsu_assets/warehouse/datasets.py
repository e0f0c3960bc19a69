"""Which data set of a domain is in force: the real one as soon as a real day was accepted.
Generated data lives under a name of its own and never mixes with it."""

from seongsu_assets.domain import Domain
from seongsu_assets.warehouse.postgres import Connection

SAMPLE = "@sample"


def sample(domain: Domain) -> str:
    return domain.name + SAMPLE


def is_sample(dataset: str) -> bool:
    return dataset.endswith(SAMPLE)


def active(conn: Connection, domain: Domain) -> str:
    """The domain's data set in force: the real one once a real day by the hour was accepted, and
    always where nothing can be generated."""
    row = conn.execute(
        """select 1 from warehouse.arrival
           where dataset = %s and grain = 'hourly' and accepted limit 1""",
        (domain.name,),
    ).fetchone()
    return domain.name if row or domain.sample is None else sample(domain)


def begun(conn: Connection, domain: Domain) -> bool:
    """Whether anything of the domain ever arrived here, generated data included."""
    row = conn.execute(
        "select 1 from warehouse.arrival where dataset = any(%s) limit 1",
        ([domain.name, sample(domain)],),
    ).fetchone()
    return row is not None
