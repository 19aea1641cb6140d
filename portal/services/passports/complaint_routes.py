"""The instances that a passport names for complaints, in their order. Pure."""

from __future__ import annotations

from .schema import ComplaintRoute, Passport

HIGHER = ("authorised_body", "court")  # where one turns after an answer, in this order


class RouteNotFound(LookupError):
    """The passport names no such instance."""


def routes(passport: Passport) -> list[ComplaintRoute]:
    """Where the portal can bring a complaint: every instance that the passport names but the court."""
    return [route for route in passport.complaints if route.to != "court"]


def get_route(passport: Passport, to: str) -> ComplaintRoute:
    """The route to an instance. Raises RouteNotFound."""
    for route in passport.complaints:
        if route.to == to:
            return route
    raise RouteNotFound(to)


def next_routes(passport: Passport, to: str) -> list[ComplaintRoute]:
    """Where to turn after the answer of this instance, or after its silence."""
    left = HIGHER[HIGHER.index(to) + 1 :] if to in HIGHER else HIGHER
    return [route for name in left for route in passport.complaints if route.to == name]
