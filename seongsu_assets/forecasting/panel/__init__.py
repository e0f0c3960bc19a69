"""The learner of panels: one model of many series, by what each did lately and a cycle ago.
Single series with a rich calendar have the dynamic learner beside this package."""
