"""The other side: the same fifteen questions in Django and formtools' SessionWizardView, set up as for production.

DEBUG off, cached template loaders, sessions in the database, signed-in reader, CSRF on, one kept connection, and the
pragmas of our own database. What would slow Django down further is left out: no compression, no translations of labels,
no header middleware beyond its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from .answers import ANSWERS
from .measuring import Browser

BASE = """<!doctype html>
<html lang="kk">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %} – Qyzmet</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/site.css"></head>
<body>
<a class="skip" href="#main">Негізгі бөлікке өту</a>
<header><a href="{% url "home" %}">Qyzmet</a>
<nav aria-label="Тіл"><b lang="kk">Қазақша</b>
<a href="/ru/" lang="ru">Русский</a> <a href="/en/" lang="en">English</a></nav>
<a href="{% url "home" %}">Жеке кабинет</a></header>
<main id="main" tabindex="-1">{% block main %}{% endblock %}</main>
<footer><p>Байланыс орталығы: <a href="tel:1414"><b>1414</b></a></p>
<nav><a href="{% url "home" %}">Көмек</a> <a href="{% url "home" %}">Қызмет берушілер</a></nav></footer>
</body></html>"""

STEP = """{% extends "base.html" %}
{% block title %}Сауалнама{% endblock %}
{% block main %}
{% if wizard.form.errors %}<div class="errors" role="alert"><h2>Қайта қараңыз</h2><ul>
{% for field in wizard.form %}
{% for error in field.errors %}<li><a href="#{{ field.id_for_label }}">{{ error }}</a></li>
{% endfor %}{% endfor %}</ul></div>{% endif %}
<p class="hint">{{ wizard.steps.step1 }} / {{ wizard.steps.count }}</p>
<h1>Сауалнама</h1>
<form method="post" novalidate>{% csrf_token %}{{ wizard.management_form }}
{% for field in wizard.form %}<div class="field{% if field.errors %} bad{% endif %}">
<label for="{{ field.id_for_label }}">{{ field.label }}</label>
{% if field.help_text %}<p class="hint" id="{{ field.id_for_label }}-hint">{{ field.help_text }}</p>{% endif %}
{% for error in field.errors %}<p class="error">{{ error }}</p>{% endfor %}
{{ field }}</div>
{% endfor %}
{% if wizard.steps.prev %}<button name="wizard_goto_step" value="{{ wizard.steps.prev }}">Артқа</button>{% endif %}
<button>Жалғастыру</button></form>
{% endblock %}"""


def configure(folder: Path) -> None:
    """Settings, tables and one signed-in reader."""
    loaders = [("django.template.loaders.locmem.Loader", {"base.html": BASE, "step.html": STEP})]
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000; "
        "PRAGMA cache_size=-16000;"
    )
    settings.configure(
        DEBUG=False,
        SECRET_KEY="bench only, not a secret, but long enough for Django",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=f"{__package__}.django_views",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "formtools",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        SESSION_ENGINE="django.contrib.sessions.backends.db",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "django.sqlite"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {"init_command": pragmas, "transaction_mode": "IMMEDIATE"},
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.cached.Loader", loaders)],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        LANGUAGE_CODE="kk",
        LANGUAGES=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        USE_TZ=True,
        TIME_ZONE="Asia/Almaty",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()


def sign_in() -> Browser:
    """A browser whose reader is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("900101400017")
    session = SessionStore()
    session[SESSION_KEY] = user.pk
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return Browser(application, {"sessionid": session.session_key})


def _answers(prefix: str, token: str) -> dict[str, Any]:
    day, month, year = (ANSWERS[f"birth_date-{part}"] for part in ("day", "month", "year"))
    whole = {name: value for name, value in ANSWERS.items() if not name.startswith("birth_date")}
    whole["birth_date"] = f"{int(day):02}.{int(month):02}.{year}"
    typed = {f"questions-{name}": value for name, value in whole.items()}
    return {"csrfmiddlewaretoken": token, f"{prefix}-current_step": "questions", **typed}


def _token(page: bytes) -> str:
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:2000]
    return found[1].decode()


def make_session_cycle(browser: Browser) -> Any:
    """GET the step; POST it, which answers with the next step's page: two requests."""

    def cycle() -> None:
        page = browser.get("/apply/")
        answer = browser.post("/apply/", _answers("session_wizard", _token(page.body)))
        assert answer.status == 200
        assert b"remark-remark" in answer.body, answer.body[:3000].decode()

    return cycle


def make_named_cycle(browser: Browser) -> Any:
    """GET the step; POST it, which redirects; GET the next step: three requests, as with us."""

    def cycle() -> None:
        page = browser.get("/named/questions/")
        answer = browser.post("/named/questions/", _answers("named_wizard", _token(page.body)))
        assert answer.status == 302, answer.body[:3000].decode()
        following = browser.get(answer.header("Location"))
        assert b"remark-remark" in following.body

    return cycle
