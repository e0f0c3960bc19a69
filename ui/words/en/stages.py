"""The stages of the graph in English, by the names that Dagster has for them.
A stage without words here is told in its own. No logic."""

EN: dict[str, str] = {
    "stage.raw": "Raw data",
    "stage_text.raw": "What a source sent, kept to the letter with the time it came. A day goes "
    "on only once it has passed the audit.",
    "stage.observations": "Measurements",
    "stage_text.observations": "People counted in each hour, once audited. An hour that is not "
    "known is blank, not zero; a corrected value is written beside the first.",
    "stage.official_holidays": "Official holidays",
    "stage_text.official_holidays": "The days off that the state announces, looked at every day: "
    "some are decided at short notice.",
    "stage.calendar": "Calendar",
    "stage_text.calendar": "What kind of day each day is: festivals and the days around them, "
    "holidays, bridge days.",
    "stage.weather_forecast": "Weather forecast",
    "stage_text.weather_forecast": "The coming days' weather, every issue kept. To learn from "
    "what was forecast then, and not from what came, is only fair.",
    "stage.features": "Features",
    "stage_text.features": "Values that describe every coming hour, made of nothing but what was "
    "known at the end of a day.",
    "stage.challenger": "Challenger",
    "stage_text.challenger": "A new model learns from all there is, and sits an exam on the last "
    "eight weeks.",
    "stage.champion": "Champion",
    "stage_text.champion": "Whether the new model takes over is decided by fixed rules, and the "
    "reason is written down.",
    "stage.forecasts": "Forecasts",
    "stage_text.forecasts": "The next seven days hour by hour, with a range, a level and its "
    "chance. What was issued is never rewritten.",
    "stage.published": "Published",
    "stage_text.published": "Points to the newest forecast that passed its checks. Every page "
    "and the API look at this one.",
    "stage.accuracy": "Score",
    "stage_text.accuracy": "What was forecast, against the people who came; and beside it the "
    "forecast that just repeats last week.",
    "stage.drift": "Drift",
    "stage_text.drift": "How it does lately against what was promised: is it time to learn again?",
    "stage.city": "City data",
    "stage_text.city": "The people that the city counts around Seongsu's cafe street, and the "
    "city's own forecast: a rival to be scored.",
    "stage.kma_now": "Weather now (KMA)",
    "stage_text.kma_now": "The weather of this hour. Its source deletes it within a day, so it "
    "is taken every hour.",
    "stage.kma_short": "Next hours (KMA)",
    "stage_text.kma_short": "The forecast of the next six hours.",
    "stage.kma_village": "Next days (KMA)",
    "stage_text.kma_village": "The forecast of the next few days.",
    "stage.month_hours": "Monthly sums",
    "stage_text.month_hours": "A month's sums by hour, early in the next month, by which the "
    "days are checked.",
    "stage.train_load": "Train load",
    "stage_text.train_load": "How full trains are in each half hour; it comes once a quarter.",
    "stage.trains": "Train arrivals",
    "stage_text.trains": "Trains announced at the station. What has passed can never be had "
    "again, so it is taken as it comes.",
    "stage.weather_observed": "Weather that came",
    "stage_text.weather_observed": "Confirmed some days later. Nobody knew it when it was "
    "forecast, so no forecast uses it.",
    "stage.weather_station": "Weather station",
    "stage_text.weather_station": "What Seoul's station measured up to yesterday.",
    "stage.status": "Operations",
    "stage_text.status": "What is late, wrong or stopped, and what to do, on one page; written "
    "anew whenever it changes.",
}
