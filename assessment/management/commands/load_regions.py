"""`manage.py load_regions`: the reference regions, their municipalities and the mergers, from assessment/data/."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessment.models import Merger, Municipality, Region

DATA = Path(__file__).resolve().parents[2] / "data"


class DataError(Exception):
    """A data file that cannot be read or contradicts itself or another one."""


class Command(BaseCommand):
    help = "Load the regions, municipalities and mergers that are missing; names that were edited stay."

    @transaction.atomic
    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        try:
            regions = read_regions(DATA / "regions.yaml")
            mergers = read_mergers(DATA / "mergers-2025.yaml", regions)
        except DataError as error:
            raise CommandError(f"{error}; nothing was loaded") from None
        made = (_add_regions(regions), _add_municipalities(regions), _add_mergers(mergers))
        if verbosity:
            self.stdout.write("added {} regions, {} municipalities and {} mergers".format(*made))


def read_regions(path: Path) -> list[dict[str, Any]]:
    """The regions of the file, each with its municipalities by NIS code. Raises DataError."""
    document = _read(path)
    try:
        regions = [{"aliases": [], **region} for region in document["regions"]]
        codes = [code for region in regions for code in region["municipalities"]]
        expected = (document["n_regions"], document["n_municipalities"])
    except (KeyError, TypeError) as error:
        raise DataError(f"{path.name}: {error!r} is missing or misplaced") from None
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise DataError(f"{path.name}: {', '.join(twice)} stands in two regions")
    if (len({region["code"] for region in regions}), len(codes)) != expected:
        raise DataError(f"{path.name}: {expected[0]} regions and {expected[1]} municipalities were promised")
    return regions


def read_mergers(path: Path, regions: list[dict[str, Any]]) -> dict[str, Any]:
    """The mergers of the file, the old municipalities by the NIS code of the new one. Raises DataError."""
    document = _read(path)
    known = {code for region in regions for code in region["municipalities"]}
    try:
        mergers, valid_from = document["mergers"], document["valid_from"]
        n_old = sum(len(old) for old in mergers.values())
        expected = (document["n_new"], document["n_old"])
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path.name}: {error!r} is missing or misplaced") from None
    if unknown := sorted(set(mergers) - known):
        raise DataError(f"{path.name}: {', '.join(unknown)} is no municipality of today")
    if (len(mergers), n_old) != expected:
        raise DataError(f"{path.name}: {expected[1]} mergers into {expected[0]} were promised")
    return {"mergers": mergers, "valid_from": valid_from}


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from None


def _add_regions(regions: list[dict[str, Any]]) -> int:
    known = set(Region.objects.values_list("code", flat=True))
    new = [
        Region(code=each["code"], name=each["name"], uri=each["uri"], aliases="\n".join(each["aliases"]))
        for each in regions
        if each["code"] not in known
    ]
    return len(Region.objects.bulk_create(new))


def _add_municipalities(regions: list[dict[str, Any]]) -> int:
    known = set(Municipality.objects.values_list("nis", flat=True))
    by_code = {region.code: region for region in Region.objects.all()}
    new = [
        Municipality(nis=nis, name=name, region=by_code[each["code"]])
        for each in regions
        for nis, name in each["municipalities"].items()
        if nis not in known
    ]
    return len(Municipality.objects.bulk_create(new))


def _add_mergers(document: dict[str, Any]) -> int:
    known = set(Merger.objects.values_list("old_nis", flat=True))
    by_nis = {each.nis: each for each in Municipality.objects.filter(nis__in=document["mergers"])}
    new = [
        Merger(municipality=by_nis[nis], old_nis=old_nis, old_name=name, valid_from=document["valid_from"])
        for nis, old in document["mergers"].items()
        for old_nis, name in old.items()
        if old_nis not in known
    ]
    return len(Merger.objects.bulk_create(new))
