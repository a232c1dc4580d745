"""Python loads this into moto's server, because it is on its PYTHONPATH: one request at a time, AWS's own rules, and
one effect of a request that an SDK repeats.

moto answers each request in a thread, and its threads change dictionaries that others are reading: with twelve clients,
90 of 4,800 calls got 500 ("dictionary changed size during iteration"), and none of 4,760 with this. The provider repeats
such a call, and where the first one had been carried out, the second is refused as a duplicate.
"""

import os
import traceback
from threading import Lock

lock = Lock()


def prepare():
    from werkzeug.serving import WSGIRequestHandler

    run_wsgi = WSGIRequestHandler.run_wsgi

    def run_alone(handler):
        with lock:
            run_wsgi(handler)

    WSGIRequestHandler.run_wsgi = run_alone

    # The layer's own suite compares it with a server that does not have it.
    if os.environ.get("STRICT") != "0":
        import strict

        strict.switch_on()
    from retries import remember_answers

    remember_answers()


try:
    if "FORKS" in os.environ:
        from forks import serve

        serve(os.environ["FORKS"], prepare)
    else:
        prepare()
except BaseException:
    # Python would go on without this file, and the server would accept what AWS refuses.
    traceback.print_exc()
    os._exit(1)
