"""The words of the page "Model" in English, under the keys of words/ko/model.py.
No logic, and no numbers but those the sentence itself needs."""

EN: dict[str, str] = {
    "nav.model": "Model",
    "axis.ahead": "days ahead",
    "axis.off": "off by",
    "axis.chance": "chance as forecast",
    "axis.came": "share that came",
    "model.title": "Which model makes the forecast?",
    "model.intro": "What the model that serves has learned from, how right it is, "
    "and why it is this one.",
    "model.empty.title": "No model has been chosen yet",
    "model.empty.text": "It appears here once there is enough data to train the first one. "
    "Until then the average of the weekday is the forecast.",
    # card
    "card.title": "The model that serves",
    "card.none": "No model has passed its trial, so the average of the weekday is the forecast.",
    "card.model": "Model",
    "card.since": "Serves since",
    "card.reason": "Why",
    "card.learned": "Learned from",
    "card.days": "{first} – {last} ({days} days)",
    "trial.last": "Repeating the last value",
    "trial.title": "Its trial before it served",
    "trial.note": "On days it had not learned from: {forecasts} forecast values from {origins} "
    "past starting points. How it does since is told in "
    "“Were we right?”.",
    # each
    "each.title": "Each on its own",
    "each.said": "{count} in its trial; for {better} of them the model was off by less than "
    "repeating the past.",
    "each.note": "Those that were off by most in {unit} come first. In percent, small ones are "
    "off by more.",
    "each.download": "All {count} (CSV)",
    "each.cost": "Learning and trial took {seconds} s of one processor, {each} s for each series. "
    "The model is a text of {size} kB.",
    # heat
    "heat.title": "When it is right and when it is off",
    "heat.said": "Best: {best} (off by {best_share}). Worst: {worst} (off by {worst_share}).",
    "heat.note": "How far the forecast of the day was off, over the newest 90 scored days. "
    "The darker, the further. * stands on fewer than {few} scored hours and may be chance.",
    "day_type.weekday": "Weekday",
    "day_type.saturday": "Sat",
    "day_type.sunday": "Sun",
    "day_type.holiday": "Holiday",
    "day_type.festival": "Festival",
    "day_type.adjacent": "Near a day off",
    # chances
    "chances.title": "Did what was likely come?",
    "chances.text": "When we gave a chance of the highest level, how often it came. "
    "The nearer a dot is to the dashed line, the truer the chance was.",
    "chances.dot": "scored hours (larger: more; hollow: few)",
    "chances.line": "as it was said",
    "chances.none": "No forecast that gave a chance has been scored yet.",
    "chances.said": "Of {hours} hours with a chance of {chance}, it came in {came}.",
    "chances.too_few": "No chance has enough scored hours behind it yet.",
    "chances.note": "Of the newest 90 scored days, by the forecast of the day. "
    "Hollow dots stand on fewer than {few} hours and may be chance.",
    "chances.chance": "Chance",
    "chances.hours": "Hours",
    "chances.came": "Came",
    "chances.share": "Share",
    "chances.few": "(few)",
    # history
    "history.title": "New models on trial",
    "history.none": "No new model has been on trial yet.",
    "history.older": "{count} earlier decisions",
    "history.note": "Of the last year. A new model takes over only when it is better by more than "
    "chance.",
    "history.model": "New model {model}",
    "outcome.first": "first",
    "outcome.promote": "took over",
    "outcome.keep": "not taken",
    "outcome.reject": "failed",
    "outcome.first.sign": "★",
    "outcome.promote.sign": "▲",
    "outcome.keep.sign": "＝",
    "outcome.reject.sign": "×",
    "judged.less": "it was off by {share} less",
    "judged.more": "it was off by {share} more",
    "judged.first": "The first model. In its trial it was off by {ratio} of what repeating last "
    "week is off by.",
    "judged.naive": "In its trial it was off by {ratio} of what repeating last week is off by: "
    "of no use.",
    "judged.range": "Its 8-out-of-10 range held {share} of what came, unlike its promise.",
    "judged.unseen": "Only {days} days are new to the present model; {needed} are needed to "
    "compare.",
    "judged.all_seen": "The present model has learned from all these days, so there is nothing to "
    "compare on.",
    "judged.doubted": "The results of its trial could not be believed:",
    "judged.same": "It forecasts the same as the present model.",
    "judged.worse_recent": "On recent days it was off by {share} more than the present model.",
    "judged.worse_before": "On the days before it was off by {share} more than the present model.",
    "judged.worse_busiest": "In the busiest hours it was off by {share} more than the present "
    "model.",
    "judged.refresh": "It learned from {more} more days and is not worse. "
    "On {days} recent days {gain} than the model before.",
    "judged.gain": "On {days} recent days {gain} than the model before.",
    "judged.too_little": "On {days} recent days {gain} than the present model: too little to "
    "change.",
    "judged.chance": "In all {gain} than the present model: that may be chance.",
    "judged.by_hand": "Decided by a person: {said}",
    "judged.unexamined": "It could not be tried: {said}",
    # limits
    "model_limits.title": "What it does not know",
    "model_limits.learned": "It has not learned from anything after {last}, though each forecast "
    "looks at the newest measurements.",
    "model_limits.1": "What nobody announced: accidents, works, sudden events.",
    "model_limits.2": "Festivals and public holidays are few a year, so it has few examples.",
    "model_limits.weather": "Weather is known as forecast only. Where that is wrong, so is this.",
    "model_limits.3": "Anything that its sources do not count.",
}
