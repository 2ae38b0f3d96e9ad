"""`import_responses` and `round_template`: what the operator types, reads and gets."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as installation
from django.core.management import CommandError, call_command

from assessment.models import Round, Snapshot
from questionnaires.models import QuestionnaireVersion
from tests import factories
from tests.assessment.earlier_rounds import as_csv, as_xlsx, header, row, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue", "version")]

SLUG = "burgemeestersoverleg-noordrand"


@pytest.fixture
def names(forum) -> list[str]:
    return list(forum.seats.order_by("pk").values_list("municipality__name", flat=True))


@pytest.fixture
def file(tmp_path, names) -> Path:
    """Eight municipalities with two members each, and two partners."""
    path = tmp_path / "ronde 2024.csv"
    path.write_bytes(as_csv([header(), *rows_of(names, partners=2)]))
    return path


def run(capsys, file: Path, *, kind: str = "baseline", forum: str = SLUG, **options) -> tuple[str, str]:
    """What the command says on both channels."""
    given = {"closed_on": datetime.date(2024, 11, 30), "members": 8} | options
    call_command("import_responses", forum, kind, str(file), **given)
    said = capsys.readouterr()
    return said.out, said.err


def refused(capsys, file: Path, **options) -> list[str]:
    """The lines of standard error of a run that ends with exit code 1 and stores nothing."""
    with pytest.raises(SystemExit) as ended:
        run(capsys, file, **options)
    said = capsys.readouterr()
    assert (ended.value.code, said.out, Round.objects.count(), Snapshot.objects.count()) == (1, "", 0, 0)
    return said.err.splitlines()


@pytest.mark.parametrize("kind", ["baseline", "Nulmeting", "nulmeting"])
def test_it_tells_the_round_its_counts_and_what_came_of_it(capsys, file, kind):
    out, err = run(capsys, file, kind=kind, members=10)

    round, snapshot = Round.objects.get(), Snapshot.objects.get()
    assert (round.kind, round.closes_on.isoformat()) == ("baseline", "2024-11-30")
    assert (out, err) == (
        f"entered round {round.pk}: 16 members of 8 of 10 municipalities, 2 others, with a result, "
        f"fingerprint {snapshot.fingerprint}\n",
        "",
    )


def test_it_tells_that_there_is_no_result(capsys, tmp_path, names):
    path = tmp_path / "klein.xlsx"
    path.write_bytes(as_xlsx([header(), *rows_of(names[:2])]))

    out, _ = run(capsys, path)

    assert "4 members of 2 of 8 municipalities, 0 others, without a result: too_few_responses" in out


def test_check_stores_nothing_and_finds_the_same(capsys, file):
    out, _ = run(capsys, file, check=True)

    assert out == "nothing wrong with 18 rows; nothing was stored\n"
    assert Round.objects.count() == 0


@pytest.mark.parametrize("check", [False, True])
def test_every_problem_stands_on_a_line_of_its_own(capsys, tmp_path, names, check):
    path = tmp_path / "ronde.csv"
    wrong = [row("mayors", names[0], VIS1=6), row("mayors", "Verweg"), row("mayors", names[1])[:-1]]
    path.write_bytes(as_csv([header(), *wrong]))

    assert refused(capsys, path, check=check) == [
        "Er is niets bewaard. Los eerst deze punten op: 3.",
        'ronde.csv, regel 2, VIS1: "6" is geen 1, 2, 3, 4, 5, WN of lege cel.',
        'ronde.csv, regel 3, municipality: "Verweg" is geen gemeente van dit forum.',
        "ronde.csv, regel 4: Deze rij heeft te veel of te weinig cellen.",
    ]


def test_two_hundred_problems_are_shown_with_their_total(capsys, tmp_path, names):
    path = tmp_path / "ronde.csv"
    path.write_bytes(as_csv([header(), *[row("mayors", names[0], 7)] * 10]))

    told = refused(capsys, path)

    assert told[:2] == [
        "Er is niets bewaard. Los eerst deze punten op: 400.",
        "Hieronder staan de eerste 200.",
    ]
    assert len(told) == 202


def test_more_municipalities_than_members_is_a_problem_of_the_file(capsys, file):
    assert refused(capsys, file, members=7)[1:] == [
        "ronde 2024.csv: Er zijn meer gemeenten in het bestand dan leden van het forum."
    ]


def test_interim_needs_its_columns_of_change(capsys, file):
    told = refused(capsys, file, kind="tussenmeting")

    assert told[1] == "ronde 2024.csv, regel 1, change_VIS: Deze kolom ontbreekt."
    assert len(told) == 9


@pytest.mark.parametrize(
    "options, told",
    [
        ({"forum": "elders"}, f"there is no forum elders; there are: {SLUG}"),
        (
            {"kind": "begin"},
            "there is no kind begin; there are: baseline (nulmeting), interim (tussenmeting), final (eindmeting)",
        ),
        ({"version": "7.0.0"}, "there is no version 7.0.0; there are: 1.0.0"),
        (
            {"closed_on": datetime.date(2999, 1, 1)},
            "De sluitdatum ligt in de toekomst. Een ronde die u invoert, is al voorbij.",
        ),
        ({"members": 0}, "Vul in hoeveel gemeenten het forum toen telde."),
    ],
)
def test_what_is_asked_for_and_does_not_exist_is_told(capsys, file, options, told):
    with pytest.raises(CommandError) as error:
        run(capsys, file, **options)

    assert str(error.value) == told
    assert Round.objects.count() == 0


def test_date_is_written_as_a_date(capsys, file):
    with pytest.raises(CommandError, match="--closed-on: invalid"):
        call_command("import_responses", SLUG, "baseline", str(file), "--closed-on=30/11/2024", "--members=8")


def test_file_that_is_not_there_is_told(capsys, tmp_path, forum):
    with pytest.raises(CommandError, match=r"weg\.csv cannot be opened: No such file"):
        run(capsys, tmp_path / "weg.csv")


def test_a_retired_version_can_be_named_and_a_draft_cannot(capsys, file, version):
    for number, state in (("0.9.0", "retired"), ("2.0.0", "draft")):
        document = factories._real_questionnaire().replace('"version":"1.0.0"', f'"version":"{number}"')
        QuestionnaireVersion.objects.create(
            questionnaire=version.questionnaire, version=number, state=state, document=document
        )

    run(capsys, file, version="0.9.0")

    assert Round.objects.get().version.version == "0.9.0"
    with pytest.raises(CommandError, match=r"there is no version 2\.0\.0; there are: 0\.9\.0, 1\.0\.0"):
        run(capsys, file, version="2.0.0")


def test_options_are_those_of_the_shell():
    """Django's own --version makes place for the questionnaire's."""
    told = subprocess.run(
        [sys.executable, "manage.py", "import_responses", "--help"],
        cwd=installation.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert all(
        each in told for each in ("FORUM KIND FILE", "--closed-on DATE", "--members N", "--version 1.0.0")
    )


@pytest.mark.parametrize("kind, columns", [("baseline", 42), ("eindmeting", 50)])
def test_template_has_the_columns_and_is_read_once_it_is_filled_in(capsys, tmp_path, names, kind, columns):
    path = tmp_path / "leeg.csv"

    call_command("round_template", kind, output=path)

    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfgroup;municipality;VIS1;VIS2;")
    written = path.read_text(encoding="utf-8-sig").strip().split(";")
    assert written == header(asks_change=kind == "eindmeting")
    assert len(written) == columns
    with path.open("ab") as file:
        file.write(as_csv(rows_of(names, asks_change=kind == "eindmeting")))
    out, _ = run(capsys, path, kind=kind)
    assert "16 members of 8 of 8 municipalities" in out
