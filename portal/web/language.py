"""In which language a page speaks: the first part of its address, else a cookie, else what the browser asks.

Two parts are for speed. Without what `say` keeps, Flask-Babel and Jinja translating anew, a step of the bench takes
4.49 ms of processor time instead of 3.99 (1.12 times as much); with url_for in `addresses` 4.01 instead of 3.9 (1.03).
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, force_locale, get_translations, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from ..services.languages import LANGUAGES, NAMES, format_date, format_day, format_moment, format_time, weekday
from ..services.local_time import local
from ..services.passports.schema import Term
from . import catalogues, clock

LANG_PREFIX = "/<any(kk,ru,en):lang>"  # the url_prefix of every blueprint whose pages speak to people
MONDAY = dt.date(2024, 1, 1)
YEAR = 365 * 24 * 3600
LONGEST_ECHO = 200  # signs of what an address asks for, where a page says it again
UNQUOTED = "!$&'()*+,/:;=@"  # in a path, as url_for writes it


def init_app(app: Flask) -> None:
    catalogues.init_app(app)
    Babel(
        app,
        default_locale="kk",
        default_timezone="Asia/Almaty",
        default_translation_directories=str(catalogues.TRANSLATIONS),
        locale_selector=lambda: g.get("lang", "kk"),  # commands have no request; they use flask_babel.force_locale
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        say, lambda one, many, number: _translations().ungettext(one, many, number)
    )
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = say
    app.url_value_preprocessor(take_language)
    app.url_defaults(add_language)
    app.context_processor(words)
    app.jinja_env.globals["to_here"] = to_here
    app.jinja_env.filters["capital"] = capital


def say(text: str, **values: Any) -> Markup:
    """What templates call `_`: the text in the page's language, the values put in and escaped."""
    try:
        lang = g.lang
    except (AttributeError, RuntimeError):  # no page: a command
        return Markup(get_translations().ugettext(text)) % values  # noqa: S704 - our own words
    return _pattern(lang, text) % values if values else _plain(lang, text)


@functools.lru_cache(4096)
def _pattern(lang: str, text: str) -> Markup:
    return Markup(_catalogue(lang).ugettext(text))  # noqa: S704 - our own words


@functools.lru_cache(4096)
def _plain(lang: str, text: str) -> Markup:
    return _pattern(lang, text) % {}


@functools.cache
def _catalogue(lang: str) -> Any:
    with force_locale(lang):
        return get_translations()


def _translations() -> Any:
    return _catalogue(g.lang) if has_request_context() and "lang" in g else get_translations()


def cookie_name(app: Flask, name: str) -> str:
    """`__Host-` cookies need https; the demo over plain http does without."""
    return f"__Host-{name}" if app.extensions["context"].settings.secure_cookies else name


def choose_language() -> str:
    """The reader's language where the address does not say it: cookie, then Accept-Language, then Kazakh."""
    chosen = request.cookies.get(cookie_name(current_app, "l"), "")[:2]  # the rest tells of the stylesheet
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "kk"


def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Move `lang` out of the view's arguments into g.lang; an unknown address under /ru/ still speaks Russian."""
    first = request.path[1:].partition("/")[0]
    lang = values.pop("lang", None) if values else None
    g.lang = lang or (first if first in LANGUAGES else choose_language())


def add_language(endpoint: str, values: dict[str, Any]) -> None:
    """url_for needs no `lang`: pages link to pages of the same language."""
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = g.get("lang", "kk")


def addresses() -> dict[str, str]:
    """The address of the present page in each language; the home page where the present one has none."""
    endpoint, rule = request.endpoint, request.url_rule
    takes_language = endpoint and current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if not endpoint or not takes_language or rule is None or "GET" not in (rule.methods or ()):
        return {lang: f"/{lang}/" for lang in LANGUAGES}
    if not request.query_string:
        root, rest = request.script_root, quote(request.path[1:].partition("/")[2], safe=UNQUOTED)  # behind LANG_PREFIX
        return {lang: f"{root}/{lang}/{rest}" for lang in LANGUAGES}
    asked = {name: value[:LONGEST_ECHO] for name, value in request.args.items() if not name.startswith("_")}
    arguments = {**asked, **(request.view_args or {})}
    return {lang: url_for(endpoint, **{**arguments, "lang": lang}) for lang in LANGUAGES}


def to_here() -> Markup:
    """Attribute of a form that is sent to the present address.

    Without it some browsers, as w3m, drop the query, and all keep the mark of the field that an error led to (#name)
    in the addresses of the pages after it.
    """
    return Markup(' action="%s"') % (request.full_path if request.query_string else request.path)


def words() -> dict[str, Any]:
    """What every template may use."""
    lang = g.get("lang", "kk")
    return {
        "lang": lang,
        "languages": NAMES,
        "addresses": addresses,
        "now": clock.now,
        "format_date": lambda day: format_date(day, lang),
        "format_day": lambda day: format_day(day, lang),
        "format_moment": lambda moment: format_moment(moment, lang),
        "format_time": format_time,
        "weekday": lambda day: weekday(local(day) if isinstance(day, dt.datetime) else day, lang),
        "weekday_name": lambda number: weekday(MONDAY + dt.timedelta(days=number), lang),
        "days_until": lambda moment: (local(moment).date() - local(clock.now()).date()).days,
        "term": describe_term,
        "usually": describe_usual,
    }


def capital(text: str) -> str:
    """A statement as a heading: its first letter large, also after a quotation mark; an address stays as it is."""
    if text.startswith("www."):
        return text
    start = 1 if text[:1] in '«"“' else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def describe_term(term: Term) -> str:
    """A term in words: "30 minutes", "2 working days"."""
    if term.minutes is not None:
        return ngettext("%(num)d minute", "%(num)d minutes", term.minutes)
    return ngettext("%(num)d working day", "%(num)d working days", term.working_days or 0)


def describe_usual(number: int, unit: str) -> str:
    """How long something took, in words: minutes, hours or days by how many they are; working days as they are."""
    if unit == "working_days":
        return ngettext("%(num)d working day", "%(num)d working days", number) if number else _("the same day")
    if number < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", number)
    if number < 24 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", -(-number // 60))
    return ngettext("%(num)d day", "%(num)d days", -(-number // (24 * 60)))
