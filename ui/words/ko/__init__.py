"""All that the pages say in Korean, under the keys that words/en has too.
No sentence stands here: what several pages share is in common.py, a page's own in its file."""

from ui.words.ko import (
    about,
    common,
    guidebook,
    model,
    now,
    operator,
    periods,
    places,
    rehearsal,
    right,
    sources,
    stages,
    when,
)

TABLES = (
    common.KO,
    now.KO,
    when.KO,
    right.KO,
    operator.KO,
    sources.KO,
    model.KO,
    guidebook.KO,
    stages.KO,
    rehearsal.KO,
    about.KO,
    periods.KO,
    places.KO,
)
KO: dict[str, str] = {key: said for table in TABLES for key, said in table.items()}
