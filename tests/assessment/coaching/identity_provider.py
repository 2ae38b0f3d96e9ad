"""An OpenID Connect provider on this machine: a real HTTP server that checks what a strict one checks.

It knows one client, hands out codes that work once, insists on PKCE with S256 and on client_secret_basic, and signs
its tokens with RS256. Who signs in there is what a test puts in `claims`.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.config.test_settings import INSTALLATION, settings_with

CLIENT, SECRET = "regiospiegel", "geheim van de tests"


class IdentityProvider:
    """What the server knows; its address is `issuer`."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with = self.key
        self.claims: dict[str, Any] = {}
        self.challenges: dict[str, str] = {}
        self.refused: list[str] = []
        self.userinfo_calls = 0

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/aanmelden",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/sleutels",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        written = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [written | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def authorise(self, asked: dict[str, str]) -> str:
        """Where the browser goes after signing in."""
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.challenges[code] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The signed token for a code; None, with a reason in `refused`, for whoever may not have it."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {basic}" or "client_secret" in sent:
            self.refused.append("client")
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.challenges.pop(sent["code"], None) != challenge:
            self.refused.append("code")
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 60} | self.claims
        token = jwt.encode(claims, self.signs_with, "RS256", headers={"kid": "1"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    provider: IdentityProvider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        match url.path:
            case "/.well-known/openid-configuration":
                self._answer(self.provider.configuration())
            case "/sleutels":
                self._answer(self.provider.keys())
            case "/aanmelden":
                self.send_response(302)
                self.send_header("Location", self.provider.authorise(_flat(url.query)))
                self.end_headers()
            case "/userinfo":
                self.provider.userinfo_calls += 1
                self._answer({"sub": "1", "email": "iemand.anders@programma.example", "email_verified": True})
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        tokens = self.provider.tokens(_flat(body), self.headers.get("Authorization", ""))
        self._answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    def _answer(self, data: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests print enough."""


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def offer(settings: Any, provider: IdentityProvider) -> None:
    """Let the site know this provider, with the settings that its environment would give."""
    environment = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Organisatie",
    }
    names = ("OIDC_ISSUER", "OIDC_NAME", "SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY")
    for name, value in settings_with(INSTALLATION | environment, *names).items():
        setattr(settings, name, value)


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """The provider, on a port of its own, until the block ends."""
    server = ThreadingHTTPServer(("localhost", 0), _Handler)
    provider = IdentityProvider(server.server_port)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
