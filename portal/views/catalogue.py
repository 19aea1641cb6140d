"""The way in: the services and their passports."""

from flask import Blueprint, current_app, redirect, render_template, url_for

from ..web.access import public
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX, choose_language

bp = Blueprint("catalogue", __name__)


@bp.get("/")
@public
def root():
    return redirect(url_for("catalogue.home", lang=choose_language()), 303)


@bp.get(f"{LANG_PREFIX}/")
@public
def home():
    keep_page()
    services = current_app.extensions["passports"].list_services()
    return render_template("catalogue/home.html", services=services, q="")


@bp.get(f"{LANG_PREFIX}/services/<id>")
@public
def service(id: str):
    keep_page()
    passport = current_app.extensions["passports"].get(id)
    return render_template("catalogue/service.html", passport=passport)
