"""Forms, wizards and addresses of the Django side; imported by Django itself once its settings stand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.gzip import gzip_page
from formtools.wizard.views import NamedUrlSessionWizardView, SessionWizardView

from .answers import CATEGORIES, LANGUAGES, QUESTIONS, WISHES


def check_iin(value: str) -> None:
    """The check digit of an IIN."""
    if not re.fullmatch(r"[0-9]{12}", value):
        raise ValidationError("ЖСН 12 цифрдан тұрады.")
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False)) % 11
        if rest != 10:
            break
    if rest != int(value[11]):
        raise ValidationError("ЖСН-де қате бар.")


def check_phone(value: str) -> None:
    if not re.fullmatch(r"(\+7|8)7[0-9]{9}", re.sub(r"[ ()-]", "", value)):
        raise ValidationError("Нөмірді +7 701 000 00 00 түрінде жазыңыз.")


def _field(id: str, type: str, label: str, hint: str, required: bool) -> forms.Field:
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": required}
    radio, boxes = forms.RadioSelect, forms.CheckboxSelectMultiple
    match type:
        case "text":
            return forms.CharField(max_length=200, **common)
        case "long_text":
            return forms.CharField(max_length=4000, widget=forms.Textarea, **common)
        case "iin":
            return forms.CharField(validators=[check_iin], **common)
        case "phone":
            return forms.CharField(validators=[check_phone], **common)
        case "date":
            return forms.DateField(input_formats=["%d.%m.%Y"], **common)
        case "choice":
            choices = LANGUAGES if id == "language" else CATEGORIES
            return forms.ChoiceField(choices=choices, widget=radio, **common)
        case "choices":
            return forms.MultipleChoiceField(choices=WISHES, widget=boxes, **common)
        case "consent":
            return forms.BooleanField(**common)
    raise ValueError(type)


Questions = type("Questions", (forms.Form,), {name: _field(name, *rest) for name, *rest in QUESTIONS})


class Remark(forms.Form):
    remark = forms.CharField(max_length=200, label="Ескертпе")


class Wizard(LoginRequiredMixin):
    """What both of formtools' wizards share here."""

    template_name = "step.html"

    def done(self, form_list: list[forms.Form], **kwargs: Any) -> HttpResponse:
        return HttpResponse("done")


class SessionWizard(Wizard, SessionWizardView):
    """A step's POST answers with the next step's page."""


class FullWizard(SessionWizard):
    """The same in a frame in the reader's language, which answers compressed."""

    template_name = "full_step.html"
    template_engine = "full"


class NamedWizard(Wizard, NamedUrlSessionWizardView):
    """A step's POST redirects to the next step's address, as ours does."""


STEPS = [("questions", Questions), ("remark", Remark)]
urlpatterns = [
    path("", lambda request: HttpResponse("home"), name="home"),
    path("apply/", SessionWizard.as_view(STEPS), name="wizard"),
    path("full/", gzip_page(FullWizard.as_view(STEPS)), name="full"),
    path("named/<step>/", NamedWizard.as_view(STEPS, url_name="named"), name="named"),
]
