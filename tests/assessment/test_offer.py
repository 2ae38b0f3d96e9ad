"""The offer is a file under review: checked whole, faults named, what is over marked."""

import datetime
from pathlib import Path

import pytest

from assessment.models import Breakthrough
from assessment.offer import PATH, OfferError, read_offer, the_offer
from tests.reports.cast import content

TODAY = datetime.date(2026, 3, 3)


def changed(folder: Path, old: str, new: str) -> Path:
    """The file of the offer with one thing else in it."""
    path = folder / "offer.yaml"
    written = PATH.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_offer_speaks_of_dimensions_and_levels_that_exist():
    dimensions = {each.code for each in content().dimensions}
    offers = the_offer().offers

    assert {code for each in offers for code in each.helps} <= dimensions
    assert {level for each in offers for level in each.from_levels} <= {1, 2, 3, 4, 5}
    assert len(offers) == 24


def test_a_breakthrough_gets_as_much_as_the_call_says():
    assert the_offer().find("regionale-doorbraken").amount_max_eur == Breakthrough.MOST_COFINANCING


@pytest.mark.parametrize(
    ("id", "day", "is_outdated"),
    [
        ("inspiratiegids", TODAY, False),  # without an end
        ("ontwikkeltraject", datetime.date(2025, 12, 31), False),  # its last day
        ("ontwikkeltraject", datetime.date(2026, 1, 1), True),
        ("studio-regio-2022-05-17", datetime.date(2022, 5, 1), True),  # over, says the file
        ("pronet", TODAY, False),  # unconfirmed without a day
    ],
)
def test_what_is_over_is_outdated(id, day, is_outdated):
    assert the_offer().find(id).is_outdated(day) is is_outdated


def test_what_helps_with_a_step_begins_with_what_runs_now():
    helping = the_offer().that_helps("MAT", 1, TODAY)

    assert [each.id for each in helping] == [
        "afstemming-inventaris",
        "subregios",
        "regiodecreet-vraag-antwoord",
        "inspiratiegids",
        "labo-regiovorming",
        "studio-regio-2022-05-17",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: webinar", "kind: party", "studio-regio: kind party is not in the list of kinds"),
        ("id: subregios", "id: inspiratiegids", "inspiratiegids stands there twice"),
        (
            "series: studio-regio",
            "series: elsewhere",
            "studio-regio-2022-03-15: series elsewhere is no offer",
        ),
        ("https://www.vvsg.be/kennisitem/vvsg/subregios", "http://x.example", "subregios: url must begin"),
        ("status: current", "status: soon", "offers afstemming-inventaris status: Input should be"),
        ('valid_until: "2025-12-31"', 'valid_until: "2025-13-31"', "offers labo-regiovorming valid_until"),
        ("kinds:", "kinds: [", "cannot be read"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, old, new, told):
    with pytest.raises(OfferError) as error:
        read_offer(changed(tmp_path, old, new))

    assert told in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OfferError, match=r"offer\.yaml cannot be read"):
        read_offer(tmp_path / "offer.yaml")
