"""Question types, each once: how an answer is read, checked and kept as JSON. Templates in questions/ ask them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from ..models import Document
from ..services.files.limits import ACCEPT, FILES_OF_A_FIELD, LARGEST_FILE, MB
from ..services.iin import CheckDigitWrong, NotTwelveDigits, birth_date, has_no_birth_date, read_iin
from ..services.journeys.field_rules import broken_rule
from ..services.passports.schema import FieldSpec, Option
from ..services.person_names import find_strange
from ..services.phones import normalise_phone
from ..services.typed_dates import LONGEST, read_date
from ..typed_text import clean_line, clean_number, clean_text, without_number_sign

MISSING = {
    "choice": _l("Choose one of the answers."),
    "person": _l("Choose one of the answers."),
    "choices": _l("Choose at least one."),
    "ordered": _l("Choose at least one."),
    "locality": _l("Choose a town or a village."),
    "consent": _l("Without your consent the application cannot be taken. Tick the box if you agree."),
    "upload": _l("Add a photo or a PDF of the paper."),
    "date": _l("Write the day, the month and the year."),
}
MISSING_PART = {
    "day": _l("The day is missing."),
    "month": _l("The month is missing."),
    "year": _l("The year is missing."),
}


@dataclass(frozen=True)
class Choice:
    """An answer to choose. `born` is set where the choice is a person; `group` is a heading above it in a long list."""

    id: str
    label: str
    hint: str = ""
    group: str = ""
    born: str = ""
    note: str = ""  # what one should know before choosing it


class Question(Field):
    """A field of a step form, made from its passport's specification.

    Made once and copied into every form (steps.py): __init__ looks at nothing but the specification and the language.
    """

    data: Any

    def __init__(self, *, spec: FieldSpec, lang: str, **options: Any) -> None:
        super().__init__(label=spec.label.in_(lang), **options)
        self.name = self.short_name = self.id = spec.id
        self.spec, self.lang = spec, lang
        self.hint = spec.hint.in_(lang) if spec.hint else ""
        self.required = spec.required
        self.choices = tuple(
            Choice(option.id, option.label.in_(lang), "; ".join(_hints(option, lang))) for option in spec.options
        )  # those of the passport; others come with each form
        self.today = dt.date.min
        self.asked = True
        self.prepared = ""  # of a letter that was edited: what the answers say now

    @property
    def is_of_places(self) -> bool:
        """Whether it is answered from a list of towns or institutions, which may lack the one that is meant."""
        return self.spec.type == "locality" or self.spec.options_from is not None

    @property
    def lacks_choices(self) -> bool:
        """Whether it is answered from such a list, and the list is empty."""
        return self.is_of_places and not self.choices

    @property
    def typed(self) -> str:
        """What stands in the control: as typed, else the answer saved."""
        return self.raw_data[0] if self.raw_data else str(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data in ("", None, [], False):
            if self.required and self.asked:
                raise StopValidation(MISSING.get(self.spec.type, _l("Fill this in.")))
            raise StopValidation()
        self.check()
        value = self.value_for_rules() if self.spec.rules else ""
        broken = broken_rule(self.spec.rules, value, self.today) if value else None
        if broken:
            raise StopValidation(broken.message.in_(self.lang))

    def check(self) -> None:
        """Raise StopValidation where the answer is not of the type."""

    def value_for_rules(self) -> str:
        return self.data if isinstance(self.data, str) else ""


def refuse_strange_name(name: str) -> None:
    """Raise StopValidation where a sign in it belongs to no name."""
    if sign := find_strange(name):
        raise StopValidation(
            _l("A name has letters, hyphens, apostrophes, dots and brackets only. Take this out: %(sign)s", sign=sign)
        )


class TextQuestion(Question):
    longest = 200

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = without_number_sign(self.data)

    def check(self) -> None:
        refuse_strange_name(self.data if self.spec.is_name else "")
        most = self.spec.max_length or self.longest
        if len(self.data) > most:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=most))


class LongTextQuestion(TextQuestion):
    longest = 4000

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist else ""


class IinQuestion(Question):
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = "".join(clean_number(valuelist[0]).split()) if valuelist else ""

    def check(self) -> None:
        try:
            self.data = read_iin(self.data)
        except NotTwelveDigits:
            raise StopValidation(_l("An IIN has 12 digits. Check that none is missing and none is extra.")) from None
        except CheckDigitWrong:
            raise StopValidation(_l("One digit of this IIN is mistyped. Compare it with the document.")) from None
        if has_no_birth_date(self.data):
            raise StopValidation(
                _l("An IIN begins with a date of birth, and there is no such day. Compare it with the document.")
            )
        born = birth_date(self.data)
        if born is not None and born > self.today:
            raise StopValidation(_l("By this IIN the person is not born yet. Compare it with the document."))

    def value_for_rules(self) -> str:
        """Nothing: the birth date in some real numbers disagrees with the person's, so no rule is held against it."""
        return ""


class DateQuestion(Question):
    """Day, month and year in three boxes, in digits or words; a whole date typed or pasted into any of them is read."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.parts = self.data.split("-")[::-1] if self.data else ["", "", ""]
        if formdata is None:
            return
        whole = clean_number(formdata.get(self.name, ""))[:LONGEST]
        sent = [clean_number(formdata.get(f"{self.name}-{part}", ""))[:LONGEST] for part in ("day", "month", "year")]
        self.parts = self.raw_data = [whole, "", ""] if whole else sent
        self.data = "?" if any(self.parts) else ""  # read once it is known which day it is, see pre_validate

    def pre_validate(self, form: Any) -> None:
        if self.data == "?":
            self._read()
        super().pre_validate(form)

    def _read(self) -> None:
        """What was typed, as a day. A part that is missing is never guessed."""
        day = read_date(" ".join(self.parts), self.today, self.is_past)
        if day is not None:
            self.data = day.isoformat()
            self.parts = [str(day.day), str(day.month), str(day.year)]

    def check(self) -> None:
        if self.data != "?":
            return
        day, month, year = self.parts
        if not (day and month and year) and (month or year or day.isdigit()):
            missing = MISSING_PART["day" if not day else "month" if not month else "year"]
            raise StopValidation(_l("%(what)s For example: %(date)s.", what=missing, date=self.example))
        raise StopValidation(_l("There is no such date. Write it like this: %(date)s.", date=self.example))

    @property
    def is_past(self) -> bool:
        """Whether it asks for a day that lies behind: a birth, the day a paper was issued."""
        return any(rule.rule in ("not_future", "age_under", "age_at_least") for rule in self.spec.rules)

    @property
    def example(self) -> str:
        """A day that the question would take, by the clock: behind us for a birth or a paper's issue, else ahead."""
        near = self.today + dt.timedelta(days=-120 if self.is_past else 120)
        years = 4 if any(rule.rule == "age_under" for rule in self.spec.rules) else 0
        return f"27 {near.month} {near.year - years}"


class PhoneQuestion(Question):
    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = normalise_phone(typed) or typed

    def check(self) -> None:
        if not normalise_phone(self.data):
            raise StopValidation(_l("This is not a mobile number of Kazakhstan. Write it like +7 701 000 00 00."))


class ChoiceQuestion(Question):
    def check(self) -> None:
        if not any(choice.id == self.data for choice in self.choices):
            raise StopValidation(_l("This answer is not in the list. Choose one of the answers."))


class PersonQuestion(ChoiceQuestion):
    def value_for_rules(self) -> str:
        return next((choice.born for choice in self.choices if choice.id == self.data), "")


class ChoicesQuestion(Question):
    many = True

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(value for value in valuelist if value))

    def check(self) -> None:
        known = {choice.id for choice in self.choices}
        if not known.issuperset(self.data):
            raise StopValidation(_l("This answer is not in the list. Choose one of the answers."))
        if self.spec.max_choices and len(self.data) > self.spec.max_choices:
            raise StopValidation(
                _l("You chose %(count)s. Choose at most %(most)s: take the marks off the others.",
                   count=len(self.data), most=self.spec.max_choices)
            )  # fmt: skip


class OrderedQuestion(ChoicesQuestion):
    """Boxes to tick, in order of wish: what is ticked already stands first, in its order, and so it is sent."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [value for value in valuelist[:20] if value]

    @property
    def in_order(self) -> list[Choice]:
        """The choices, those that were chosen first."""
        chosen = list(self.data or [])
        known = {choice.id: choice for choice in self.choices}
        first = [known[id] for id in dict.fromkeys(chosen) if id in known]
        return [*first, *(choice for choice in self.choices if choice.id not in chosen)]

    def check(self) -> None:
        if len(set(self.data)) < len(self.data):
            raise StopValidation(_l("One is chosen twice. Choose it only once."))
        super().check()


class UploadQuestion(Question):
    """Files are kept when they come (views/uploads.py); here it is only seen whether there are any."""

    files: tuple[Document, ...] = ()
    refused: tuple[Any, ...] = ()  # lazy texts, of files that came and were not taken
    address = ""  # where a script sends files in pieces
    accept = ACCEPT

    @property
    def most(self) -> int:
        return self.spec.max_files or FILES_OF_A_FIELD

    @property
    def most_megabytes(self) -> int:
        return LARGEST_FILE // MB

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing: what the form brings has been taken before the form was made."""

    def give(self, files: list[Document], refused: list[Any], address: str) -> None:
        """What has been taken so far, and what has not."""
        self.files, self.refused, self.address = tuple(files), tuple(refused), address
        self.data = [document.key for document in files]


class ConsentQuestion(Question):
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist == ["yes"]  # nothing else that could be sent is a consent


TYPES: dict[str, type[Question]] = {
    "text": TextQuestion,
    "long_text": LongTextQuestion,
    "iin": IinQuestion,
    "date": DateQuestion,
    "phone": PhoneQuestion,
    "choice": ChoiceQuestion,
    "choices": ChoicesQuestion,
    "ordered": OrderedQuestion,
    "locality": ChoiceQuestion,
    "consent": ConsentQuestion,
    "person": PersonQuestion,
    "upload": UploadQuestion,
}


def _hints(option: Option, lang: str) -> list[str]:
    """What stands below an option: its hint, and the document that proves it."""
    return [said.in_(lang) for said in (option.hint, option.proof) if said]
