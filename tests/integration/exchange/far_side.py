"""Another instance as the tests play it: the private library and the signed messages as documented, nothing of the application.

`FarSide` holds a register and answers over HTTP on this machine; `signed` writes what an asker over there would send.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from havre.core.crypto import derive
from havre.linkage.private import answer, bits_for, offer, private_keys
from havre.linkage.record import Description, Name, Relative

SELAM = Description(names=(Name("Selam Tesfay"),), sex="female", age_min=9, age_max=9, recorded_on="2026-11-01",
                    origin=("ER", "Gash-Barka", "Teseney"), relatives=(Relative("mother", ("Letebrhan Kidane",)),))
YUSUF = Description(names=(Name("Yusuf Ahmad Hussein"),), sex="male", age_min=14, age_max=14, recorded_on="2026-11-01",
                    origin=("SD", "Kassala", "Wad Sharifey"))


def question_secret(secret: bytes) -> bytes:
    return derive(secret, "peer questions")


def proof(secret: bytes, side: int, *parts: str) -> str:
    text = "\n".join(("havre-peer-1", *parts)).encode()
    return hmac.new(derive(secret, f"peer proofs of side {side}"), text, hashlib.sha256).hexdigest()


def signed(secret: bytes, side: int, operation: str, body: bytes, *, when: int | None = None, once: str = "") -> dict[str, str]:
    """The headers of a message, as Django's test client takes them."""
    seconds, nonce = str(int(time.time()) if when is None else when), once or secrets.token_hex(16)
    return {"Havre-Peer": derive(secret, "peer handle", 16).hex(), "Havre-Time": seconds, "Havre-Nonce": nonce,
            "Havre-Proof": proof(secret, side, "asks", operation, seconds, nonce, hashlib.sha256(body).hexdigest())}


class FarSide:
    """A holder. `refuse` = (status, code) refuses every question; `forge` spoils the proof of answers; `lose` drops the next answers."""

    def __init__(self, secret: bytes, children: Iterable[Description], side: int = 2) -> None:
        self.secret, self.side = secret, side
        self.bits = bits_for(1000)
        self.refuse: tuple[int, str] | None = None
        self.forge, self.lose = False, 0
        self.bodies: list[tuple[str, bytes]] = []
        self.address = ""
        self.renew(children)

    def renew(self, children: Iterable[Description]) -> None:
        self.id = uuid4()
        keys = (key for child in children for key in private_keys(child, question_secret(self.secret), "index", self.bits))
        self.made = offer(keys, self.bits)

    def reply(self, operation: str, headers: Any, body: bytes) -> tuple[int, bytes, str]:
        self.bodies.append((operation, body))
        wanted = proof(self.secret, 3 - self.side, "asks", operation, headers["Havre-Time"], headers["Havre-Nonce"], hashlib.sha256(body).hexdigest())
        if wanted != headers["Havre-Proof"]:
            return 401, b'{"code": "peer_unknown"}', ""
        said = json.loads(body)
        if operation == "offer":
            out = {"offer": str(self.id), "message": None if said["have"] == str(self.id) else base64.b64encode(self.made.message).decode()}
        elif self.refuse:
            return self.refuse[0], json.dumps({"code": self.refuse[1]}).encode(), ""
        else:
            assert said["offer"] == str(self.id)
            out = {"response": base64.b64encode(answer(self.made.key, base64.b64decode(said["request"]))).decode()}
        content = json.dumps(out).encode()
        made = proof(self.secret, self.side, "answers", headers["Havre-Nonce"], hashlib.sha256(content).hexdigest())
        return 200, content, "0" * 64 if self.forge else made

    def questions(self) -> list[dict[str, Any]]:
        return [json.loads(body) for operation, body in self.bodies if operation == "answer"]

    @contextmanager
    def serving(self) -> Iterator["FarSide"]:
        far = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                operation = self.path.removeprefix("/api/peers/")
                status, content, made = far.reply(operation, self.headers, body)
                if operation == "answer" and far.lose:
                    far.lose -= 1
                    self.connection.close()
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Havre-Proof", made)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
