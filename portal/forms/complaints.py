"""Forms of a complaint: to whom and about what, then what happened."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from ..services.files.slots import FILES_OF_A_COMPLAINT
from ..services.languages import LANGUAGES
from .accounts import IinForm, PhoneForm
from .fields import UploadQuestion, refuse_strange_name
from .form import Form

LONGEST_OF = {"address": 300, "official": 200, "outcome": 300, "text": 8000}
AGAINST = {
    "provider": _l("The body that provides the service"),
    "official": _l("An official of that body"),
    "state_corporation": _l("The State Corporation (front office)"),
    "employee": _l("An employee of the State Corporation"),
}


def _short_enough(form: Form, field: Any) -> None:
    most = LONGEST_OF.get(field.name, 200)
    if len(field.data or "") > most:
        raise StopValidation(_l("This is too long: at most %(most)s characters.", most=most))


def _needed(message: Any) -> Any:
    def check(form: Form, field: Any) -> None:
        if not field.raw_data or not (field.data or "").strip():  # what was not sent does not stand as it was
            raise StopValidation(message)
        _short_enough(form, field)

    return check


class StatedForm(IinForm, PhoneForm):
    """Who complains without signing in."""

    name = StringField(
        _l("Surname, name, patronymic (if any)"),
        description=_l("As on your identity card"),
        validators=[_needed(_l("Write your surname and name."))],
    )
    phone = StringField(_l("Mobile phone"), description=_l("For example +7 701 000 00 00"))

    def validate_name(self, field: StringField) -> None:
        refuse_strange_name(field.data or "")


class AddresseeForm(Form):
    """What happened, with which service, with which of my cases, through whom."""

    fitting: set[str] = set()  # keys of AGAINST that the chosen service has
    text = TextAreaField(
        _l("What happened?"),
        description=_l("At most %(most)s characters", most=LONGEST_OF["text"]),
        validators=[_short_enough],
    )
    service = SelectField(_l("Which service is it about?"), validate_choice=False)
    about = SelectField(_l("Is it about one of your applications?"), validate_choice=False)
    against = RadioField(
        _l("Who is your complaint about?"),
        validate_choice=False,
        validators=[_needed(_l("Choose who your complaint is about."))],
    )

    def validate_service(self, field: SelectField) -> None:
        if not field.data or field.data not in dict(field.choices):
            raise StopValidation(_l("Choose one of the answers."))

    def validate_against(self, field: RadioField) -> None:
        if field.data in self.fitting:
            return
        if field.data not in AGAINST:
            raise StopValidation(_l("Choose one of the answers."))
        raise StopValidation(
            _l("With this service no complaint goes there. Choose another service, or one of the other answers here.")
        )

    def validate_about(self, field: SelectField) -> None:
        if (field.data or "") not in dict(field.choices):
            raise StopValidation(_l("Choose one of the answers."))

    def offer(
        self, services: list[tuple[str, str]], cases: list[tuple[str, str]], against: list[tuple[str, list[str]]]
    ) -> None:
        """`services` and `cases`, one's own, as pairs of a value and a label; `against`: keys of AGAINST, each with the
        titles of the services that have it, where not all have.

        Of several services none is chosen already: "" stands for that, and is no answer.
        """
        self.service.choices = services if len(services) == 1 else [("", "–"), *services]
        self.about.choices = [("", "–"), *cases]
        self.against.choices = [(id, ": ".join([str(AGAINST[id]), *titles])) for id, titles in against]
        self.fitting = {id for id, _titles in against}
        if self.against.data in AGAINST and self.against.data not in self.fitting:
            self.against.choices.append((self.against.data, AGAINST[self.against.data]))  # what was chosen stays chosen


class ReplyForm(Form):
    """What the complainant answers to the office."""

    text = TextAreaField(_l("Your reply"), validators=[_needed(_l("Write your reply."))])


def _choices_of(groups: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    return [choice for choices in groups.values() for choice in choices]


class BodyForm(Form):
    """To which body; the choices stand in groups, an instance each."""

    body = SelectField(_l("Which body?"), validate_choice=False, validators=[_needed(_l("Choose the body."))])

    def offer(self, groups: dict[str, list[tuple[str, str]]], proposed: list[tuple[str, str]]) -> None:
        """`groups`: the bodies by the instance's name; where one alone is proposed, it is chosen already."""
        self.groups, self.body.choices = groups, _choices_of(groups)
        if not self.body.raw_data and self.body.data not in dict(self.body.choices):
            self.body.data = proposed[0][0] if len(proposed) == 1 else ""

    def validate_body(self, field: SelectField) -> None:
        if field.data not in dict(field.choices):
            raise StopValidation(_l("Choose the body."))


class ComplaintForm(BodyForm):
    """What the law asks a complaint to say, and what the complainant wants."""

    listed = SelectField(
        _l("An official of that body"),
        description=_l("Choose, if the person is in the list; otherwise write the name or the post below"),
        choices=[],
        validate_choice=False,
    )
    official = StringField(
        _l("Whose decision or action is it about?"),
        description=_l("The name or the post of the person, if you know it"),
    )
    text = TextAreaField(
        _l("What happened?"),
        description=_l("In your own words: when, where, who, what you were told"),
        validators=[_needed(_l("Write what happened."))],
    )
    outcome = StringField(
        _l("What outcome do you want?"),
        description=_l("In one line, for example: look at my application again"),
        validators=[_short_enough],
    )
    address = StringField(
        _l("Your postal address"),
        description=_l("The law asks for it. The answer comes to your personal cabinet."),
        validators=[_needed(_l("Write your postal address."))],
    )

    against = "provider"

    def without_sign_in(self) -> None:
        """Of who has proved a phone only: where the answer opens for them."""
        self.address.description = _l(
            "The law asks for it. The answer opens on the portal once this IIN and this phone are confirmed by a code."
        )

    def validate_official(self, field: StringField) -> None:
        if len(self.answers()["official"]) > LONGEST_OF["official"]:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_OF["official"]))

    def validate_listed(self, field: SelectField) -> None:
        if (field.data or "") not in ("", *dict(field.choices)):
            raise StopValidation(_l("Choose from the list."))

    def offer_officials(self, officials: list[tuple[str, str]]) -> None:
        """Whom to choose from, as pairs of a name and a label; a name kept from before is chosen, and not written."""
        self.listed.choices = [("", "–"), *officials] if officials else []
        if not self.listed.raw_data and self.official.data in dict(officials):
            self.listed.data, self.official.data = self.official.data, ""

    def answers(self) -> dict[str, str]:
        """What was written, line ends as LF."""
        written = {name: self[name].data or "" for name in ("body", "official", "text", "outcome", "address")}
        chosen = self.listed.data if self.listed.data in dict(self.listed.choices) else ""
        return {**written, "official": ", ".join(filter(None, (chosen, written["official"])))}

    def answers_that_fit(self) -> dict[str, str]:
        """What was written so far and is no error in itself: kept while files are added."""
        written = {name: value for name, value in self.answers().items() if len(value) <= LONGEST_OF.get(name, 200)}
        return written if self.body.data in dict(self.body.choices) else {**written, "body": ""}


# A form for each language: the question that takes files is written as those of the passports are.
WITH_FILES: dict[str, type[ComplaintForm]] = {
    lang: type("WithFiles", (ComplaintForm,), {"files": UploadQuestion(spec=FILES_OF_A_COMPLAINT, lang=lang)})
    for lang in LANGUAGES
}
