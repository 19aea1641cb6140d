"""The instances that a passport names for complaints, in their order. Pure."""

from __future__ import annotations

from .schema import ComplaintRoute, Passport

BY_LAW = 10  # working days: law on state services No. 88-V, article 25, where a passport says nothing of its own
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


def routes_on(passport: Passport, instance: str) -> list[ComplaintRoute]:
    """Where to complain of a decision (instance ""), or of the answer of an instance."""
    return next_routes(passport, instance) if instance else list(passport.complaints)


def longest_extension(route: ComplaintRoute) -> int:
    """By how many working days at most this instance may put its answer off, once."""
    return route.extension.working_days if route.extension else BY_LAW
