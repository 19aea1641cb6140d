"""The quiet pages: help, what we keep about you, accessibility, the bodies that provide services."""

from flask import Blueprint, render_template

from ..web.access import public
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX

bp = Blueprint("pages", __name__, url_prefix=LANG_PREFIX)


@bp.get("/help")
@public
def help():
    keep_page()
    return render_template("pages/help.html")


@bp.get("/privacy")
@public
def privacy():
    keep_page()
    return render_template("pages/privacy.html")


@bp.get("/accessibility")
@public
def accessibility():
    keep_page()
    return render_template("pages/accessibility.html")


@bp.get("/providers")
@public
def providers():
    keep_page()
    return render_template("pages/providers.html")
