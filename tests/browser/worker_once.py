"""The worker's round on the live portal's database: `python worker_once.py`, settings in the environment."""

from __future__ import annotations

import datetime as dt
import os

from portal import create_app, db, worker
from portal.config import load_settings

AT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)  # an hour into the tests' Monday


def main() -> None:
    settings = load_settings(os.environ)
    db.db.initialize(db.make_database(settings.database_url))
    app = create_app(settings, lambda: AT)
    db.connect()
    worker.run_once(app.extensions["context"], AT)


if __name__ == "__main__":
    main()
