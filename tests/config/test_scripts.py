"""What the scripts leave behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SERVER = Path(settings.BASE_DIR) / "scripts" / "with-postgres"
ASK = """
import os, sys, urllib.parse, psycopg
place = urllib.parse.unquote(os.environ["DATABASE_URL"].split("/")[3])
try:
    psycopg.connect(host=place, user="tests", dbname="postgres").execute(sys.argv[1])
except psycopg.Error:
    sys.exit(3)
"""


@pytest.mark.skipif(
    not (shutil.which("initdb") or [*Path("/usr/lib").glob("postgresql/*/bin/initdb")]),
    reason="no PostgreSQL",
)
def test_log_of_the_server_is_kept_when_something_fails_and_only_then(tmp_path):
    def ask(statement: str) -> tuple[int, list[str]]:
        asking = [str(SERVER), sys.executable, "-c", ASK, statement]
        status = subprocess.run(
            asking, env=os.environ | {"LOGS": str(tmp_path / "logs")}, check=False
        ).returncode
        return status, [each.read_text() for each in tmp_path.glob("logs/*")]

    assert ask("SELECT 1") == (0, [])
    status, [log] = ask("SELECT nothing_of_the_kind")
    assert status == 3
    assert "STATEMENT:  SELECT nothing_of_the_kind" in log
