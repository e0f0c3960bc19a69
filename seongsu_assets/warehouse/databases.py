"""Databases of a server and the login of who reads over REST: made where they are not there yet.
No table is made here; see migrating.py."""

from contextlib import suppress

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from seongsu_assets.errors import WarehouseError

#: PostgREST comes in as this role, which may become the reader of Supabase's name and nobody else.
LOGIN, ANONYMOUS = "seongsu_rest", "anon"


def ensure(url: str) -> None:
    """Create the database that `url` names unless it exists; safe when two processes ask at once.
    Raises WarehouseError when the server does not answer or refuses."""
    known = conninfo_to_dict(plain(url))
    name = str(known["dbname"])
    try:
        with psycopg.connect(plain(url), dbname="postgres", autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege) as error:
        raise WarehouseError(
            f"there is no database {name}: {str(error).splitlines()[0]}",
            remedy="start the server, or create the database by hand and set its address",
        ) from None


def plain(url: str) -> str:
    """The address without the name of a driver, which PostgreSQL's own library does not know."""
    scheme, _, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}://{rest}"


def open_to_rest(url: str, password: str) -> None:
    """Let PostgREST come in with this password, and read what is published. After migrations."""
    login, anonymous = sql.Identifier(LOGIN), sql.Identifier(ANONYMOUS)
    with psycopg.connect(url) as connection:
        for role, name in ((login, LOGIN), (anonymous, ANONYMOUS)):
            known = connection.execute("select 1 from pg_roles where rolname = %s", [name])
            if known.fetchone() is None:
                connection.execute(sql.SQL("create role {}").format(role))
        connection.execute(sql.SQL("alter role {} login noinherit").format(login))
        word = sql.SQL("alter role {} password {}").format(login, sql.Literal(password))
        connection.execute(word)
        connection.execute(sql.SQL("grant {} to {}").format(anonymous, login))
        connection.execute(sql.SQL("grant seongsu_reader to {}").format(anonymous))
        connection.execute(sql.SQL("alter role {} set statement_timeout = '3s'").format(anonymous))
