"""For a WSGI server: `waitress-serve wsgi:application`."""

from portal import create_app

application = create_app()
