"""Which seat somebody means who writes the name of a municipality or an organisation."""

from difflib import get_close_matches

from assessment.actions.member_rows import in_all_languages
from assessment.models import Forum, Municipality, Seat
from assessment.models.regions import MunicipalityQuerySet

MEANT = 4  # municipalities that are offered for a name that says too little
ALIKE = 0.75
TELLING = 4  # fewer letters stand in too many names


def municipalities_for(forum: Forum) -> MunicipalityQuerySet:
    """The municipalities to choose from; fictional ones exist for forums of the demo only."""
    every = Municipality.objects.all()
    return every if forum.is_demo else every.filter(is_fictional=False)


class Places:
    """The seats of a forum and the municipalities that could have one, read once for a whole list of names."""

    def __init__(self, forum: Forum) -> None:
        self._forum = forum
        self._seats = list(forum.seats.select_related("municipality").order_by("pk"))
        self._municipalities = municipalities_for(forum).by_name()
        self._by_pk = {each.pk: each for named in self._municipalities.values() for each in named}
        self._by_pk |= {seat.municipality.pk: seat.municipality for seat in self._seats if seat.municipality}
        self._organisations: dict[str, Seat] = {}

    def municipalities(self, name: str) -> list[Municipality]:
        """Those with exactly this name, of today or of before, "stad" or "gemeente" before it or not.

        A seat of the forum tells more than the list of all municipalities.
        """
        wanted = _bare(name)
        mine = (seat.municipality for seat in self._seats if seat.municipality)
        seated = [each for each in mine if each.name.casefold() == wanted]
        return list(dict.fromkeys(seated)) or self._municipalities.get(wanted, [])

    def near(self, name: str) -> list[Municipality]:
        """Those whose name holds this one, or looks like it."""
        wanted = _bare(name)
        names = [known for known in self._municipalities if not known[-1:].isdigit()]
        holding = [known for known in names if len(wanted) >= TELLING and wanted in known]
        alike = get_close_matches(wanted, names, n=MEANT, cutoff=ALIKE)
        found = (each for known in [*alike, *holding] for each in self._municipalities[known])
        return list(dict.fromkeys(found))[:MEANT]

    def has_organisation(self, name: str) -> bool:
        return any(seat.organisation.casefold() == name.casefold() for seat in self._seats)

    def seat_of_municipality(self, pk: int) -> Seat:
        """The forum's first seat of this municipality, else one that is not stored yet."""
        municipality = self._by_pk[pk]
        mine = (seat for seat in self._seats if seat.municipality_id == pk)
        return next(mine, None) or Seat(forum=self._forum, municipality=municipality)

    def seat_of_organisation(self, name: str) -> Seat:
        """The forum's seat of this organisation, else one that is not stored yet, however it is capitalised."""
        wanted = name.casefold()
        mine = (seat for seat in self._seats if seat.organisation.casefold() == wanted)
        new = self._organisations.setdefault(wanted, Seat(forum=self._forum, organisation=name))
        return next(mine, None) or new


def _bare(name: str) -> str:
    """The name of a municipality as it is compared, without what it is: "Stad Gent" is Gent."""
    wanted = name.casefold()
    before = (f"{words} " for words in in_all_languages("import.place.before"))
    return wanted.removeprefix(next((words for words in before if wanted.startswith(words)), ""))
