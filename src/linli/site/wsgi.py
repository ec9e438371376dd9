"""The door through which the web server enters."""

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
if multiprocessing.parent_process() is not None:
    # Ctrl-C reaches every process of a terminal, and the server passes it on to its workers:
    # told twice to end, a worker waits for ever.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
application = get_wsgi_application()
