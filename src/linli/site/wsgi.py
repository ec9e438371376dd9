"""The door through which the web server enters."""

import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")


def _end_with(server: BaseProcess) -> None:
    """End when the server that started this worker is gone: it would go on holding the port."""
    server.join()
    os._exit(1)


_server = multiprocessing.parent_process()
if _server is not None:
    threading.Thread(target=_end_with, args=(_server,), daemon=True).start()

application = get_wsgi_application()
