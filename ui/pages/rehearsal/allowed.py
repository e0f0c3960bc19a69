"""Whether a rehearsal may be started from here: by the setting, and by where the app is served.
Nothing is started here."""

import streamlit as st

from seongsu_assets.settings import settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
#: Who speaks through another machine says so in these.
PASSED_ON = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


def allowed() -> bool:
    """Only where the app is served by this machine to itself, and the setting does not say no.

    A process is started: whoever comes from elsewhere, or through something that passes on what
    others ask, must not be able to."""
    known = settings()
    if not known.rehearsals or known.supabase_url:
        return False
    asked = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    if any(name in asked for name in PASSED_ON):
        return False
    host, _, port = asked.get("host", "").rpartition(":")
    named = host if port.isdigit() else asked.get("host", "")
    return st.get_option("server.address") in LOOPBACK and named in LOOPBACK
