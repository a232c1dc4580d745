"""Local APIs that share one start: moto takes three seconds until it has answered a first call, and a fork of it none."""

import json
import os
import random
import shutil
import signal
import socket
import tempfile
from threading import Thread

# What most tests call first. The services and their models are loaded once, for all forks.
FIRST_CALLS = {
    "ec2": "Action=DescribeInstances&Version=2016-11-15",
    "elasticloadbalancing": "Action=DescribeLoadBalancers&Version=2015-12-01",
    "autoscaling": "Action=DescribeAutoScalingGroups&Version=2011-01-01",
    "iam": "Action=ListRoles&Version=2010-05-08",
    "sts": "Action=GetCallerIdentity&Version=2011-06-15",
}


def serve(path: str, prepare) -> None:
    """Starts a local API for each connection to this Unix socket. It lives as long as the connection."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    print(f"Listening on {path}", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    application = None
    while True:
        connection, _ = listener.accept()
        application = application or _warm_application(prepare)
        if os.fork() == 0:
            listener.close()
            _live(application, connection)
        connection.close()


def _warm_application(prepare):
    prepare()
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.test import Client

    application = DomainDispatcherApplication(create_backend_app)
    for service, call in FIRST_CALLS.items():
        scope = f"Credential=test/20260101/{os.environ['AWS_REGION']}/{service}/aws4_request"
        authorization = f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"
        content_type = "application/x-www-form-urlencoded"
        reply = Client(application).post(
            "/", data=call, content_type=content_type, headers={"Authorization": authorization}
        )
        if reply.status_code != 200:
            raise RuntimeError(f"{service}: {reply.text}")
    return application


def _live(application, connection: socket.socket) -> None:
    from moto.moto_api._internal import mock_random
    from werkzeug.serving import make_server

    os.setsid()  # copies of it end with its process group
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for source in (random, mock_random):
        source.seed()
    folder = tempfile.mkdtemp(prefix="local-aws-")
    server = make_server("127.0.0.1", 0, application, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    connection.sendall(json.dumps({"pid": os.getpid(), "endpoint": endpoint, "folder": folder}).encode() + b"\n")
    try:
        connection.recv(1)  # returns when the other side closes it, or dies in whatever way
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)
