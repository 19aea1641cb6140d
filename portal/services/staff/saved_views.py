"""Ways to look at the work list that members of staff keep for themselves, under names of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...db import db
from ...models import SavedView, StaffMember

MOST = 12
LONGEST_NAME = 60


class TooManyViews(ValueError):
    """There is no room for another one: one has to go first."""


def list_views(member: StaffMember) -> list[SavedView]:
    """The member's own, by name."""
    return list(SavedView.select().where(SavedView.member == member).order_by(SavedView.name, SavedView.id))


def save_view(member: StaffMember, name: str, asked: Mapping[str, Any]) -> None:
    """Keep a view; one of the same name is replaced. Raises TooManyViews."""
    name = name[:LONGEST_NAME]
    with db.atomic():
        others = SavedView.select().where(SavedView.member == member, SavedView.name != name).count()
        if others >= MOST:
            raise TooManyViews
        SavedView.insert(member=member, name=name, asked=dict(asked)).on_conflict(
            conflict_target=[SavedView.member, SavedView.name], update={"asked": dict(asked)}
        ).execute()


def delete_view(member: StaffMember, id: int) -> None:
    """Forget one of the member's own; another's stays."""
    with db.atomic():
        SavedView.delete().where(SavedView.id == id, SavedView.member == member).execute()
