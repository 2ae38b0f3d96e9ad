"""One line a measurement."""


def tell(what: str, amount: float, unit: str, target: str = "") -> None:
    """Print what was measured, and what it should stay under."""
    number = f"{amount:,.0f}" if amount >= 100 else f"{amount:.1f}"
    print(f"{what:<28} {number:>10} {unit:<10} {target and f'target: {target}'}".rstrip(), flush=True)
