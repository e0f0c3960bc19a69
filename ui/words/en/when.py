"""The words of the page "When to go" in English, under the keys of words/ko/when.py.
No logic, and no numbers but those the sentence itself needs."""

EN: dict[str, str] = {
    "nav.when": "When to go",
    "close": "Close",
    "date.short": "{day} {month_name}",
    "range.hourly": "8 times out of 10, between {low} and {high} {rate}",
    "when.title": "When to go",
    "when.intro": "Choose when you could come: here are the calmest times, and those to avoid.",
    "when.day": "Day",
    "when.any_day": "Any day",
    "when.earliest": "From",
    "when.latest": "Until",
    "when.hours": "Length of stay",
    "when.length": "{value} h",
    "when.missing_day": "The day in this link is over, or has no forecast. "
    "All days with a forecast are shown instead.",
    "when.best": "Calmest times",
    "when.worst": "Times to avoid",
    "when.avoided": "{people} fewer {unit} ({share}) than at the fullest time",
    "when.like_fullest": "About as full as the fullest time",
    "when.fullest": "The fullest of the times you chose",
    "when.average": "People and range are the average hour of the stay. "
    "Level and chance are those of its most crowded hour.",
    "when.unsure": "Less certain: a wider range than at other times of this forecast",
    "when.calendar": "Add {slot} to calendar",
    "when.none": "There is no forecast for the times you chose",
    "when.none_text": "Times that are over are left out. Choose more hours, or another day.",
    "when.stale": "No recommendation right now",
    "when.stale_text": "An old forecast does not say when it is calmest. "
    "The advice returns with a new forecast.",
    "confidence.high": "Confidence: high · right {inside} times of 100 at this hour",
    "confidence.middle": "Confidence: medium · right {inside} times of 100 at this hour",
    "confidence.low": "Confidence: low · right {inside} times of 100 at this hour",
    "confidence.unknown": "Confidence is not known yet: few forecasts have met their truth.",
    "confidence.note": "Confidence is how often the measurement lay within the range told the day "
    "before, over up to 90 scored days: high from 85 of 100, medium from 70, low below.",
    "week.title": "{days} days at a glance",
    "week.hint": "Press a cell for the range and the chances of that hour. "
    "A thick outline marks the calmest times.",
    "week.hint_stale": "Press a cell for the details of that hour.",
    "week.summary": "Fullest: {peak} ({peak_level}, {peak_people} {unit}). "
    "Calmest: {calm} ({calm_level}, {calm_people} {unit}).",
    "week.empty": "There is no forecast to show.",
    "share.title": "Share this view",
    "share.text": "The address holds the day and the hours you chose. Copy it and send it.",
    "share.best": "{place}: calmest on {slot} ({forecast}), we expect.",
    "ics.title": "{place} · {forecast} expected",
    "ics.may_change": "A new forecast is made every day. Please look again before you go.",
}
