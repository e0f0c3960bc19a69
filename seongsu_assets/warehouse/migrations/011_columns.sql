-- What each public column holds, where its readers look: in the schema itself, and so in the pages
-- that PostgREST and Supabase make of it. A word that is the same in every view is said once.
do $$
declare
    held record;
begin
    for held in
        select c.oid::regclass as view, a.attname as name, told.text
        from (values
            ('domain', 'What is forecast: seongsu, or another declared domain.'),
            ('sample', 'Whether the data is generated, for trying the platform without any.'),
            ('series', 'What is counted: a line of a station, a counter, a store. One of each domain is the total.'),
            ('business_date', 'The operating day: the hours after midnight belong to the day before.'),
            ('hour', 'The hour of the operating day, 0 to 27 at most: 25 is one in the morning of the next day.'),
            ('at', 'When the hour begins.'),
            ('issue_id', 'The issue: all that was forecast at once, by one model from one state of the data.'),
            ('origin', 'The last day that an issue may know.'),
            ('issued_at', 'When it was issued.'),
            ('data_through', 'The newest measured day that was known.'),
            ('tier', 'What made it: the champion, or what serves in its place.'),
            ('model_id', 'The model that made it; none where the usual profile did.'),
            ('horizon', 'Days between the origin and the day.'),
            ('q05', 'People per hour: less than this comes 1 time out of 20.'),
            ('q10', 'People per hour: less than this comes 1 time out of 10.'),
            ('q25', 'People per hour: less than this comes 1 time out of 4.'),
            ('q50', 'People per hour: as often more as less.'),
            ('q75', 'People per hour: more than this comes 1 time out of 4.'),
            ('q90', 'People per hour: more than this comes 1 time out of 10.'),
            ('q95', 'People per hour: more than this comes 1 time out of 20.'),
            ('level', 'The most probable level, 0 for the lowest; of the total only.'),
            ('level_name', 'The name of the level.'),
            ('p_levels', 'The probability of each level, lowest first; they add up to 1.'),
            ('usual', 'People per hour that are usual on such a day at that hour.'),
            ('naive', 'People per hour of the same hour a week before: what any forecast must beat.'),
            ('cutoffs_version', 'Which cut-offs between the levels hold: see `levels`.'),
            ('part', 'What drives it: level, weekday, trend, holiday, season or weather.'),
            ('people', 'How many people per hour the part adds or takes away.'),
            ('part_level', 'People per hour of q50 that are how many come at all these weeks.'),
            ('part_weekday', 'People per hour of q50 that the day of the week adds.'),
            ('part_trend', 'People per hour of q50 that the last weeks'' change adds.'),
            ('part_holiday', 'People per hour of q50 that holidays near it add.'),
            ('part_season', 'People per hour of q50 that the time of the year adds.'),
            ('part_weather', 'People per hour of q50 that the weather adds.'),
            ('value', 'People per hour: measured, or in `estimate` spread from the total of a day.'),
            ('revision', 'How often the number was told: 1 at first.'),
            ('source', 'Which source said so.'),
            ('grain', 'Whether the source tells of hours or of whole days.'),
            ('newest_day', 'The newest day that the source has told of.'),
            ('days', 'Of how many days the source has told.'),
            ('hours_in_force', 'How many hours in force are this source''s.'),
            ('hours_estimated', 'How many of them are estimates.'),
            ('arrived_at', 'When the newest of it arrived.'),
            ('data_at', 'The newest measured hour.'),
            ('refused_days', 'Days of which the newest arrival did not pass the audit.'),
            ('quarantined_rows', 'Rows that could not be used; each is kept with its reason.'),
            ('observed', 'People that came: per hour, or in `accuracy` of all hours of the row.'),
            ('hours', 'Scored hours.'),
            ('absolute_error', 'Sum over the hours of |observed - q50|. Divided by `observed`: WAPE.'),
            ('naive_absolute_error', 'The same of the week before, on the same hours.'),
            ('inside', 'Hours between q10 and q90; 8 of 10 should be.'),
            ('version', 'The version of the cut-offs, by their content.'),
            ('names', 'The names of the levels, lowest first.'),
            ('lower', 'People per hour at which the 2nd, 3rd, ... level begins.'),
            ('first_day', 'The first day that the cut-offs were made from.'),
            ('last_day', 'The last day that the cut-offs were made from.'),
            ('since', 'Since when the model serves.'),
            ('reason', 'Why it serves.'),
            ('trained_from', 'The first day that the model has learned from.'),
            ('trained_to', 'The last day that the model has learned from.'),
            ('metrics', 'How it did on days that it had not seen, in rolling origins.'),
            ('feed', 'Whose forecast it is.'),
            ('hours_ahead', 'Hours between the issue and what it speaks of.'),
            ('said', 'People in the area, the middle of what was forecast.'),
            ('level_said', 'The level that was forecast, in the words of its maker.'),
            ('came', 'People in the area, the middle of what its maker said when the hour came.'),
            ('level_came', 'The level that its maker said when the hour came.')
        ) as told (name, text)
        join pg_attribute a on a.attname = told.name and a.attnum > 0
        join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
        where c.relnamespace = 'published'::regnamespace
    loop
        execute format('comment on column %s.%I is %L', held.view, held.name, held.text);
    end loop;
end $$;
