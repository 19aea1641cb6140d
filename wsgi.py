"""For a WSGI server: `waitress-serve wsgi:application`."""

import logging

from portal import create_app, logs

logs.set_up(logging.INFO)
application = create_app()
