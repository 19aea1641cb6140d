"""Which organisations provide a service, and to which of them a case goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...models import Locality, Organisation, OrganisationService
from ..journeys.journey import Journey
from ..languages import sort_key
from ..passports.routing import provided_by, routing_of
from ..passports.schema import Passport, Routing
from .directory import list_localities, name_in

Stated = Mapping[int, bool]  # by organisation: whether it provides the service, where it says so


class NoBody(LookupError):
    """No organisation provides the service where it was asked for."""


class NoBodyLeft(NoBody):
    """The one body that provided the service, chosen by nobody, is there no more or has given it up."""


def list_stated(passport: Passport) -> Stated:
    """What organisations say of the service."""
    rows = OrganisationService.select().where(OrganisationService.service == passport.id)
    return {row.organisation_id: row.provides for row in rows}


def list_all_stated() -> dict[int, dict[str, bool]]:
    """What every organisation says of services, by its id."""
    stated: dict[int, dict[str, bool]] = {}
    for row in OrganisationService.select().order_by(OrganisationService.service):
        stated.setdefault(row.organisation_id, {})[row.service] = row.provides
    return stated


def write_stated(organisation: Organisation, stated: Mapping[str, bool]) -> None:
    """What the organisation says from now on of services, and of no others, in the caller's transaction."""
    OrganisationService.delete().where(OrganisationService.organisation == organisation).execute()
    rows = [{"organisation": organisation, "service": name, "provides": said} for name, said in stated.items()]
    if rows:
        OrganisationService.insert_many(rows).execute()


def provides(organisation: Organisation, passport: Passport, stated: Stated) -> bool:
    """Whether it provides the service: as it says itself; by naming its hours for it; else as the passport says."""
    said = stated.get(organisation.id)
    if said is not None:
        return said
    named = passport.routing is not None and passport.routing.body == organisation.code
    return named or passport.id in organisation.hours or organisation.kind in provided_by(passport)


def has_body(passport: Passport) -> bool:
    """False where every case would go to one body, which the reference data do not know or which says no."""
    routing = passport.routing
    if routing is None or routing.by != "body":
        return True
    stated = list_stated(passport)
    return any(provides(body, passport, stated) for body in _candidates(routing, ""))


def responsible_body(journey: Journey) -> Organisation:
    """The body that a case with these answers goes to. Raises NoBody where none provides the service there."""
    passport, answers = journey.passport, journey.answers
    routing = routing_of(passport)
    bodies = _candidates(routing, answers.get(routing.field or "", "") if routing else "")
    stated = list_stated(passport) if bodies else {}
    body = next((body for body in bodies if provides(body, passport, stated)), None)
    if body is None:
        raise (NoBodyLeft if routing is None or routing.by == "body" else NoBody)(passport.id)
    return body


def _candidates(routing: Routing | None, answer: str) -> list[Organisation]:
    """Whom the routing names, the nearest first."""
    if routing is None:  # an edition of before routing was asked for
        return list(Organisation.select().where(Organisation.kind == "provider").order_by(Organisation.id))
    if routing.by != "locality":
        code = routing.body if routing.by == "body" else answer
        return list(Organisation.select().where(Organisation.code == code))
    return _bodies_of([answer]).get(answer, [])


def _bodies_of(codes: Iterable[str]) -> dict[str, list[Organisation]]:
    """The bodies of towns: the one that serves the town, then others that stand there."""
    codes = list(codes)
    found: dict[str, list[Organisation]] = {code: [] for code in codes}
    for town in Locality.select(Locality, Organisation).join(Organisation).where(Locality.code.in_(codes)):
        found[town.code].append(town.body)
    there = (Organisation.kind == "provider") & Organisation.locality_code.in_(codes)
    for body in Organisation.select().where(there).order_by(Organisation.code):
        found[body.locality_code].append(body)
    return found


def list_served_localities(passport: Passport, lang: str) -> list[Locality]:
    """The towns in which somebody provides the service, in the order of the language's alphabet."""
    routing, towns = routing_of(passport), list_localities(lang)
    if routing is None or routing.by == "body":
        return towns
    if routing.by != "locality":
        offices = _list_providers(passport, routing.by)
        codes, bodies = {office.locality_code for office in offices}, {office.id for office in offices}
        return [town for town in towns if town.code in codes or town.body_id in bodies]
    stated = list_stated(passport)
    unserved = {town.code for town in towns if not provides(town.body, passport, stated)}
    others = _bodies_of(unserved) if unserved else {}
    served = {code for code, bodies in others.items() if any(provides(body, passport, stated) for body in bodies)}
    return [town for town in towns if town.code not in unserved or town.code in served]


def list_offices(passport: Passport, by: str, locality: str, lang: str) -> list[Organisation]:
    """Who may be chosen, by "school" or by "office": those that provide the service, in the order of the alphabet.

    Of a town where one was named: those that stand there or serve it.
    """
    served = {town.body_id for town in Locality.select(Locality.body).where(Locality.code == locality)}
    rows = _list_providers(passport, by)
    there = [row for row in rows if not locality or row.locality_code == locality or row.id in served]
    return sorted(there, key=lambda row: sort_key(name_in(row, lang)))


def _list_providers(passport: Passport, by: str) -> list[Organisation]:
    kinds = ("school",) if by == "school" else ("provider", "state_corporation")
    stated = list_stated(passport)
    return [row for row in Organisation.select().where(Organisation.kind.in_(kinds)) if provides(row, passport, stated)]
