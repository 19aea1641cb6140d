"""A sandbox NCALayer: the same WebSocket on the same port, with keys of the demo's authority."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dt
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portal.services.demo.eds_place import sign_as

PORT = 13579


@dataclass
class NcaLayer:
    """`cancels`: its window is closed without signing. `asked`: what pages sent."""

    folder: Path
    iin: str
    now: dt.datetime  # on the portal's clock
    name: str = "СЫНАҚ АДАМ"
    cancels: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"result": {"version": "1.4"}})
        async for message in line:
            if message.type is WSMsgType.TEXT:
                await line.send_json(self.answer(json.loads(message.data)))
        return line

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(question)
        if self.cancels:
            return {"status": True, "body": {}}
        content = base64.b64decode(question["args"]["data"])
        signed = sign_as(self.folder, self.iin, self.name, content, self.now)
        return {"status": True, "body": {"result": [base64.b64encode(signed).decode()]}}


@contextlib.contextmanager
def running(layer: NcaLayer, folder: Path) -> Iterator[NcaLayer]:
    """NCALayer on this machine, with a certificate for 127.0.0.1 that nobody knows."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    app = web.Application()
    app.router.add_get("/", layer.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", PORT, ssl_context=_tls(folder)).start()
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10), "the port of NCALayer is taken"
    yield layer
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def _tls(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1)).sign(key, SHA256())
    )  # fmt: skip
    file = folder / "ncalayer.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
