"""All that the pages say in Korean, under the keys that words/en has too.
No sentence stands here: what several pages share is in common.py, a page's own in its file."""

from ui.words.ko import about, common, model, rehearsal, right, sources, when

KO: dict[str, str] = (
    common.KO | when.KO | right.KO | sources.KO | model.KO | about.KO | rehearsal.KO
)
