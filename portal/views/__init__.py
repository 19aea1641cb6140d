"""Blueprints, one a module, by audience. The table of all of them."""

from flask import Flask

from ..forms import drawing
from . import (
    accounts,
    apply,
    cabinet,
    catalogue,
    complaint_figures,
    complaints,
    correcting,
    dates,
    documents,
    eds_signing,
    health,
    letters,
    pages,
    papers,
    sandbox,
    settings,
    staff,
    status,
    uploads,
    wishes,
    without_sign_in,
)


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    drawing.init_app(app)
    app.register_blueprint(catalogue.bp)
    app.register_blueprint(pages.bp)
    app.register_blueprint(pages.robots)
    app.register_blueprint(papers.bp)
    app.register_blueprint(status.bp)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(settings.bp)
    app.register_blueprint(apply.bp)
    app.register_blueprint(wishes.bp)
    app.register_blueprint(eds_signing.bp)
    app.register_blueprint(uploads.bp)
    app.register_blueprint(cabinet.bp)
    app.register_blueprint(correcting.bp)
    app.register_blueprint(documents.bp)
    app.register_blueprint(letters.bp)
    app.register_blueprint(dates.bp)
    app.register_blueprint(complaint_figures.bp)
    app.register_blueprint(without_sign_in.bp)
    app.register_blueprint(complaints.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(health.bp)
    if app.extensions["context"].settings.demo:
        from . import sandbox_eds  # it signs: production does not even load it

        app.register_blueprint(sandbox.bp)
        app.register_blueprint(sandbox_eds.bp)
