"""To whom a complaint belongs: the passport's instance by who is complained of, and what was answered before."""

from __future__ import annotations

from collections.abc import Sequence

from ...models import Account, Case, Complaint, Organisation, StaffMember
from ..cases.timeline import DECIDED
from ..passports.complaint_routes import get_route, next_routes, routes
from ..passports.routing import routing_of
from ..passports.schema import ComplaintRoute, Passport

INSTANCE = {  # who is complained of, and the instance of the passport that looks into it
    "provider": "provider",
    "official": "provider",
    "state_corporation": "state_corporation",
    "employee": "state_corporation",
}
KEPT_AS = {"provider": "body", "state_corporation": "body", "official": "official", "employee": "employee"}
Choices = list[tuple[ComplaintRoute, list[Organisation]]]


def list_against(passport: Passport) -> list[str]:
    """Whom one may complain of in this service."""
    named = {route.to for route in routes(passport)}
    return [against for against, to in INSTANCE.items() if to in named]


def choose_against(passports: Sequence[Passport], lang: str) -> list[tuple[str, list[str]]]:
    """Whom one may complain of in any of these services, each with the titles of those that have it, where not all."""
    listed = {passport.short_title.in_(lang): list_against(passport) for passport in passports}
    fitting = {against: [title for title, has in listed.items() if against in has] for against in INSTANCE}
    return [(against, titles if len(titles) < len(listed) else []) for against, titles in fitting.items() if titles]


def fitting(passport: Passport, against: str, about: Case | None, previous: Case | None) -> list[ComplaintRoute]:
    """The instances that the passport has for this complaint, the one that the portal proposes first.

    After an answer, or after silence, it is the instance above. Who disagrees with the result of a case may go to the
    authorised body, too, in the passport's own words; until then it is for the body or the corporation itself.
    """
    if previous is not None:
        details = Complaint.get(Complaint.case == previous)
        return [route for route in next_routes(passport, details.to) if route.to != "court"][:1]
    ways = [get_route(passport, INSTANCE[against])]
    if about is not None and about.state in DECIDED:
        ways += [route for route in routes(passport) if route.to == "authorised_body"]
    return ways


def list_bodies(passport: Passport, to: str, about: Case | None) -> list[Organisation]:
    """The bodies a complaint may be addressed to; of the case itself where it is about one."""
    if to == "provider" and about is not None:
        return [about.body]
    rows = Organisation.select().where(Organisation.kind.in_(_kinds(passport, to))).order_by(Organisation.id)
    return list(rows)


def list_choices(passport: Passport, about: Case | None) -> Choices:
    """Every instance with its bodies, as the complainant may choose them."""
    return [(route, list_bodies(passport, route.to, about)) for route in routes(passport)]


def list_officials(body: Organisation) -> list[StaffMember]:
    """Those of a body whom a complaint may name: the people who handle and sign its cases, by name."""
    own = (StaffMember.organisation == body) & StaffMember.is_active & StaffMember.role.in_(("officer", "head"))
    return list(StaffMember.select().where(own).order_by(StaffMember.name, StaffMember.id))


def find_previous(account: Account, against: str, about: Case | None) -> Case | None:
    """My last complaint of the same side about this case, if its answer did not give me what I asked for."""
    if about is None:
        return None
    rows = Case.select(Case, Complaint).join(Complaint, on=(Complaint.case == Case.id), attr="details")
    rows = rows.where(Case.account == account, Case.about == about).order_by(Case.submitted_at.desc())
    for case in rows:
        same_side = INSTANCE.get(case.answers.get("against", "provider")) == INSTANCE[against]
        if same_side and case.details.answer in ("partly", "refused") and case.details.to != "authorised_body":
            return case
    return None


def _kinds(passport: Passport, to: str) -> tuple[str, ...]:
    if to != "provider":
        return (to,)
    routing = routing_of(passport)
    by_school = routing is not None and routing.by == "school" and _schools_serve(passport)
    return ("school",) if by_school else ("provider",)


def _schools_serve(passport: Passport) -> bool:
    schools = Organisation.select().where(Organisation.kind == "school")
    return any(passport.id in school.hours for school in schools)
