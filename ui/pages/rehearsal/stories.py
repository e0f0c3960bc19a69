"""What became of each fault, in a few plain sentences.
Figures of the forecast are in `ending`."""

from datetime import tzinfo
from html import escape

from seongsu_assets.rehearsal.records import Finished, Story
from ui.pages.rehearsal import instants
from ui.show import parts, wording
from ui.strings import Words


def stories(finished: Finished, zone: tzinfo, t: Words) -> str:
    """All of them, or that there was none."""
    if not finished.stories:
        return parts.block("", f"<p>{escape(t('stories.none'))}</p>", t)
    entries = "".join(
        f"<li><b>{escape(t(f'fault.{story.fault}'))}</b>"
        f"<span>{escape(' '.join(told(story, zone, t)))}</span></li>"
        for story in finished.stories
    )
    return parts.block("entries", f"<ul>{entries}</ul>", t)


def told(story: Story, zone: tzinfo, t: Words) -> list[str]:
    """What was injected, when it was noticed, what was told, when it was mended."""
    day = wording.day_text(story.day, t)
    at = instants.text(story.sown_at, zone, t)
    said = [t(f"story.{story.fault}", date=day, at=at)]
    if story.noticed_at is None:
        return [*said, t("story.unnoticed")]
    noticed = instants.text(story.noticed_at, zone, t)
    if story.case is None:
        return [*said, t("story.noticed_revised", at=noticed)]
    what = t.name("incident", story.case, t("incident.unknown", kind=story.case))
    said.append(t("story.noticed", at=noticed, what=what))
    if story.told == 1:
        said.append(t("story.told_once"))
    elif story.told:
        said.append(t("story.told", count=story.told))
    if story.mended_at is None:
        return [*said, t("story.unmended")]
    return [*said, t("story.mended", at=instants.text(story.mended_at, zone, t))]
