"""A copy of the server with all of its data, in a moment: what a test does to the copy, the server does not see."""

import os
import socket
from threading import Lock

import sitecustomize
from werkzeug.serving import make_server

HIGHEST_DESCRIPTOR = 65536


def copy_server(application) -> int:
    """The port of the copy, which ends with the process group of the server, or when it is told to."""
    listener = socket.create_server(("127.0.0.1", 0))
    child = os.fork()
    if child == 0:
        # A grandchild: the server has no children to wait for.
        if os.fork() == 0:
            _serve(application, listener)
        os._exit(0)
    os.waitpid(child, 0)
    port = listener.getsockname()[1]
    listener.close()
    return port


def end_server() -> None:
    os._exit(0)


def _serve(application, listener: socket.socket) -> None:
    # Clients of the server would wait for the copy to close their connections too.
    descriptor = listener.fileno()
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, HIGHEST_DESCRIPTOR)
    # This thread, the only one of the copy, answers a request and has the lock.
    sitecustomize.lock = Lock()
    make_server("127.0.0.1", 0, application, threaded=True, fd=descriptor).serve_forever()
    os._exit(0)
