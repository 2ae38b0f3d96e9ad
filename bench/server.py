"""gunicorn on the loopback address, and the processor time that its workers take."""

import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType


class Server:
    """A running server: `port` to reach it, `cpu_seconds` taken by its workers so far."""

    def __init__(self, *, workers: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        address = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", address]
        self._process = subprocess.Popen([*command, "--workers", str(workers)])
        self.workers = workers

    def __enter__(self) -> "Server":
        """Wait until every worker has answered at least once: importing the application is not what we measure."""
        deadline = time.monotonic() + 60
        while not self._is_ready():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError("gunicorn did not start")
            time.sleep(0.1)
        for _ in range(self.workers * 20):
            self._is_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def connect(self) -> HTTPConnection:
        return HTTPConnection("localhost", self.port, timeout=60)

    def cpu_seconds(self) -> float:
        """Processor time of all workers so far, to the nanosecond that the kernel counts."""
        master = self._process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        threads = [thread for child in children for thread in Path(f"/proc/{child}/task").iterdir()]
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def _is_ready(self) -> bool:
        connection = self.connect()
        try:
            connection.request("GET", "/-/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()
