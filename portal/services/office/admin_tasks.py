"""What waits for an administrator: editions that another one proposed, rows set aside, bodies without people."""

from __future__ import annotations

from dataclasses import dataclass

from ...models import Case, Organisation, PassportEdition, SetAside, StaffMember

MOST = 20


@dataclass(frozen=True)
class AdminTasks:
    """`proposed`: drafts that somebody else proposed; `set_aside`: how many rows; `without_people`: bodies that have
    open cases and nobody who could take them."""

    proposed: tuple[PassportEdition, ...]
    set_aside: int
    without_people: tuple[Organisation, ...]


def list_tasks(admin: StaffMember) -> AdminTasks:
    """Three queries."""
    others = (PassportEdition.state == "draft") & (PassportEdition.proposed_by != admin)
    proposed = PassportEdition.select().where(others).order_by(PassportEdition.id).limit(MOST)
    people = StaffMember.select(StaffMember.organisation).where(
        StaffMember.is_active, StaffMember.role.in_(("officer", "head"))
    )
    busy = Case.select(Case.body).where(Case.is_open == True).distinct()  # noqa: E712 - SQL
    empty = Organisation.select().where(Organisation.id.in_(busy), Organisation.id.not_in(people))
    rows = empty.order_by(Organisation.code).limit(MOST)
    return AdminTasks(tuple(proposed), SetAside.select().count(), tuple(rows))
