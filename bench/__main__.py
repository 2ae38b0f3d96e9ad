"""`make bench`: what Regiospiegel costs on this machine, with its targets beside it.

Everything happens in a temporary SQLite database with the settings of production; the web server is gunicorn on
the loopback address.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessment.models import Round

# Who answers: 50 municipalities with four members each.
MUNICIPALITIES, MEMBERS = 50, 4
WORKERS = 4
# How many of them answer one after the other beforehand, to count what a step takes.
ALONE = 20


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="regiospiegel-bench-") as folder:
        use_production_settings(Path(folder))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        _measure()


def use_production_settings(folder: Path) -> None:
    """Before Django reads its settings; TLS ends before gunicorn, as behind a proxy."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "http://localhost",
        "SECURE_SSL_REDIRECT": "off",
        "MFA_REQUIRED": "off",  # nobody here has a telephone
        "MAIL_FOLDER": str(folder / "mail"),
        "LOG_LEVEL": "WARNING",
    }


def _measure() -> None:
    from bench import desk, labels, reporting, scoring, visiting
    from bench.server import Server
    from tests import factories

    forum = factories.make_forum(
        name="Forum van de meting", municipalities=MUNICIPALITIES, members_per_seat=MEMBERS
    )
    round = factories.make_open_round(forum=forum)
    links = _links(round)
    alone = _links(factories.make_open_round(forum=factories.make_forum(name="Vooraf", municipalities=ALONE)))
    with Server(workers=WORKERS) as server:
        visiting.tell_weight(server, links[0][0])
        visiting.tell_load(server, links)
        visiting.tell_step(server, alone)  # by workers that have served a round, as they have on most days
    reporting.tell_closing(round, "a round of 200")
    small = factories.make_answered_round(
        forum=factories.make_forum(name="Forum van veertig", municipalities=40), value=varied()
    )
    reporting.tell_closing(small, "a round of 40")
    reporting.tell_frame(small)
    reporting.tell_pdf(small)
    reporting.tell_figures(small)
    scoring.tell_scoring()
    desk.tell_desk()
    labels.tell_labels()
    # In a process of its own: its memory is counted too.
    subprocess.run([sys.executable, "-m", "bench.batching"], check=True)


def _links(round: "Round") -> list[tuple[str, str]]:
    """Token and role of everybody who was invited."""
    from tests import factories

    return [(each.token, factories.role_for(each.member)) for each in factories.invitations_of(round)]


def varied():
    """Answers that differ, so that nothing is cheap because everybody agrees."""
    answers = iter(range(10**9))
    return lambda item: (next(answers) * 7 // 3) % 5 + 1


if __name__ == "__main__":
    main()
