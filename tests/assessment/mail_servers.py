"""Mail servers that fail in every way a real one does."""

import socket
import threading
from typing import ClassVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Raises what the test puts in `error`; without one it takes every message into `taken`."""

    PATH: ClassVar[str] = "tests.assessment.mail_servers.Broken"
    error: ClassVar[BaseException | None] = None
    farewell: ClassVar[Exception | None] = None
    taken: ClassVar[list[EmailMessage]] = []

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if self.error is not None:
            raise self.error
        self.taken.extend(messages)
        return len(messages)

    def close(self) -> None:
        if self.farewell is not None:
            raise self.farewell


class Post:
    """A post office on a real port: takes mail, and refuses the addresses in `refused`."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}
        self.received: list[str] = []
        self.lock = threading.Lock()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        with self.lock:
            self.received += envelope.rcpt_tos
        return "250 taken"


def start(post: Post) -> Controller:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    return controller
