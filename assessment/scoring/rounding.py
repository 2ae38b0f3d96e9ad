"""Rule 2.2: the only rounding function. Apart from `scale`, so that whoever shows a number need not load pandas."""

import math

NOISE_DECIMALS = 9


def half_up(value: float) -> int:
    """Rule 2.2: floor(round(x, 9) + 0.5), the only rounding for display; halves go towards plus infinity.

    The nine decimals remove floating-point noise: 59.4999999999999 becomes 60. Not for missing values: NaN and
    infinity raise ValueError or OverflowError.
    """
    return math.floor(round(float(value), NOISE_DECIMALS) + 0.5)
