"""Answers as people read them: for checking, for signing, for papers."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Value

from ...models import Account, Document, Kindergarten, Locality, Organisation
from ..languages import format_date
from ..passports.people import confirmations, list_person_keys, person_keys
from ..passports.schema import FieldSpec, Step
from .conditions import holds
from .journey import Journey

Places = Mapping[tuple[str, str], str]  # (table, code) -> its name
YES = {"kk": "Иә, келісемін", "ru": "Да, согласие дано", "en": "Yes, consent given"}
OTHER_CHILD = {"kk": "ЖСН бойынша енгізілді", "ru": "Введён по ИИН", "en": "Entered by IIN"}
_HEAD = {
    "kk": ("Өтініш", "Өтініш беруші", "ЖСН", "Паспорттың редакциясы"),
    "ru": ("Заявление", "Заявитель", "ИИН", "Редакция паспорта"),
    "en": ("Application", "Applicant", "IIN", "Edition of the passport"),
}


@dataclass(frozen=True)
class DescribedAnswer:
    """One answer: the step it was asked in, the question, and the answer in the reader's words.

    `signed` is what stands for it in the text to sign, where that is more: files with the hashes of their content.
    """

    step: str
    field: str
    label: str
    value: str
    signed: str = ""


def describe(journey: Journey, lang: str) -> list[DescribedAnswer]:
    """Every answer on this journey in the order of its questions; what registers filled in stands with its person."""
    lines = []
    answers, facts = journey.answers, journey.facts
    places = _find_places(journey.passport.fields(), answers, lang)
    skipped = confirmations(journey.passport)
    for step in journey.steps:
        for spec in step.fields:
            if spec.id in skipped or not holds(spec.when, answers, facts):
                continue
            if spec.type == "person":
                lines += _person_lines(step.id, spec, journey, lang, places)
            elif spec.id not in facts:
                value = display(spec, answers.get(spec.id), lang, places)
                if value:
                    label = step.title if spec.type == "consent" else spec.label
                    signed = _with_hashes(answers[spec.id]) if spec.type == "upload" else ""
                    lines.append(DescribedAnswer(step.id, spec.id, label.in_(lang), value, signed))
    return lines


def _person_lines(
    step: str, spec: FieldSpec, journey: Journey, lang: str, places: Places | None = None
) -> list[DescribedAnswer]:
    lines = []
    told = person_keys(journey.passport, spec.id).facts()
    for other in journey.passport.fields():
        if other.id in told and other.id in journey.facts:
            value = display(other, journey.answers.get(other.id), lang, places)
            if value:
                lines.append(DescribedAnswer(step, other.id, other.label.in_(lang), value))
    if not lines and journey.answers.get(spec.id):
        lines.append(DescribedAnswer(step, spec.id, spec.label.in_(lang), OTHER_CHILD[lang]))
    return lines


def known_lines(journey: Journey, step: Step, lang: str) -> list[DescribedAnswer]:
    """What the registers filled in and this step asks to confirm, by a question "<person>_confirmed"."""
    asked = {spec.id for spec in step.fields}
    people = {keys.id for keys in list_person_keys(journey.passport) if keys.confirmed in asked}
    if not people:
        return []
    questions = [spec for spec in journey.passport.fields() if spec.id in people]
    return [line for spec in questions for line in _person_lines(step.id, spec, journey, lang)]


def display(spec: FieldSpec, value: Any, lang: str, places: Places | None = None) -> str:
    """One answer in the reader's words; "" when there is none. `places`: the names of towns and schools, if known."""
    if value in (None, "", []):
        return ""
    if places is None:
        places = _find_places([spec], {spec.id: value}, lang)
    match spec.type:
        case "date":
            return format_date(dt.date.fromisoformat(value), lang)
        case "choice" | "choices" | "ordered":
            values: list[str] = value if isinstance(value, list) else [value]
            names = _names(spec, values, lang, places)
            if spec.type == "ordered":
                return "; ".join(f"{place}. {names.get(item, item)}" for place, item in enumerate(values, 1))
            return "; ".join(names.get(item, item) for item in values)
        case "locality":
            return places.get(("Locality", value), str(value))
        case "consent":
            return YES[lang]
        case "upload":
            return "; ".join(document.name for document in _documents(value))
    return str(value)


def name_each(spec: FieldSpec, chosen: list[str], lang: str) -> dict[str, str]:
    """The chosen options with their names, in the order of the answer."""
    names = _names(spec, chosen, lang, _find_places([spec], {spec.id: chosen}, lang))
    return {code: names.get(code, code) for code in chosen}


def in_sentences(journey: Journey, lang: str) -> dict[str, str]:
    """The answers as they stand inside a passport's sentences, by field id; "" where there is none.

    A person is called by name, never by IIN; options begin with a capital only where they stand alone.
    """
    passport, answers = journey.passport, journey.answers
    fields = passport.fields()
    places = _find_places(fields, answers, lang)
    people = {keys.id: keys.name for keys in list_person_keys(passport)}
    return {spec.id: _inside(spec, answers, lang, places, people.get(spec.id)) for spec in fields}


def _inside(spec: FieldSpec, answers: Mapping[str, Any], lang: str, places: Places, name: str | None) -> str:
    if name is not None:
        return str(answers.get(name) or "")
    value = display(spec, answers.get(spec.id), lang, places)
    return value[:1].lower() + value[1:] if spec.options else value


def _documents(keys: list[str]) -> list[Document]:
    """The files of an answer, in its order."""
    found = {row.key: row for row in Document.select().where(Document.key.in_(keys))}
    return [found[key] for key in keys if key in found]


def _with_hashes(keys: list[str]) -> str:
    return "; ".join(map(with_hash, _documents(keys)))


def with_hash(document: Document) -> str:
    """A file as a signed text names it: whoever signs, signs its content."""
    return f"{document.name} (SHA-256 {document.sha256})"


def _names(spec: FieldSpec, codes: list[str], lang: str, places: Places) -> dict[str, str]:
    table = _table_of(spec)
    if table is not None:
        return {code: places[table.__name__, code] for code in codes if (table.__name__, code) in places}
    return {option.id: option.label.in_(lang) for option in spec.options}


def _table_of(spec: FieldSpec) -> type[Kindergarten] | type[Organisation] | type[Locality] | None:
    """Where the codes of an answer stand, if they are not the passport's own options."""
    if spec.type == "locality":
        return Locality
    if spec.options_from is None:
        return None
    return Kindergarten if spec.options_from == "kindergartens" else Organisation


def _find_places(specs: Iterable[FieldSpec], answers: Mapping[str, Any], lang: str) -> Places:
    """The names of everything that these answers mean by a code: at most one query."""
    codes: dict[Any, set[str]] = {}
    for spec in specs:
        table, value = _table_of(spec), answers.get(spec.id)
        if table is not None and value:
            codes.setdefault(table, set()).update(value if isinstance(value, list) else [value])
    queries = [
        table.select(Value(table.__name__), table.code, getattr(table, f"name_{lang}")).where(table.code.in_(wanted))
        for table, wanted in codes.items()
    ]
    if not queries:
        return {}
    return {(table, code): name for table, code, name in functools.reduce(operator.add, queries).tuples()}


def fill_draft(spec: FieldSpec, journey: Journey, lang: str) -> str | None:
    """The passport's draft of a long text, earlier answers filled in; None where it has none."""
    if spec.draft is None:
        return None
    return spec.draft.in_(lang).format_map(in_sentences(journey, lang))


def canonical_text(journey: Journey, account: Account, lang: str) -> str:
    """The text that is shown, signed and kept: plain lines, LF between them, no line at the end."""
    passport = journey.passport
    title, applicant, iin, edition = _HEAD[lang]
    lines = [
        f"{title}: {passport.title.in_(lang)}",
        f"{edition}: {format_date(dt.date.fromisoformat(passport.edition), lang)}",
        f"{applicant}: {account.name}",
        f"{iin}: {account.iin}",
        *(f"{line.label}: {line.signed or line.value}" for line in describe(journey, lang)),
        *(" ".join(statement.split()) for statement in consents(journey, lang).values()),
    ]
    return "\n".join(" ".join(line.split()) for line in lines)


def consents(journey: Journey, lang: str) -> Mapping[str, str]:
    """The statements consented to on this journey, by field id."""
    return {
        spec.id: (spec.statement or spec.label).in_(lang)
        for step in journey.steps
        for spec in step.fields
        if spec.type == "consent" and journey.answers.get(spec.id)
    }
