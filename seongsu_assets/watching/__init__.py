"""The watcher: a small process outside Dagster that looks, tells people, and says how it goes.
What is wrong is found by `incidents`, `runs` and `silence`; `alerts` knows who is told."""
