"""Members at work: what a page weighs, and how many answer at once."""

import gzip
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from urllib.parse import urlencode, urljoin

from bench.lines import tell
from bench.server import Server

VISITORS = 8
RADIO = re.compile(r'name="([\w-]+)" id="[\w-]+" value="(\w+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
RESOURCE = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONT = re.compile(r'url\("?([^")]+)"?\)')


class Visitor:
    """One member with cookies, who fills in everything that a page asks; `clock` gives seconds."""

    def __init__(self, server: Server, clock: Callable[[], float] = time.perf_counter) -> None:
        self._server = server
        self._clock = clock
        self._cookies: dict[str, str] = {}
        self.steps: list[float] = []

    def get(self, path: str) -> tuple[HTTPResponse, bytes]:
        return self._send("GET", path)

    def answer_all(self, token: str, role: str) -> None:
        """From the welcome page to the receipt; `steps` gets the seconds of each POST, redirect and next page."""
        self.get(f"/vragenlijst/{token}/")
        path = f"/vragenlijst/{token}/rol/"
        page = self._page(path)
        while not path.endswith("/nakijken/"):
            begin = self._clock()
            path = self._post(path, _answers(page, role)).headers["Location"]
            page = self._page(path)
            self.steps.append(self._clock() - begin)
        response = self._post(path, _answers(page, role))
        if response.status != 200:
            raise RuntimeError(f"submitting answered {response.status}")

    def _page(self, path: str) -> str:
        response, body = self.get(path)
        if response.status != 200:
            raise RuntimeError(f"a page answered {response.status}")
        return gzip.decompress(body).decode()

    def _post(self, path: str, answers: dict[str, str]) -> HTTPResponse:
        return self._send("POST", path, urlencode(answers))[0]

    def _send(self, method: str, path: str, body: str | None = None) -> tuple[HTTPResponse, bytes]:
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self._server.connect()  # a sync worker closes the connection after each answer
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        connection.close()
        return response, content


def _answers(page: str, role: str) -> dict[str, str]:
    """What the form holds already, its token too, and a choice for each question; answers vary with the question."""
    answers = dict(HIDDEN.findall(page))
    options: dict[str, list[str]] = {}
    for name, value in RADIO.findall(page):
        options.setdefault(name, []).append(value)
    for name, values in options.items():
        answers[name] = role if name == "role" else values[sum(map(ord, name)) % 5]
    return answers


def tell_weight(server: Server, token: str) -> None:
    """Bytes of the first visit with all that it loads, and of one step."""
    first = Visitor(server)
    landing = f"/vragenlijst/{token}/"
    weight, seen = _weight(first, landing)
    tell("first visit, page", weight[landing], "bytes")
    tell("first visit, in all", sum(weight.values()), "bytes", "under 60,000")
    first._post(f"{landing}rol/", _answers(first._page(f"{landing}rol/"), "mayor"))
    _, body = first.get(f"{landing}vis/")
    tell("step page, raw", len(gzip.decompress(body)), "bytes")
    tell("step page, gzip", len(body), "bytes", "under 6,000")
    later, _ = _weight(first, f"{landing}vis/", seen)
    tell("first step, in all", sum(later.values()), "bytes")


def _weight(visitor: Visitor, path: str, seen: Sequence[str] = ()) -> tuple[dict[str, int], list[str]]:
    """Bytes on the wire of a page and of every style, font, script and icon that it names and was not seen yet."""
    _, body = visitor.get(path)
    weight = {path: len(body)}
    waiting = RESOURCE.findall(gzip.decompress(body).decode())
    while waiting:
        resource = waiting.pop()
        if resource in weight or resource in seen:
            continue
        response, body = visitor.get(resource)
        weight[resource] = len(body)
        if resource.endswith(".css"):
            style = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
            waiting += [urljoin(resource, font) for font in FONT.findall(style.decode())]
    return weight, [*seen, *weight]


def tell_step(server: Server, links: Sequence[tuple[str, str]]) -> None:
    """What a step takes of the server's processors, while nobody else visits."""
    steps: list[float] = []
    for link in links:
        visitor = Visitor(server, clock=server.cpu_seconds)
        visitor.answer_all(*link)
        steps += visitor.steps
    tell("CPU of a step", 1000 * sum(steps) / len(steps), "ms", "under 8")
    tell(
        "CPU of the emptiest page", 1000 * _emptiest(server), "ms"
    )  # what the machine and the web server take


def _emptiest(server: Server, times: int = 200) -> float:
    """Processor seconds of a page that holds one word and asks the database one: the measure of this machine."""
    visitor, before = Visitor(server), server.cpu_seconds()
    for _ in range(times):
        visitor.get("/-/health")
    return (server.cpu_seconds() - before) / times


def tell_load(server: Server, links: Sequence[tuple[str, str]]) -> None:
    """All members of a round at once, as on the evening before it closes."""
    before, begin = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as pool:
        visitors = list(pool.map(lambda link: _answer_all(server, *link), links))
    seconds, cpu = time.perf_counter() - begin, server.cpu_seconds() - before
    steps = sorted(step for visitor in visitors for step in visitor.steps)
    tell("complete responses", len(visitors) / seconds, "a second")
    tell("CPU of a response", 1000 * cpu / len(visitors), "ms")
    for share in (50, 95, 99):
        tell(f"step, {share} of 100 within", 1000 * steps[len(steps) * share // 100], "ms")


def _answer_all(server: Server, token: str, role: str) -> Visitor:
    visitor = Visitor(server)
    visitor.answer_all(token, role)
    return visitor
