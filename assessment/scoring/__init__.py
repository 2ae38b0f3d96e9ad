"""From answers to what a report may say: the rules of docs/scoring.md, one module a rule family.

Everything here is pure: numpy, pandas and scipy, no Django, no files, no clock, no random numbers. Functions return
new objects and never change what they receive. Scores are floats from 0 to 100; None means that there is no value
and that nothing is shown.
"""
