"""Services under the situations of life that they are for. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .schema import Passport, Text

MINUTES_TO_BEGIN = 2  # signing in, checking, signing
MINUTES_A_FILE = 3  # a photo that is still to be made


def group_by_situation(services: Iterable[Passport]) -> list[tuple[Text | None, list[Passport]]]:
    """Each situation with its services, in the order of the first of each; those without one come last, under None."""
    groups: dict[str, tuple[Text | None, list[Passport]]] = {}
    for service in services:
        key = service.situation.kk if service.situation else ""
        groups.setdefault(key, (service.situation, []))[1].append(service)
    return sorted(groups.values(), key=lambda group: group[0] is None)


def minutes_to_apply(passport: Passport) -> int:
    """About how long the form takes, in minutes, in fives: a minute a page, more where a photo is asked for."""
    files = sum(field.type == "upload" for field in passport.fields())
    minutes = MINUTES_TO_BEGIN + len(passport.steps) + MINUTES_A_FILE * files
    return -(-minutes // 5) * 5
