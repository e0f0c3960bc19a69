"""What differs in English where one number is of a whole day or week, under the keys of words/ko.
`key@day` and `key@week` stand for the key; a place's own words come before them; no logic."""

EN: dict[str, str] = {
    "slot.whole": "all day",
    "days": "{first} – {last}",
    "date.week": "week of {day} {month_name}",
    "periods.title": "One number at a time",
    "periods.text": "Here each number is of a whole day or week, so there are no hours to choose "
    "from. The first page shows all that is ahead.",
    # a day
    "nav.now@day": "Today & ahead",
    "hero.title@day": "Forecast for today",
    "hero.usual@day": "Usual for today",
    "hero.usual_note@day": "The usual value of {weekday}, in place of a forecast.",
    "hero.gap@day": "There is no forecast for this day.",
    "usual.same@day": "About the usual {weekday} ({usual})",
    "usual.more@day": "{share} above the usual {weekday} ({usual})",
    "usual.less@day": "{share} below the usual {weekday} ({usual})",
    "chip.data@day": "Data to {date} · {age}",
    "sentence.peak@day": "Highest on {slot}.",
    "sentence.flat@day": "Much the same on all days.",
    "strip.title@day": "Day by day · {date}",
    "strip.label@day": "Forecast day by day for {date}, swipe sideways",
    "chart.time@day": "day",
    "chart.alt@day": "{series} forecast for {date}. Highest on {peak} with {people} {unit}, lowest "
    "on {calm} with {least}. On {peak}, 8 times out of 10 between {low} and {high} {unit}.",
    "origins.counted@day": "{source}, {hours} values (to {day})",
    "right.inside@day": "Of {hours} days, {inside} came within the forecast range.",
    "levels.share_first@day": "the lowest {share} of days",
    "levels.share_last@day": "the highest {share} of days",
    "right.worst@day": "{middle} {unit} were forecast, {observed} came.",
    "chances.dot@day": "scored days (larger: more; hollow: few)",
    "chances.said@day": "Of {hours} days with a chance of {chance}, it came in {came}.",
    "chances.too_few@day": "No chance has enough scored days behind it yet.",
    "chances.note@day": "Of the newest 90 scored days, by the forecast of the day. "
    "Hollow dots stand on fewer than {few} days and may be chance.",
    "chances.hours@day": "Days",
    "terms.slot@day": "Day",
    "terms.slot_text@day": "Each number is of a whole day.",
    "limits.3@day": "Decisions by the hour: the shortest unit is a day.",
    "about.intro@day": "We forecast {place}, day by day, {days} days ahead, and tell how right the "
    "forecasts were.",
    # a week
    "slot.whole@week": "the week",
    "today@week": "This week",
    "nav.now@week": "Weeks ahead",
    "hero.title@week": "Forecast for this week",
    "hero.usual@week": "Usual for this week",
    "hero.usual_note@week": "The usual value of such a week, in place of a forecast.",
    "hero.gap@week": "There is no forecast for this week.",
    "usual.same@week": "About the usual of such a week ({usual})",
    "usual.more@week": "{share} above the usual of such a week ({usual})",
    "usual.less@week": "{share} below the usual of such a week ({usual})",
    "chip.data@week": "Data to the {date} · {age}",
    "chip.profile@week": "Fallback (average)",
    "sentence.peak@week": "Highest in the {slot}.",
    "sentence.flat@week": "Much the same in all weeks.",
    "strip.title@week": "Week by week · {date}",
    "strip.label@week": "Forecast week by week, {date}, swipe sideways",
    "chart.time@week": "week",
    "chart.alt@week": "{series} forecast, {date}. Highest in the {peak} with {people} {unit}, "
    "lowest in the {calm} with {least}. In the {peak}, 8 times out of 10 between {low} and {high} "
    "{unit}.",
    "chart.alt_actual@week": "Dots: measured.",
    "accuracy.some@week": "Last {days} measured weeks: off by {wape} on average. "
    "Repeating the same week of last year would have been off by {naive}. "
    "The 8-out-of-10 range held {inside} times out of 100.",
    "levels.share_first@week": "the lowest {share} of weeks",
    "levels.share_last@week": "the highest {share} of weeks",
    "fallback.profile@week": "The model has a problem, so this is an average.",
    "origins.counted@week": "{source}, {hours} values (to the {day})",
    "right.newest@week": "Newest scored week · {date}",
    "right.intro@week": "A forecast is never changed. When the week has been measured, it is "
    "scored as it was.",
    "right.inside@week": "Of {hours} weeks, {inside} came within the forecast range.",
    "right.off_naive@week": "Repeating the same week of last year would have been off by {share}.",
    "right.worst@week": "{middle} {unit} were forecast, {observed} came.",
    "right.day@week": "Week",
    "right.kind@week": "Its first day: {why}",
    "right.made_note@week": "Each week is compared with the forecast that stood when it began, "
    "made from measurements up to the week before.",
    "right.span_said@week": "Over the last {days} weeks, forecasts made up to {ahead} weeks ahead "
    "were off by {share}.",
    "right.span_better@week": "That is {share} less than repeating last year.",
    "right.span_worse@week": "That is {share} more than repeating last year.",
    "right.span_same@week": "That is about the same as repeating last year.",
    "right.short@week": "Only {days} weeks have been scored so far, so only these are counted.",
    "right.fact.naive@week": "Repeating last year",
    "right.note@week": "Sum of misses over the sum of {unit} (WAPE), for {forecasts} forecast "
    "values, beside last year's values of the same weeks.",
    "right.horizon_title@week": "How many weeks ahead can it be trusted?",
    "right.horizon_note@week": "A forecast 1 week ahead is made as the week begins, from "
    "measurements up to the week before.",
    "right.ahead@week": "{days} wk ahead",
    "right.naive@week": "Last year",
    "right.naive_off@week": "last year off by",
    "right.horizon_alt@week": "How far forecasts were off: {first} {first_share}, {last} "
    "{last_share}. Repeating last year: {naive}.",
    "axis.ahead@week": "weeks ahead",
    "source.newest@week": "Newest week",
    "source.expected@week": "Week due",
    "month.caption@week": "The state of the data in each of the last {days} weeks",
    "model.empty.text@week": "It appears here once there is enough data to train the first one. "
    "Until then an average is the forecast.",
    "card.none@week": "No model has passed its trial, so an average is the forecast.",
    "chances.dot@week": "scored weeks (larger: more; hollow: few)",
    "chances.said@week": "Of {hours} weeks with a chance of {chance}, it came in {came}.",
    "chances.too_few@week": "No chance has enough scored weeks behind it yet.",
    "chances.note@week": "Of the newest scored weeks, by the forecast of the week. "
    "Hollow dots stand on fewer than {few} weeks and may be chance.",
    "chances.hours@week": "Weeks",
    "judged.first@week": "The first model. In its trial it was off by {ratio} of what repeating "
    "last year is off by.",
    "judged.naive@week": "In its trial it was off by {ratio} of what repeating last year is off "
    "by: of no use.",
    "judged.unseen@week": "Only {days} weeks are new to the present model; {needed} are needed to "
    "compare.",
    "judged.refresh@week": "It learned from {more} more days and is not worse. In {days} recent "
    "weeks {gain} than the model before.",
    "judged.gain@week": "In {days} recent weeks {gain} than the model before.",
    "judged.too_little@week": "In {days} recent weeks {gain} than the present model: too little "
    "to change.",
    "terms.slot@week": "Week",
    "terms.slot_text@week": "Each number is of a whole week, which is named by its first day.",
    "limits.3@week": "Decisions by the day: the shortest unit is a week.",
    "about.intro@week": "We forecast {place}, week by week, {days} weeks ahead, and tell how right "
    "the forecasts were.",
    "times.schedule@week": "A new forecast is made every week, after {hour:02d}:00 of the morning "
    "on which the week before has been told.",
}
