"""A passport from a file's bytes: the shape's own complaints turned into sentences with a path and a mend. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from .coherence import find_faults
from .faults import N_, Fault, Faults, Path, Said, choice_fault, key_faults, shown
from .file import line_of, read_document
from .omissions import find_omissions
from .policy import POLICIES, Policies
from .schema import Passport, Text

# The shape's complaint -> ours; {value} is what the file says there, the rest comes from the complaint itself.
_SENTENCES = {
    "string_type": N_("%(value)s is not text; write it in quotes"),
    "string_too_short": N_("the text is empty; write it"),
    "string_too_long": N_("%(value)s is longer than %(max_length)s characters; shorten it"),
    "int_type": N_("%(value)s is not a whole number"),
    "int_parsing": N_("%(value)s is not a whole number; write digits only"),
    "int_from_float": N_("%(value)s is not a whole number; write it without a fraction"),
    "int_parsing_size": N_("%(value)s is too large a number; write a smaller one"),
    "bool_type": N_("%(value)s is neither true nor false; write true or false"),
    "bool_parsing": N_("%(value)s is neither true nor false; write true or false"),
    "greater_than": N_("%(value)s is too small; write a number greater than %(gt)s"),
    "less_than_equal": N_("%(value)s is too large; write %(le)s at most"),
    "too_short": N_("the list is empty; write at least one"),
    "tuple_type": N_('%(value)s is not a list; begin each of its lines with "- "'),
    "dict_type": N_("%(value)s stands where keys should; write key: value"),
    "model_type": N_("%(value)s stands where keys should; write key: value"),
    "date_type": N_('%(value)s is not a date; write it like "2026-03-01"'),
    "date_parsing": N_('%(value)s is not a date; write it like "2026-03-01"'),
    "date_from_datetime_parsing": N_('%(value)s is not a date; write it like "2026-03-01"'),
    "date_from_datetime_inexact": N_('%(value)s is not a date; write it like "2026-03-01"'),
    "recursion_loop": N_("nested too deep; flatten it"),
}
_MISSING_TEXTS = {
    "kk": N_('the Kazakh text is missing; add kk: "…"'),
    "ru": N_('the Russian text is missing; add ru: "…"'),
    "en": N_('the English text is missing; add en: "…"'),
}


def read_passport(data: bytes, policies: Policies = POLICIES) -> Passport:
    """The passport that a file's bytes hold, without a fault.

    Raises Faults: every fault of the shape at once, or, where the shape is right, every fault of what refers to what
    and everything that is missing or would not be read. `policies`: the values that procedures read.
    """
    passport, unread = read_with_omissions(data, policies)
    if unread:
        raise Faults(unread)
    return passport


def read_with_omissions(data: bytes, policies: Policies = POLICIES) -> tuple[Passport, list[Fault]]:
    """The passport, and what is missing in it or read by nothing: it can serve, but not as its author thinks.

    Raises Faults where it cannot serve.
    """
    plain, root = read_document(data)
    try:
        passport = _shaped(plain)
        if faults := find_faults(passport):
            raise Faults(faults)
    except Faults as found:
        raise Faults(_placed(found.faults, root)) from found
    return passport, _placed(find_omissions(passport, policies), root)


def _placed(faults: Iterable[Fault], root: Any) -> list[Fault]:
    return [fault._replace(line=line_of(root, fault.path)) for fault in faults]


def _shaped(plain: Any) -> Passport:
    if not isinstance(plain, dict):
        what = N_("%(value)s is not a passport; write its keys, beginning with id: …", value=shown(plain))
        raise Faults([Fault((), what)])
    try:
        return Passport.model_validate(plain)
    except ValidationError as error:
        raise Faults(_faults_of(error, plain)) from error


def _faults_of(error: ValidationError, plain: Any) -> list[Fault]:
    """One fault a place, in the order found: a union complains once for each of its kinds."""
    faults: dict[Path, Fault] = {}
    for details in error.errors(include_url=False):
        path = _as_written(details["loc"], plain, missing=details["type"] == "missing")
        for fault in _translate(path, dict(details)):
            faults.setdefault(fault.path, fault)
    return list(faults.values())


def _as_written(loc: Path, plain: Any, missing: bool) -> Path:
    """The place in the file: without the names of union members, which the shape puts between."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        if _holds(plain, part):
            plain = plain[part]
        elif not (missing and number == len(loc) - 1):
            continue
        path.append(part)
    return tuple(path)


def _holds(plain: Any, part: str | int) -> bool:
    if isinstance(plain, list):
        return isinstance(part, int) and part < len(plain)
    return isinstance(plain, dict) and part in plain


def _translate(path: Path, details: dict[str, Any]) -> Iterator[Fault]:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    inner = context.get("error")
    if isinstance(inner, Faults):
        yield from (Fault(path + fault.path, fault.what) for fault in inner.faults)
    elif kind == "missing":
        yield _missing(path)
    elif kind == "extra_forbidden":
        yield from key_faults(path, str(path[-1]), _known_keys(path[:-1]))
    elif kind == "literal_error":
        yield Fault(path, choice_fault(value, _choices(context["expected"])))
    elif kind == "string_pattern_mismatch" or (path and path[-1] == "edition"):
        yield Fault(path, _pattern(path, value))
    elif kind in ("model_type", "dict_type", "model_attributes_type") and _is_text(path):
        yield Fault(
            path,
            N_("%(value)s is in no language; write it in three languages: {kk: …, ru: …, en: …}", value=shown(value)),
        )
    elif kind == "value_error":
        yield Fault(path, inner.args[0] if inner and inner.args else str(inner))
    else:
        sentence = _SENTENCES.get(kind)
        if sentence is None:
            yield Fault(path, f"{shown(value)}: {details['msg']}")
        else:
            words = {key: str(word) for key, word in context.items()} | {"value": shown(value)}
            yield Fault(path, N_(sentence.msgid, **words))


def _missing(path: Path) -> Fault:
    key = str(path[-1])
    if _is_text(path[:-1]) and key in _MISSING_TEXTS:
        return Fault(path[:-1], _MISSING_TEXTS[key])
    return Fault(path[:-1], N_('"%(key)s" is missing; add %(key)s: …', key=key))


def _pattern(path: Path, value: object) -> Said:
    if path[-1] == "edition":
        return N_('%(value)s is not an edition; write the date it was issued, like "2015-04-07"', value=shown(value))
    return N_(
        '%(value)s is not an id; write small Latin letters, digits, - and _, like "birth-certificate"',
        value=shown(value),
    )


def _choices(expected: str) -> list[str]:
    """The words of the shape's own phrase: 'a', 'b' or 'c'."""
    return [word for word in expected.split("'") if word and word not in (", ", " or ")]


def _known_keys(path: Path) -> list[str]:
    model = _model_at(path)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(path: Path) -> type[BaseModel] | None:
    """The part of the shape that stands at a place of the file."""
    model: type[BaseModel] | None = Passport
    for part in path:
        if isinstance(part, int) or model is None:
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if part in fields:
            model = next(_models_in(fields[part].annotation), None)
    return model


def _is_text(path: Path) -> bool:
    model = _model_at(path)
    return model is not None and issubclass(model, Text)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
