"""Names of places that do not exist, which sound as if they did. The same number always has the same name."""

BEGINNINGS = (
    "Alder", "Beuker", "Dauwe", "Elster", "Goor", "Hazel", "Kamille", "Kievit", "Lijster", "Marter", "Netel",
    "Populier", "Reiger", "Spreeuw", "Tarwe", "Uilen", "Vlinder", "Wulpen", "Zwaluw",
)  # fmt: skip
ENDINGS = ("voorde", "donk", "beke", "hove", "gem", "zele", "rode", "mere", "hout", "lare")
LANDS = ("land", "streek", "vallei", "kouter")


def municipality_name(number: int) -> str:
    """The name of a fictional municipality; after all names were used they are numbered: "Aldervoorde 2"."""
    name = BEGINNINGS[number % len(BEGINNINGS)] + ENDINGS[number % len(ENDINGS)]
    return _numbered(name, number // (len(BEGINNINGS) * len(ENDINGS)))


def municipality_nis(number: int) -> str:
    """A code that no municipality can have, since real ones are digits alone."""
    return f"X{number + 1:04}"


def land_name(number: int) -> str:
    """The name of the land around a forum."""
    name = BEGINNINGS[number * 7 % len(BEGINNINGS)] + LANDS[number % len(LANDS)]
    return _numbered(name, number // (len(BEGINNINGS) * len(LANDS)))


def _numbered(name: str, times_used: int) -> str:
    return f"{name} {times_used + 1}" if times_used else name
