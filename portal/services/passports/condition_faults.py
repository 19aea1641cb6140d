"""What is wrong with conditions: they look back, at answers that can be given. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .faults import N_, Fault, Path, Said, choice_fault, meant
from .schema import Condition, FieldSpec, Passport


def condition_faults(passport: Passport) -> Iterator[Fault]:
    """Conditions look back: at answers given before the reader meets the step or the field."""
    everything = {field.id: field for field in passport.fields()}
    earlier: list[str] = []
    for s, step in enumerate(passport.steps):
        if step.when:
            yield from _look(step.when, ("steps", s, "when"), earlier, everything)
        for f, field in enumerate(step.fields):
            if field.when:
                yield from _look(field.when, ("steps", s, "fields", f, "when"), earlier, everything)
            earlier.append(field.id)
    for number, clause in enumerate(passport.grant.clauses if passport.grant else ()):
        if clause.when:
            yield from _look(clause.when, ("grant", "clauses", number, "when"), earlier, everything)


def _look(when: Condition, path: Path, earlier: list[str], everything: dict[str, FieldSpec]) -> Iterator[Fault]:
    for key, several in (("all", when.all_), ("any", when.any_)):
        for number, inner in enumerate(several or ()):
            yield from _look(inner, (*path, key, number), earlier, everything)
    if when.not_:
        yield from _look(when.not_, (*path, "not"), earlier, everything)
    if when.field is None:
        return
    field = everything.get(when.field)
    if field is None:
        yield Fault((*path, "field"), _no_field(when.field, everything))
    elif when.known is not None:  # asks the register, not the citizen, so the field itself may come later
        if not field.prefill:
            yield Fault(
                (*path, "known"),
                N_('"%(id)s" has no prefill, so no register knows it; add one or test the answer', id=field.id),
            )
    elif when.field not in earlier:
        yield Fault(
            (*path, "field"),
            N_('"%(field)s" is asked later; a condition can only look at earlier fields', field=when.field),
        )
    else:
        yield from _value_faults(when, path, field)


def _value_faults(when: Condition, path: Path, field: FieldSpec) -> Iterator[Fault]:
    """Values that the field can never have."""
    ids = [option.id for option in field.options]
    values = [(("is",), when.is_)] if when.is_ is not None else [(("in", n), v) for n, v in enumerate(when.in_ or ())]
    for key, value in values:
        if field.type == "consent" and not isinstance(value, bool):
            yield Fault((*path, *key), N_("a consent is given or not; write true or false"))
        elif ids and value not in ids:
            yield Fault((*path, *key), choice_fault(value, ids))


def _no_field(id: str, everything: Iterable[str]) -> Said:
    return N_('there is no field "%(id)s"; %(mend)s', id=id, mend=meant(id, everything))
