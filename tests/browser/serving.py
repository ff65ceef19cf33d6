"""How is the application served to a browser without a database: pages that need no sign-in?"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def application() -> Iterator[str]:
    """Serve the application in practice on a free port; give its address."""
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings
    from whitenoise.compress import main as compress

    from havre.cli.messages import SOURCE, compile_all

    compile_all()
    compress(["--quiet", str(SOURCE / "web" / "static")])
    with override_settings(HAVRE_PRACTICE=True):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threaded, _Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
