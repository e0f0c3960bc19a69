"""Why a day was unlike others, as far as the calendar knows.
No errors here; what nobody knows is said to be unknown."""

from ui.strings import Words

FESTIVALS = ("seollal", "chuseok")
#: Kinds of working days and weekends that the calendar tells apart.
KINDS = frozenset({
    "eve", "day_after", "bridge", "festival_eve", "festival_after", "festival_bridge", "year_end",
    "christmas_eve", "labour_day", "long_weekend",
})  # fmt: skip


def why(day_type: str, kind: str, holiday: str, t: Words) -> str:
    """A reason in a few words: the holiday by its name, or what the day is next to."""
    if holiday:
        return t("why.holiday", name=t.name("holiday", holiday))
    if kind.startswith(FESTIVALS):
        return t("why.festival")
    if kind in KINDS:
        return t(f"why.{kind}")
    if day_type in {"holiday", "festival"}:
        return t("why.day_off")
    return t("why.unknown")
