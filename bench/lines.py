"""One line a measurement."""

import time
from collections.abc import Callable

TIMES = 10


def tell(what: str, amount: float, unit: str, target: str = "") -> None:
    """Print what was measured, and what it should stay under."""
    number = f"{amount:,.0f}" if amount >= 100 else f"{amount:.1f}"
    print(f"{what:<28} {number:>10} {unit:<10} {target and f'target: {target}'}".rstrip(), flush=True)


def cpu_ms(work: Callable[[], object]) -> float:
    """Processor milliseconds of one run, the mean of several, after one to warm up."""
    work()
    begin = time.process_time()
    for _ in range(TIMES):
        work()
    return 1000 * (time.process_time() - begin) / TIMES
