"""The learner of prices: tomorrow is like the newest value, and how far it may be is measured.
What has a rhythm has the other learners beside this package."""
