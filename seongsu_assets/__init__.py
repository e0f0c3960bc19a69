"""Daily Seongsu: how crowded a station will be, hour by hour, and how often we were right.
Nothing is imported here, so that a part may be used without the whole."""
