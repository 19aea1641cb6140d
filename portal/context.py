"""What a view, a job or a command asks for: the settings, the passports, the world outside, the present moment."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import db
from .config import Settings, load_settings
from .gateways import Gateways, make_gateways
from .services.eds.chain import Anchors
from .services.keys.keyed_hash import use_key
from .services.keys.ring import use_keys
from .services.local_time import local
from .services.passports.catalogue import Catalogue, use_catalogue
from .services.procedures.table import use_procedures
from .services.signatures.verifying import Verifier, closed, make_verifier


@dataclass(frozen=True)
class Context:
    """One for each application or worker. `clock` gives the present moment, aware, UTC."""

    settings: Settings
    passports: Catalogue
    gateways: Gateways
    clock: Callable[[], dt.datetime]
    verifier: Verifier = field(default_factory=lambda: closed(Anchors(()), "require"))  # whose EDS is taken

    def now(self) -> dt.datetime:
        """This moment, aware, UTC."""
        return self.clock()

    def today(self) -> dt.date:
        """This day in Kazakhstan."""
        return local(self.clock()).date()


def make_context(
    settings: Settings | None = None,
    clock: Callable[[], dt.datetime] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Context:
    """The context of settings, or of the environment's; from here on the process uses its keys and its database."""
    settings = settings or load_settings(os.environ if environment is None else environment)
    clock = clock or _system_clock
    use_procedures()
    passports = Catalogue.load(extra_dir=settings.passports_dir, today=lambda: local(clock()).date())
    use_catalogue(passports)
    use_key(settings.secret_key)
    use_keys(settings.keys)
    db.db.initialize(db.make_database(settings.database_url))
    return Context(settings, passports, make_gateways(settings), clock, _find_verifier(settings, clock()))


def _find_verifier(settings: Settings, now: dt.datetime) -> Verifier:
    """In demo an invented authority is trusted, unless real ones are named."""
    if settings.env == "demo" and settings.eds.anchors is None:
        from .services.demo.eds_place import demo_verifier  # production does not even load a module that signs

        return demo_verifier(settings.data_dir, settings.eds.revocation, now)
    return make_verifier(settings.eds, settings.demo)


def _system_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
