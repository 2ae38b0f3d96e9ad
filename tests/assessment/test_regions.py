"""Loading regions, municipalities and mergers."""

from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from assessment.management.commands import load_regions
from assessment.models import Merger, Municipality, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A folder with copies of the data files, to spoil."""
    for source in load_regions.DATA.glob("*.yaml"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(load_regions, "DATA", tmp_path)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def counts() -> tuple[int, int, int]:
    return Region.objects.count(), Municipality.objects.count(), Merger.objects.count()


def test_flanders_has_15_regions_and_285_municipalities_of_which_13_are_mergers(capsys):
    call_command("load_regions")

    assert counts() == (15, 285, 28)
    assert Municipality.objects.filter(mergers__isnull=False).distinct().count() == 13
    assert capsys.readouterr().out == "added 15 regions, 285 municipalities and 28 mergers\n"


@pytest.mark.parametrize("words, found", [("Oostende", 7), ("galmaarden", 1), ("Zwijndrecht", 1)])
def test_former_and_other_names_are_found(words, found):
    call_command("load_regions", verbosity=0)

    assert Municipality.objects.search(words).count() == found


def test_second_run_adds_nothing_and_leaves_edited_names(capsys):
    call_command("load_regions", verbosity=0)
    Region.objects.filter(code="middenkust").update(name="Regio Oostende", aliases="Middenkust")
    Municipality.objects.filter(nis="11002").update(name="Stad Antwerpen")

    call_command("load_regions")

    assert capsys.readouterr().out == "added 0 regions, 0 municipalities and 0 mergers\n"
    assert counts() == (15, 285, 28)
    assert Region.objects.get(code="middenkust").name == "Regio Oostende"
    assert Municipality.objects.get(nis="11002").name == "Stad Antwerpen"


def test_what_is_missing_is_added():
    call_command("load_regions", verbosity=0)
    Municipality.objects.filter(nis="23106").delete()

    call_command("load_regions", verbosity=0)

    assert counts() == (15, 285, 28)
    assert set(Municipality.objects.get(nis="23106").mergers.values_list("old_name", flat=True)) == {
        "Galmaarden",
        "Gooik",
        "Herne",
    }


@pytest.mark.parametrize(
    "file, old, new, told",
    [
        ("regions.yaml", '"11001"', '"11004"', "15 regions and 285 municipalities were promised"),
        ("regions.yaml", '"13001": ', '"11002": ', "11002 stands in two regions"),
        ("regions.yaml", "n_regions: 15", "n_regions: 16", "16 regions and 285 municipalities were promised"),
        ("regions.yaml", "n_municipalities: 285", "", "KeyError('n_municipalities') is missing"),
        ("regions.yaml", "regions:", "regions: [", "regions.yaml cannot be read"),
        ("mergers-2025.yaml", '"11002":', '"99999":', "99999 is no municipality of today"),
        ("mergers-2025.yaml", "n_old: 28", "n_old: 27", "27 mergers into 13 were promised"),
        ("mergers-2025.yaml", "valid_from: 2025-01-01", "", "KeyError('valid_from') is missing"),
    ],
)
def test_file_at_fault_loads_nothing_and_says_why(data, file, old, new, told):
    change(data / file, old, new)

    with pytest.raises(CommandError) as error:
        call_command("load_regions")

    assert told in str(error.value)
    assert str(error.value).endswith("nothing was loaded")
    assert counts() == (0, 0, 0)


def test_file_that_is_not_there_is_named(data):
    (data / "mergers-2025.yaml").unlink()

    with pytest.raises(CommandError, match=r"mergers-2025\.yaml cannot be read"):
        call_command("load_regions")


def test_every_merger_names_two_or_more_former_municipalities():
    document = yaml.safe_load((load_regions.DATA / "mergers-2025.yaml").read_text(encoding="utf-8"))

    assert {len(old) >= 2 for old in document["mergers"].values()} == {True}
