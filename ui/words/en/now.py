"""The words of the page "Now & today" in English, under the keys of words/ko/now.py.
No logic, and no numbers but those the sentence itself needs."""

EN: dict[str, str] = {
    "reasons.title": "Why this many?",
    "reasons.text": "{date}: {people} {unit} over the day. An ordinary day lately has {base}; "
    "this is what changes it.",
    "reasons.ordinary": "Much like an ordinary day lately.",
    "reasons.weekday": "The weekday ({weekday})",
    "reasons.trend": "The last few days",
    "reasons.holiday": "Days off and festivals",
    "reasons.season": "The season",
    "reasons.weather": "The weather forecast",
    "reasons.more": "+{people}",
    "reasons.fewer": "−{people}",
    "reasons.note": "Added up from the hourly forecasts. It tells what the model went by, "
    "not what causes it.",
    "reasons.profile": "This is the mean of the weekday, so it cannot be told apart.",
    "reasons.none": "No reasons were kept with this forecast.",
}
