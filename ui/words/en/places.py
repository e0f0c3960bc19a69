"""What each place calls things in English, under the keys of words/ko/places.py.
`key@place` stands for the key where that place is shown; no logic."""

EN: dict[str, str] = {
    "unit": "{unit}",
    "rate": "{rate}",
    "per": "a slot",
    "grade": "level",
    "origin.files": "files",
    # Seongsu Station
    "domain.seongsu": "Seongsu Station",
    "unit@seongsu": "people",
    "rate@seongsu": "people/hour",
    "per@seongsu": "an hour",
    "grade@seongsu": "level",
    "about.intro@seongsu": "Every day we forecast how crowded {place} will be, slot by slot, "
    "{days} days ahead, and tell how right the forecasts were.",
    "method.2@seongsu": "Two models work together: one learns from recent weeks, "
    "the other follows the years.",
    "limits.2@seongsu": "How full a platform, a train or an exit is: "
    "only people entering and leaving the whole station are counted.",
    "model_limits.1@seongsu": "What nobody announced: accidents, stopped trains, sudden events.",
    "model_limits.3@seongsu": "It forecasts all who use the station: not platforms, "
    "trains or exits.",
    "series.boarding": "Boarding",
    "series.alighting": "Alighting",
    "levels.counted@seongsu": "People boarding plus people alighting.",
    "counted.seongsu": "Passages through the ticket gates are counted: those who only change "
    "trains inside the station are not in it, and those who leave and return are in it twice.",
    "origin.files@seongsu": "Seoul Metro's hourly files",
    "origin.station_hourly": "hourly passengers API",
    "origin.card_daily": "daily card totals",
    # Paris
    "domain.paris_bikes": "Bicycles in Paris",
    "unit@paris_bikes": "bicycles",
    "rate@paris_bikes": "bicycles/hour",
    "per@paris_bikes": "an hour",
    "grade@paris_bikes": "level",
    "series.total@paris_bikes": "All counters",
    "levels.counted@paris_bikes": "All bicycles that the counters of the city passed.",
    "counted.paris_bikes": "Counters on cycle ways are counted, each direction on its own: one "
    "ride past three of them counts three times, and one past none not at all.",
    "origin.files@paris_bikes": "files of the city's counters",
    "origin.paris_counters": "hourly counts API",
    # weekly sales
    "domain.weekly_sales": "Weekly sales",
    "unit@weekly_sales": "US dollars",
    "rate@weekly_sales": "US dollars/week",
    "per@weekly_sales": "a week",
    "series.total@weekly_sales": "All stores",
    "level.0@weekly_sales": "Low",
    "level.1@weekly_sales": "Normal",
    "level.2@weekly_sales": "High",
    "level.3@weekly_sales": "Very high",
    "counted.weekly_sales": "Sales of every department of every store, returns taken off.",
    "origin.files@weekly_sales": "weekly files of the stores",
    # bitcoin
    "domain.bitcoin": "Bitcoin",
    "unit@bitcoin": "US dollars",
    "rate@bitcoin": "US dollars",
    "per@bitcoin": "at",
    "series.close": "Price",
    "method.2@bitcoin": "The middle is the last price. What is learned is how far prices "
    "wander, by how restless they were lately and by the hour.",
    "model_limits.2@bitcoin": "News, rules and moods: it looks at the price alone.",
    "model_limits.3@bitcoin": "Whether the price will rise or fall.",
    "note.place@bitcoin": "A price that walks at random is hard to beat: the middle of our "
    "forecast is the last price, and no better. What we add is an honest range. The page “Model” "
    "tells both errors. This is no advice.",
    "level.0@bitcoin": "Low",
    "level.1@bitcoin": "Normal",
    "level.2@bitcoin": "High",
    "level.3@bitcoin": "Very high",
    "nav.when@bitcoin": "Low and high",
    "when.title@bitcoin": "Low and high hours",
    "when.intro@bitcoin": "The hours with the lowest and the highest middle of the forecast. Of a "
    "price that walks at random they say next to nothing.",
    "when.best@bitcoin": "Lowest hours",
    "when.worst@bitcoin": "Highest hours",
    "when.avoided@bitcoin": "{people} {unit} ({share}) below the highest hour",
    "when.like_fullest@bitcoin": "About as high as the highest hour",
    "when.fullest@bitcoin": "The highest of the hours you chose",
    "sentence.peak@bitcoin": "Highest at {slot}.",
    "sentence.peak_today@bitcoin": "Highest in the rest of today: {slot}.",
    "sentence.peak_now@bitcoin": "Now ({slot}) is the highest of the rest of today.",
    "sentence.calm@bitcoin": "From {hour}:00 it is at least {share} lower.",
    "sentence.over@bitcoin": "No higher hours are left today.",
    "levels.share_first@bitcoin": "the lowest {share} of hours",
    "levels.share_last@bitcoin": "the highest {share} of hours",
    "counted.bitcoin": "The price of the last trade of each hour at Coinbase, in UTC.",
    "origin.files@bitcoin": "files of hourly closes",
    "origin.coinbase_candles": "hourly candles API",
    "origin.coinbase_ticker": "live ticker",
}
