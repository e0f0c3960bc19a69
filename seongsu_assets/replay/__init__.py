"""Past days as if live: the daemon, its schedules, sensors and runs under a clock that is stepped.
What is forecast and how stands elsewhere; nothing here runs in live operation."""

#: The variable that names the domain which is replayed.
REPLAYED = "SEONGSU_REPLAY"
