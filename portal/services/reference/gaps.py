"""Where a service cannot be asked for online: towns and villages without what its questions offer to choose from."""

from __future__ import annotations

from ...models import Kindergarten, Locality, Organisation
from ..passports.schema import Passport
from .directory import list_localities


def list_gaps(passport: Passport, lang: str = "kk") -> list[Locality]:
    """The localities where a question that must be answered has nothing to choose from, with their bodies."""
    sources = {spec.options_from for spec in passport.fields() if spec.options_from and spec.required}
    if not sources:
        return []
    served = [_codes_with(source) for source in sources]
    return [row for row in list_localities(lang) if not all(row.code in codes for codes in served)]


def _codes_with(source: str) -> set[str]:
    """The codes of the localities that have any."""
    if source == "schools":
        schools = Organisation.select(Organisation.locality_code).where(Organisation.kind == "school")
        return {row.locality_code for row in schools.distinct()}
    towns = Locality.select(Locality.code).join(Kindergarten, on=(Kindergarten.locality == Locality.id))
    return {row.code for row in towns.distinct()}
