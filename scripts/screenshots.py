"""`make screenshots`: the pictures of the README, from the demo data in a temporary database."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import Server
from tests.browser.fixtures import CHROMIUM, PHONE

PICTURES = Path("docs/screenshots")
DESKTOP = {"width": 880, "height": 900}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="regiospiegel-screenshots-") as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "MAIL_FOLDER": f"{folder}/mail",
            "GUNICORN_LOG_LEVEL": "ERROR",
        }
        manage("migrate", "--verbosity", "0")
        manage("createcachetable", "--verbosity", "0")
        manage("collectstatic", "--noinput", "--verbosity", "0")
        demo = json.loads(manage("demo", "--json"))
        picture_of_report(demo["closed_rounds"][-1], Path(folder))
        with Server(workers=1) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**CHROMIUM)
            address = f"http://localhost:{server.port}"
            picture_of_step(browser, address, urlsplit(demo["links"][0]["url"]).path)
            picture_of_result(browser, address, demo["accounts"][-1])


def manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def picture_of_step(browser: Browser, address: str, link: str) -> None:
    """The first dimension on a phone, half filled in."""
    page = browser.new_context(viewport=PHONE, locale="nl-BE").new_page()
    page.goto(f"{address}{link}rol/")
    page.locator("label.option").first.click()
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/vis/")
    page.locator("fieldset").first.locator("label.option").nth(3).click()
    page.mouse.move(1, 1)  # no option in the colour of the pointer above it
    _without_banner(page)
    page.screenshot(path=PICTURES / "step.png")


def picture_of_result(browser: Browser, address: str, account: dict[str, str]) -> None:
    """The result of the first forum with a closed round "in één oogopslag", as the programme manager sees it."""
    page = browser.new_context(viewport=DESKTOP, locale="nl-BE").new_page()
    page.goto(f"{address}/aanmelden/")
    page.fill("input[type=email]", account["email"])
    page.fill("input[type=password]", account["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/fora/")
    page.goto(address + page.locator("main a[href^='/fora/']").first.get_attribute("href"))
    page.goto(address + page.locator("a[href$='/resultaat/']").first.get_attribute("href"))
    _without_banner(page)
    page.goto(f"{page.url}#glance")
    page.screenshot(path=PICTURES / "result.png")


def picture_of_report(round_id: int, folder: Path) -> None:
    """The page "in één oogopslag" of the forum report."""
    pdf = folder / "report.pdf"
    manage("report", str(round_id), "--output", str(pdf))
    target = PICTURES / "report"
    options = ["-png", "-r", "70", "-f", "2", "-l", "2", "-singlefile"]
    subprocess.run(["pdftoppm", *options, str(pdf), str(target)], check=True)


def _without_banner(page: Page) -> None:
    page.evaluate("document.querySelector('.demo')?.remove()")


if __name__ == "__main__":
    main()
