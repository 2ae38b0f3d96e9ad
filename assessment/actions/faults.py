"""What a log or a table may know of an error."""

import traceback
from pathlib import Path


def told_briefly(error: BaseException) -> str:
    """The kind of the error and where it arose: "IntegrityError at closing.py:120".

    Its own words are left out, because a database quotes the values it refuses.
    """
    innermost = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in innermost)
    return f"{type(error).__name__}{place}"
