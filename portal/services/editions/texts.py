"""The text of an edition, as its author wrote it: to be downloaded, and to begin the next one with."""

from __future__ import annotations

import hashlib

from ...models import PassportEdition
from ..passports.catalogue import Catalogue
from ..passports.schema import Passport
from .published import EditionNotFound, read_edition


def text_of(catalogue: Catalogue, service: str, edition: str) -> str:
    """The file of an edition, built in or uploaded. Raises EditionNotFound."""
    row = PassportEdition.get_or_none(PassportEdition.service == service, PassportEdition.edition == edition)
    if row is not None:
        return row.text
    path = catalogue.file_of(service, edition)
    if path is None:
        raise EditionNotFound(f"{service} {edition}")
    return path.read_text("utf-8-sig")


def fingerprint(text: str) -> str:
    """Of a text, in 64 characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_proposed(service: str, edition: str) -> bool:
    """Whether somebody has proposed a day for a draft, which a change takes back."""
    row = PassportEdition.get_or_none(PassportEdition.service == service, PassportEdition.edition == edition)
    return row is not None and row.state == "draft" and bool(row.proposed_from)


def list_known(catalogue: Catalogue, service: str) -> dict[str, Passport]:
    """Every edition of a service that can be looked at, drafts too, by its date, the newest first. Raises Faults."""
    known = {passport.edition: passport for passport in catalogue.list_editions() if passport.id == service}
    for row in PassportEdition.select().where(PassportEdition.service == service):
        known[row.edition] = read_edition(row)
    return dict(sorted(known.items(), reverse=True))
