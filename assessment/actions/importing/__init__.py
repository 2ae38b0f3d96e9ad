"""Entering a round that was held before Regiospiegel, from a file with a row per respondent (docs/importing.md).

`read_round` makes answers of a file or tells everything that is wrong with it; `import_round` stores such answers as
a closed round. The file itself is never kept.
"""

from assessment.actions.importing.entering import Counts, check_round, counts_of, import_round
from assessment.actions.importing.layout import column_names
from assessment.actions.importing.problems import MAX_SHOWN, Problem
from assessment.actions.importing.reading import read_round

__all__ = [
    "MAX_SHOWN",
    "Counts",
    "Problem",
    "check_round",
    "column_names",
    "counts_of",
    "import_round",
    "read_round",
]
