"""For a WSGI server: `waitress-serve wsgi:application`."""

import logging
import os

from portal import create_app, logs

os.umask(0o077)  # whatever is written is its owner's alone
logs.set_up(logging.INFO)
application = create_app()
