"""To which body a case goes, as a passport says it, and what is wrong with what it says. Pure.

services/reference/provision.py finds the body itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from .faults import N_, Fault, nearest
from .schema import ORGANISATION_KINDS, FieldSpec, Passport, Routing

_WANTED = {"locality": "locality", "school": "choice", "office": "choice"}  # the type of the question that decides
_OPTIONS = {"school": "schools", "office": "offices"}


def routing_of(passport: Passport) -> Routing | None:
    """The routing that the passport writes, else the one that its questions give; None where nothing does.

    A school that is chosen comes before the town it stands in. Where nothing is written, every organisation provides
    the service that does not say otherwise.
    """
    if passport.routing is not None:
        return passport.routing
    for by in ("school", "office", "locality"):
        for field in passport.fields():
            if _decides(by, field):
                return Routing(by=by, field=field.id, provided_by=ORGANISATION_KINDS)
    return None


def provided_by(passport: Passport) -> tuple[str, ...]:
    """The kinds of organisations that all provide the service, unless one says that it does not."""
    routing = routing_of(passport)
    return routing.provided_by if routing is not None else ORGANISATION_KINDS


def _decides(by: str, field: FieldSpec) -> bool:
    return field.type == _WANTED[by] and field.options_from == _OPTIONS.get(by)


def routing_faults(passport: Passport) -> Iterator[Fault]:
    """What keeps a case from finding its body: no routing at all, or one that names a question that cannot decide."""
    routing = passport.routing
    if not passport.steps:
        return
    if routing is None:
        if routing_of(passport) is None:
            yield Fault(
                (),
                N_(
                    "nothing says to which body a case goes; ask for a town (a field of type locality), or write "
                    "routing: {by: body, body: code-of-an-organisation}"
                ),
            )
        return
    if routing.by == "body":
        if not routing.body:
            yield Fault(
                ("routing",), N_('routing by body needs its code in the reference data; add body: "akimat-oral"')
            )
        return
    deciding = [field.id for field in passport.fields() if _decides(routing.by, field)]
    if routing.field not in deciding:
        options = f", options_from: {_OPTIONS[routing.by]}" if routing.by in _OPTIONS else ""
        wanted = f"type: {_WANTED[routing.by]}{options}"
        near = nearest(routing.field or "", deciding) or next(iter(deciding), None)
        mend = N_("write field: %(id)s", id=near) if near else N_("add such a field and name it here")
        yield Fault(
            ("routing", "field"),
            N_("routing by %(by)s goes by a field with %(wanted)s; %(mend)s", by=routing.by, wanted=wanted, mend=mend),
        )
