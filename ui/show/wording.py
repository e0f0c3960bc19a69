"""Numbers, dates, ages and slots as people of each language write them.
No HTML and no decisions about what to say."""

from datetime import date, datetime, timedelta

import pandas as pd

from ui.state.slots import DAY_HOURS, Span
from ui.strings import Words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: From here on a forecast is rounded to tens: the last digit would claim a precision we lack.
TENS_FROM = 100
#: From here on the digits that nobody reads are left out where there is little room.
LARGE_FROM = 1_000_000
HOUR = timedelta(hours=1)
DAYS_FROM = 72

#: Below it, whole hundredths tell shares no longer apart.
SMALL = 0.02


def people(value: float) -> str:
    """A forecast number of people, rounded to tens when large."""
    return f"{round(value, -1 if value >= TENS_FROM else 0):,.0f}"


def short(value: float, t: Words) -> str:
    """A forecast number for a narrow place; a large one in millions, or in ten thousands."""
    if value < LARGE_FROM:
        return people(value)
    told = f"{value / 10_000:,.0f}" if t.language == "ko" else f"{value / 1_000_000:,.1f}"
    return t("number.large", value=told)


def between(low: float, high: float) -> str:
    return f"{people(low)}–{people(high)}"


def exact(value: float) -> str:
    return f"{value:,.0f}"


def people_per_slot(value: float, span: Span, t: Words) -> str:
    """People an hour; an open slot is longer than an hour, so there it is people only."""
    return t("number" if span.edge else "number.hourly", value=people(value))


def share(value: float, t: Words) -> str:
    return t("percent", value=round(100 * value))


def weekday(day: date, t: Words) -> str:
    return t("weekday", weekday=t(f"weekday.{day.weekday()}"))


def day_text(day: date, t: Words, *, year: bool = False) -> str:
    """A day of forecasts and measurements; a week by its first day. A day of the calendar, such as
    one on which something was made, is told by `calendar_day`."""
    weekly = t.period == "week" and not year
    return calendar_day(day, t, year=year) if not weekly else _week_text(day, t)


def _week_text(day: date, t: Words) -> str:
    return t("date.week", month=day.month, day=day.day, month_name=MONTHS[day.month - 1])


def calendar_day(day: date, t: Words, *, year: bool = False) -> str:
    return t(
        "date.year" if year else "date",
        year=day.year,
        month=day.month,
        day=day.day,
        month_name=MONTHS[day.month - 1],
        weekday=t(f"weekday.{day.weekday()}"),
    )


def day_from(day: date, today: date | None, t: Words) -> str:
    """The day, and that it is today."""
    named = day_text(day, t)
    return f"{t('today')} {named}" if day == today else named


def column_day(day: date, t: Words) -> str:
    """A day above a narrow column: its weekday, then its date."""
    date_text = t("date.short", month=day.month, month_name=MONTHS[day.month - 1], day=day.day)
    return f"{t(f'weekday.{day.weekday()}')} {date_text}"


def clock_text(at: datetime) -> str:
    return f"{at:%H:%M}"


def age(past: timedelta, t: Words) -> str:
    """How long ago: minutes under an hour, hours under three days, then days."""
    if past < HOUR:
        return t("age.minutes", value=max(0, past // timedelta(minutes=1)))
    hours = past // HOUR
    return t("age.hours", value=hours) if hours < DAYS_FROM else t("age.days", value=hours // 24)


def hour_text(hour: int) -> str:
    """An hour of the operating day on a clock; midnight that ends a day is 24."""
    return f"{hour if hour <= DAY_HOURS else hour - DAY_HOURS:02d}"


def slot(span: Span, t: Words) -> str:
    """ "18–19시" or "18:00–19:00"; an open slot is before or after its sharp edge. A whole day or
    week is named by its day, or is all of that which is spoken of."""
    if span.whole:
        return t("slot.whole") if span.day is None else day_text(span.day, t)
    key = f"slot.{span.edge}" if span.edge else "slot"
    return t(key, first=hour_text(span.hour), last=hour_text(span.hour + span.hours))


def short_slot(span: Span, t: Words) -> str:
    if span.whole:
        return t("slot.whole") if span.day is None else short_day(span.day, t)
    return slot(span, t) if span.edge else t("slot.short", first=hour_text(span.hour))


def axis_slot(span: Span) -> str:
    """ "~06" and "24~" for the open slots, "18" for the others, "7/14" for a day: the same in every
    language."""
    if span.day is not None:
        return f"{span.day.month}/{span.day.day}"
    if span.edge == "before":
        return f"~{hour_text(span.hour + span.hours)}"
    return hour_text(span.hour) + ("~" if span.edge == "after" else "")


def known(value: object) -> bool:
    """Whether a cell holds a value; unknown is not zero."""
    return value is not None and not pd.isna(value)  # pyright: ignore[reportCallIssue, reportArgumentType]


def of_hundred(value: float, t: Words) -> str:
    """A share as so many in a hundred; a small one in hundredths of one, and never as none."""
    count = round(100 * value) if value >= SMALL else float(f"{100 * value:.2f}")
    return t("of_hundred", value=f"{count:g}") if count or not value else t("of_hundred.less")


def of_ten(value: float, t: Words) -> str:
    """A share as so many times out of ten, to a tenth."""
    return t("of_ten", value=f"{10 * value:.1f}".removesuffix(".0"))


def days(first: date, last: date | None, t: Words) -> str:
    """A day, or the first and the last of several."""
    if last is None:
        return day_text(first, t)
    return t("days", first=day_text(first, t), last=day_text(last, t))


def days_of(first: date, last: date, t: Words) -> str:
    """A day, or the first and the last of several and how many they are."""
    if first == last:
        return day_text(first, t)
    count = (last - first).days + 1
    return t("days_of", first=day_text(first, t), last=day_text(last, t), count=count)


def short_day(day: date, t: Words) -> str:
    """A day without its weekday, for where there is little room."""
    return t("date.narrow", month=day.month, day=day.day, month_name=MONTHS[day.month - 1])


def days_ago(days: int, t: Words) -> str:
    """How many days ago, by the calendar."""
    if days == 0:
        return t("today")
    return t("yesterday") if days == 1 else t("age.days", value=days)
