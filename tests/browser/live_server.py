"""The portal of the browser tests, in a process of its own: `python live_server.py`, settings in the environment.

Its clock ticks, but starts on the tests' working Monday. A worker delivers messages to the sandbox phone at once.
It prints its address, and lives until its input is closed.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import sys
import threading
import time

from portal import create_app, db
from portal.cli.running import make_server
from portal.config import load_settings
from portal.gateways import Gateways
from portal.services.demo.loading import load_demo
from portal.services.messages.outbox import send_due

START = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


def main() -> None:
    logging.basicConfig(level=logging.ERROR)  # goes to the tests' own output when something breaks
    began = time.monotonic()

    def clock() -> dt.datetime:
        return START + dt.timedelta(seconds=time.monotonic() - began)

    db.PRAGMAS["synchronous"] = 0  # nothing of it has to outlive the machine
    settings = load_settings(os.environ)
    db.db.initialize(db.make_database(settings.database_url))
    db.connect()
    db.upgrade(backup=False)
    load_demo(settings, clock())
    app = create_app(settings, clock)
    gateways = app.extensions["context"].gateways
    threading.Thread(target=_deliver, args=(gateways, clock), daemon=True).start()
    server = make_server(app, "127.0.0.1", settings.port)
    print(settings.base_url, gateways.registries.url, flush=True)
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()
    os._exit(0)  # the tests are over: nothing here is worth waiting for


def _deliver(gateways: Gateways, clock) -> None:
    db.connect()
    while True:
        try:
            send_due(gateways, clock())
        except Exception:
            logging.exception("delivering messages")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
