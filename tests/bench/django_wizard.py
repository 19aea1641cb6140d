"""The other side: the same fifteen questions in Django and formtools' SessionWizardView, set up as for production.

DEBUG off, cached template loaders, sessions in the database, signed-in reader, CSRF on, one kept connection, and the
pragmas of our own database. This is the side that the bar is about. It has less to do than ours: no compression, a
frame in one language, no header middleware beyond its own.

FullWizard is the same with two of these, as a Django site would have them: answers compressed (gzip_page) and the frame
of our pages through Django's translations. It is there to be read beside the other; no bar hangs on it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from .answers import ANSWERS
from .measuring import Browser

READER = "900101400017"

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

FULL_BASE = """{% load i18n %}{% get_current_language as lang %}<!doctype html>
<html lang="{{ lang }}">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %} – Qyzmet</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/site.css"></head>
<body>
<a class="skip" href="#main">{% translate "Skip to the main content" %}</a>
<header><a href="{% url "home" %}">Qyzmet</a>
<a href="{% url "home" %}">{% translate "Personal cabinet" %}</a>
<nav aria-label="{% translate "Language" %}">{% for code, name in LANGUAGES %}
{% if code == lang %}<b lang="{{ code }}" aria-current="true">{{ name }}</b>
{% else %}<a href="/{{ code }}{{ request.path }}" lang="{{ code }}" hreflang="{{ code }}">{{ name }}</a>
{% endif %}{% endfor %}</nav></header>
<aside class="demo">{% translate "This is a trial version: the people and data are invented." %}</aside>
<main id="main" tabindex="-1">{% block main %}{% endblock %}</main>
<footer><p>{% translate "Contact centre, free of charge, day and night:" %} <a href="tel:1414"><b>1414</b></a></p>
<nav aria-label="{% translate "About the portal" %}"><a href="{% url "home" %}">{% translate "Help" %}</a>
<a href="{% url "home" %}">{% translate "Service providers" %}</a>
<a href="{% url "home" %}">{% translate "Your data" %}</a>
<a href="{% url "home" %}">{% translate "Accessibility" %}</a></nav></footer>
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
    """Django's settings."""
    pages = {"base.html": BASE, "step.html": STEP, "full_base.html": FULL_BASE}
    pages["full_step.html"] = STEP.replace("base.html", "full_base.html")
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
            _templates("plain", pages, "request"),
            _templates("full", pages, "debug", "request", "i18n"),
        ],
        LANGUAGE_CODE="kk",
        LANGUAGES=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        USE_TZ=True,
        TIME_ZONE="Asia/Almaty",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()


def _templates(name: str, pages: dict[str, str], *processors: str) -> dict[str, Any]:
    loaders = [("django.template.loaders.locmem.Loader", pages)]
    return {
        "NAME": name,
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", loaders)],
            "context_processors": [f"django.template.context_processors.{processor}" for processor in processors],
        },
    }


def start() -> Any:
    """The application on tables of its own, with one reader."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("migrate", verbosity=0)
    User.objects.create_user(READER)
    return application


def sign_in(application: Any) -> Browser:
    """A browser whose reader is signed in. Each wizard gets one: a session carries the answers of all its wizards."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    user = User.objects.get(username=READER)
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


def make_session_cycle(browser: Browser, path: str = "/apply/", prefix: str = "session_wizard") -> Any:
    """GET the step; POST it, which answers with the next step's page: two requests."""

    def cycle() -> None:
        page = browser.get(path)
        answer = browser.post(path, _answers(prefix, _token(page.text)))
        assert answer.status == 200
        assert b"remark-remark" in answer.text, answer.text[:3000].decode()

    return cycle


def make_full_cycle(browser: Browser) -> Any:
    """The same two requests to FullWizard."""
    return make_session_cycle(browser, "/full/", "full_wizard")


def make_named_cycle(browser: Browser) -> Any:
    """GET the step; POST it, which redirects; GET the next step: three requests, as with us."""

    def cycle() -> None:
        page = browser.get("/named/questions/")
        answer = browser.post("/named/questions/", _answers("named_wizard", _token(page.body)))
        assert answer.status == 302, answer.body[:3000].decode()
        following = browser.get(answer.header("Location"))
        assert b"remark-remark" in following.body

    return cycle
