"""The words of the page "About" in English, under the keys of words/ko/about.py.
No logic, and no numbers but those the sentence itself needs."""

EN: dict[str, str] = {
    "nav.about": "About",
    "about.title": "About this service",
    "about.intro": "We forecast {place}, slot by slot, {days} days ahead, "
    "and tell how right the forecasts were.",
    "about.intro_bare": "Every day we forecast how crowded it will be, slot by slot, "
    "and tell how right the forecasts were.",
    "about.missing": "There is no forecast right now, so what is read from it is left out.",
    # definitions
    "terms.title": "Terms",
    "terms.people": "What is counted",
    "terms.rate": "{rate}",
    "terms.summed": " ({parts})",
    "terms.many": "{count} series together",
    "terms.join": " + ",
    "terms.slot": "Time slot",
    "terms.slot_text": "One slot lasts {hours} h.",
    "terms.open": "Some slots hold several hours ({slots}). "
    "Nobody knows when in them most come, so they are never recommended.",
    "terms.usual": "Usual",
    "terms.usual_text": "The mean of the {days} newest measured days of the same kind: the same "
    "working weekday, Saturdays, or Sundays and other days off.",
    "terms.range": "Range",
    "terms.range_text": "The range of 8 times out of 10. About two times out of ten, what comes "
    "lies outside of it. The wider it is, the less certain.",
    "terms.chance": "Chance of {level}",
    "terms.chance_text": "The probability that there are at least as many {unit} as where "
    "“{level}” begins ({lower}).",
    "terms.tier": "Fallback",
    "terms.tier_text": "When the model in use cannot forecast, an earlier model does, and failing "
    "that the {days} newest measured days of the same kind do. Each such value says “fallback”.",
    # method
    "method.title": "How the forecast is made",
    "method.1": "Each slot is forecast from past measurements, the calendar (weekdays, public "
    "holidays, festivals and the days around them) and, where there is one, the weather forecast.",
    "method.2": "One model learns from all that was measured, "
    "each series beside its own usual level.",
    "method.3": "Ranges come from how far off the model was on days that it had not learned from.",
    "method.4": "A new model replaces the one in use only when, on days it had not learned from, "
    "it is better beyond chance, or has learned from newer data and is nowhere worse.",
    "method.5": "A forecast once made is never changed: all are kept, "
    "and scored as they were when measurements come.",
    # times
    "times.title": "When it is made, and how old the data are",
    "times.schedule": "A new forecast is made every morning after {hour:02d}:00. "
    "The newest measurements it can use are {lag} d old.",
    "times.states": "A forecast older than {late} hours is marked “later than usual”. "
    "After {stale} hours it turns grey, and nothing is recommended from it.",
    "times.now": "The forecast and the measurements shown now:",
    # sources
    "credits.title": "Sources and licences",
    "credits.text": "The public data this service is set up to use; "
    "an installation may receive only some of them.",
    "credits.publisher": "Publisher",
    "credits.data": "Data",
    "credits.terms": "Licence",
    "publisher.seoul_metro": "Seoul Metro",
    "publisher.seoul": "City of Seoul",
    "publisher.kma": "Korea Meteorological Administration",
    "publisher.kasi": "Korea Astronomy and Space Science Institute",
    "publisher.open_meteo": "Open-Meteo",
    "publisher.paris": "City of Paris",
    "publisher.coinbase": "Coinbase",
    "licence.kogl_1": "KOGL Type 1 (attribution)",
    "licence.cc_by_4": "CC BY 4.0",
    "licence.portal": "as stated on data.go.kr",
    "licence.paris_portal": "as stated on opendata.paris.fr",
    "licence.coinbase_terms": "as stated by Coinbase",
    "origin.open_meteo": "weather forecasts",
    "origin.open_meteo_archive": "past weather",
    "origin.kasi": "official public holidays",
    "origin.kma_now": "nowcast",
    "origin.kma_short": "very short-range forecast",
    "origin.kma_village": "short-range forecast",
    "origin.asos": "surface observations",
    "origin.city": "real-time city data",
    "origin.trains": "real-time train arrivals",
    "origin.train_load": "train load",
    "origin.month_hours": "monthly passengers by hour",
    # limits
    "limits.title": "What it is not good for",
    "limits.1": "Decisions about safety. Follow the signs and the staff at the place.",
    "limits.2": "Anything that the sources below do not count.",
    "limits.3": "Decisions by the minute: the shortest unit is {hours} h.",
    "limits.4": "What nobody knew before: accidents, interrupted service and sudden events "
    "are not in the forecast.",
    # accessibility
    "access.title": "Accessibility",
    "access.1": "A level is never told by colour alone: it has a word, a symbol and a number. "
    "The colours stay apart for all kinds of colour vision.",
    "access.2": "Each picture has a sentence and a table that say the same. Everything works by "
    "keyboard, on narrow screens and on dark ones.",
    "access.3": "Known gaps: browsers are told that the whole page is in English (each text states "
    "its own language), some names in menus are English only, and the week's table has many "
    "cells to tab through.",
    "access.4": "It was not tested with users of screen readers, nor certified by anyone.",
    # errors
    "report.title": "Tell us what is wrong",
    "report.text": "If a value looks wrong or something is hard to use, please send what you saw, "
    "and the lines below, to whoever runs this service. They tell which forecast it was.",
    "report.place": "place",
    "report.issue": "issue",
    "report.model": "model",
    "report.seen": "seen at",
    "report.address": "address",
}
