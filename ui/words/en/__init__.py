"""All that the pages say in English, under the keys that words/ko has too.
No sentence stands here: what several pages share is in common.py, a page's own in its file."""

from ui.words.en import (
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
    common.EN,
    now.EN,
    when.EN,
    right.EN,
    operator.EN,
    sources.EN,
    model.EN,
    guidebook.EN,
    stages.EN,
    rehearsal.EN,
    about.EN,
    periods.EN,
    places.EN,
)
EN: dict[str, str] = {key: said for table in TABLES for key, said in table.items()}
