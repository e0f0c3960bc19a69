"""All that the pages say in English, under the keys that words/ko has too.
No sentence stands here: what several pages share is in common.py, a page's own in its file."""

from ui.words.en import about, common, model, rehearsal, right, sources, when

EN: dict[str, str] = (
    common.EN | when.EN | right.EN | sources.EN | model.EN | about.EN | rehearsal.EN
)
