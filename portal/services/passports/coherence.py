"""What a passport's parts say of each other: ids once, fields that can be asked, drafts, renewals. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from .check_faults import check_faults
from .condition_faults import condition_faults
from .faults import N_, Fault, Path, Said, meant
from .needs_faults import needs_faults
from .orders import grant_faults
from .people import FACTS
from .places import asked_fields
from .schema import FieldRule, Passport

RESERVED_STEPS = ("check", "sign", "submitted", "uploads")  # addresses of the journey's own pages
RESERVED_FIELDS = (
    "add", "csrf_token", "data", "errors", "form_errors", "meta", "populate_obj", "process", "remove", "validate",
)  # fmt: skip
ACCOUNT_FACTS = ("iin", "name", "phone", "language")

_CHOOSING = ("choice", "choices", "ordered")
_RULE_VALUES: dict[str, type | None] = {
    "age_under": int,
    "age_at_least": int,
    "not_past": None,
    "not_future": None,
    "within_days": int,
    "min_length": int,
    "pattern": str,
}
_RULE_TYPES = {
    "age_under": ("date", "person"),
    "age_at_least": ("date", "person"),
    "not_past": ("date",),
    "not_future": ("date",),
    "within_days": ("date",),
    "min_length": ("text", "long_text"),
    "pattern": ("text", "long_text"),
}


def find_faults(passport: Passport) -> list[Fault]:
    """Everything that does not hold together in a passport whose shape is right."""
    return [
        *_effective_faults(passport),
        *_id_faults(passport),
        *_reserved_faults(passport),
        *_field_faults(passport),
        *condition_faults(passport),
        *_prefill_faults(passport),
        *_draft_faults(passport),
        *_renewal_faults(passport),
        *_closed_faults(passport),
        *needs_faults(passport),
        *grant_faults(passport),
        *check_faults(passport),
    ]


def _effective_faults(passport: Passport) -> Iterator[Fault]:
    start, end = passport.effective.from_, passport.effective.to
    if end is not None and end < start:
        yield Fault(
            ("effective", "to"),
            N_(
                '"%(end)s" comes before effective.from "%(start)s"; write a later date or leave it out',
                end=end,
                start=start,
            ),
        )


def _id_faults(passport: Passport) -> Iterator[Fault]:
    lists: list[tuple[Path, list[str]]] = [
        (("channels",), [channel.id for channel in passport.channels]),
        (("refusal_grounds",), [ground.id for ground in passport.refusal_grounds]),
        (("steps",), [step.id for step in passport.steps]),
    ]
    for number, channel in enumerate(passport.channels):
        lists.append((("channels", number, "documents"), [document.id for document in channel.documents]))
    for path, field in asked_fields(passport):
        lists.append(((*path, "options"), [option.id for option in field.options]))
    for path, ids in lists:
        for number, id in enumerate(ids):
            if id in ids[:number]:
                yield Fault(
                    (*path, number, "id"), N_('"%(id)s" is the id of an earlier one too; give this one another', id=id)
                )
    seen: set[str] = set()
    for path, field in asked_fields(passport):
        if field.id in seen:
            yield Fault(
                (*path, "id"), N_('"%(id)s" is the id of an earlier field too; give this one another', id=field.id)
            )
        seen.add(field.id)


def _reserved_faults(passport: Passport) -> Iterator[Fault]:
    for number, step in enumerate(passport.steps):
        if step.id in RESERVED_STEPS:
            yield Fault(
                ("steps", number, "id"),
                N_('"%(id)s" is the address of a page of the portal; choose another id', id=step.id),
            )
    for path, field in asked_fields(passport):
        if field.id in RESERVED_FIELDS:
            yield Fault(
                (*path, "id"), N_('"%(id)s" is a name that forms use themselves; choose another id', id=field.id)
            )


def _field_faults(passport: Passport) -> Iterator[Fault]:
    """What a field's type asks for, or has no use for."""
    before: set[str] = set()
    for path, field in asked_fields(passport):
        before.add(field.type)
        choosing = field.type in _CHOOSING
        if choosing and not field.options and not field.options_from:
            yield Fault(
                path, N_("a %(type)s has nothing to choose from; add options: […] or options_from: …", type=field.type)
            )
        if field.options and field.options_from:
            yield Fault((*path, "options_from"), N_("options are written out too; keep one of the two"))
        if field.options_from in ("kindergartens", "schools") and "locality" not in before:
            yield Fault(
                (*path, "options_from"),
                N_("no locality is asked before; add a field of type locality to an earlier step"),
            )
        for key in ("options", "options_from"):
            if getattr(field, key) and not choosing:
                yield Fault(
                    (*path, key), N_("a %(type)s has no options; delete them or make it a choice", type=field.type)
                )
        if field.type == "ordered" and not field.max_choices:
            yield Fault(path, N_("how many may be chosen is missing; add max_choices: 4"))
        if field.max_choices and field.type not in ("choices", "ordered"):
            yield Fault((*path, "max_choices"), N_("a %(type)s has one answer; delete max_choices", type=field.type))
        if field.max_files and field.type != "upload":
            yield Fault((*path, "max_files"), N_("a %(type)s takes no files; delete max_files", type=field.type))
        if field.max_length and field.type not in ("text", "long_text"):
            yield Fault(
                (*path, "max_length"), N_("a %(type)s has a length of its own; delete max_length", type=field.type)
            )
        if field.type == "consent" and field.statement is None:
            yield Fault(path, N_("the text that is agreed to is missing; add statement: {kk: …, ru: …, en: …}"))
        if field.statement and field.type != "consent":
            yield Fault(
                (*path, "statement"), N_("a %(type)s has no statement; delete it or make it a consent", type=field.type)
            )
        for number, rule in enumerate(field.rules):
            yield from (Fault((*path, "rules", number, *f.path), f.what) for f in _rule_faults(rule, field.type))


def _rule_faults(rule: FieldRule, type: str) -> Iterator[Fault]:
    if type not in _RULE_TYPES[rule.rule]:
        yield Fault(
            ("rule",),
            N_(
                '"%(rule)s" says nothing of a %(type)s; it is for %(types)s',
                rule=rule.rule,
                type=type,
                types=", ".join(_RULE_TYPES[rule.rule]),
            ),
        )
    wanted = _RULE_VALUES[rule.rule]
    if wanted is None and rule.value is not None:
        yield Fault(("value",), N_('"%(rule)s" needs no value; delete it', rule=rule.rule))
    elif wanted is int and (not isinstance(rule.value, int) or rule.value < 0):
        yield Fault(("value",), N_('"%(rule)s" needs a whole number; write value: 7', rule=rule.rule))
    elif wanted is str and not isinstance(rule.value, str):
        yield Fault(("value",), N_('"%(rule)s" needs a regular expression; write value: "[0-9]{4}"', rule=rule.rule))
    if rule.rule == "pattern" and isinstance(rule.value, str):
        try:
            re.compile(rule.value)
        except (re.error, OverflowError, RecursionError) as error:
            yield Fault(
                ("value",),
                N_('"%(value)s" is not a regular expression (%(error)s); mend it', value=rule.value, error=error),
            )


def _closed_faults(passport: Passport) -> Iterator[Fault]:
    if not passport.opens_online and passport.apply_elsewhere is None:
        closed = N_("no steps") if not passport.steps else N_("no portal channel")
        yield Fault(
            (),
            N_(
                "with %(closed)s nobody can apply here yet; say where one can: apply_elsewhere: {kk: …, ru: …, en: …}",
                closed=closed,
            ),
        )


def _prefill_faults(passport: Passport) -> Iterator[Fault]:
    people: list[str] = []
    for path, field in asked_fields(passport):
        if field.prefill:
            yield from (Fault((*path, "prefill"), what) for what in _prefill_fault(field.prefill, people))
        if field.type == "person":
            people.append(field.id)


def _prefill_fault(prefill: str, people: list[str]) -> Iterator[Said]:
    source, _, fact = prefill.partition(".")
    facts = ACCOUNT_FACTS if source == "account" else FACTS
    if source != "account" and source not in people:
        known = ", ".join(["account", *people])
        yield N_(
            '"%(source)s" is no person field asked before; write one of %(known)s, a full stop and a fact',
            source=source,
            known=known,
        )
    elif fact not in facts:
        yield N_(
            '"%(fact)s" is not a fact of "%(source)s"; %(mend)s', fact=fact, source=source, mend=meant(fact, facts)
        )


def _draft_faults(passport: Passport) -> Iterator[Fault]:
    """A draft's "{field}" names an earlier question; single braces are for that alone."""
    before: set[str] = set()
    for path, field in asked_fields(passport):
        draft, known = field.draft, frozenset(before)
        before.add(field.id)
        if draft is None:
            continue
        if field.type != "long_text":
            yield Fault((*path, "draft"), N_("a %(type)s has no draft; only a long_text has one", type=field.type))
        for lang in ("kk", "ru", "en"):
            try:
                names = {name for _, name, _, _ in Formatter().parse(draft.in_(lang)) if name is not None}
            except ValueError as error:
                yield Fault((*path, "draft", lang), N_("%(error)s; write {field id} for an answer", error=error))
                continue
            for name in sorted(names - known):
                yield Fault(
                    (*path, "draft", lang),
                    N_('"%(name)s" is no earlier field; name one that is asked before', name=name),
                )


def _renewal_faults(passport: Passport) -> Iterator[Fault]:
    if passport.renewal is None:
        return
    until = passport.field(passport.renewal.until)
    if until is None or until.type != "date":
        yield Fault(
            ("renewal", "until"), N_('"%(until)s" is no field of type date; name one', until=passport.renewal.until)
        )
    for number, name in enumerate(passport.renewal.ask_again):
        if passport.field(name) is None:
            yield Fault(
                ("renewal", "ask_again", number), N_('"%(name)s" is no field; name one of the steps', name=name)
            )
