"""Network namespaces that a test configures, with TCP connections between them.

Runs as `unshare --user --map-root-user --net python3 namespaces.py`, and answers each line of its input, a JSON object:

- "steps": in each namespace, which the first mention makes, commands of `ip` and of `nft`. "@NAME" in them is a namespace.
- "listen": the ports on which each namespace listens.
- "attempts": connections as [namespace, source, source port, target, target port].
- "patience": for how many seconds no connection may succeed before the rest counts as refused.

The answer is the list of the attempts that succeeded, by their index, or an error.
"""

import ctypes
import json
import os
import re
import select
import socket
import struct
import subprocess
import sys

CLONE_NEWNET = 0x40000000
# https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/netfilter/nfnetlink_conntrack.h
NETLINK_NETFILTER, DELETE_CONNECTIONS = 12, (1 << 8) | 2

libc = ctypes.CDLL(None, use_errno=True)
nftables = ctypes.CDLL("libnftables.so.1")
nftables.nft_ctx_new.restype = ctypes.c_void_p
nftables.nft_run_cmd_from_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
nftables.nft_ctx_buffer_error.argtypes = [ctypes.c_void_p]
nftables.nft_ctx_get_error_buffer.argtypes = [ctypes.c_void_p]
nftables.nft_ctx_get_error_buffer.restype = ctypes.c_char_p


class Namespace:
    def __init__(self):
        if libc.unshare(CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        self.file = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.nft = nftables.nft_ctx_new(0)
        nftables.nft_ctx_buffer_error(self.nft)
        self.conntrack = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.listeners = []
        for family in ("ipv4", "ipv6"):
            write(f"/proc/sys/net/{family}/conf/all/forwarding", 1)
        for name in ("all", "default"):
            write(f"/proc/sys/net/ipv4/conf/{name}/rp_filter", 0)
            write(f"/proc/sys/net/ipv6/conf/{name}/accept_dad", 0)
        # Else the rules of a router also see what passes inside of a subnet.
        for family in ("ip", "ip6"):
            if os.path.exists(f"/proc/sys/net/bridge/bridge-nf-call-{family}tables"):
                write(f"/proc/sys/net/bridge/bridge-nf-call-{family}tables", 0)
        ip("link set dev lo up")

    def enter(self):
        if libc.setns(self.file, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")

    def forget_connections(self):
        """Also those that are half open: a new listener takes their place."""
        self.conntrack.send(struct.pack("=IHHIIBBH", 20, DELETE_CONNECTIONS, 5, 1, 0, 0, 0, 0))
        (error,) = struct.unpack_from("=i", self.conntrack.recv(4096), 16)
        if error != 0:
            raise OSError(-error, "conntrack")
        for listener in self.listeners:
            listener.close()
        self.listeners = []

    def listen(self, port):
        listener = socket.socket(socket.AF_INET6)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("::", port))
        listener.listen(4096)
        self.listeners.append(listener)


namespaces = {}


def namespace(name):
    if name not in namespaces:
        namespaces[name] = Namespace()
    return namespaces[name]


def write(path, value):
    with open(path, "w") as file:
        file.write(str(value))


def ip(*commands):
    """A batch has commands of one family."""
    ipv6 = [command.removeprefix("-6 ") for command in commands if command.startswith("-6 ")]
    others = [command for command in commands if not command.startswith("-6 ")]
    for option, some in ([], others), (["-6"], ipv6):
        if some:
            subprocess.run(["ip", *option, "-batch", "-"], input="\n".join(some), text=True, check=True)


def configure(name, commands, rules):
    def path(match):
        return f"/proc/{os.getpid()}/fd/{namespace(match[1]).file}"

    commands = [re.sub(r"@(\w+)", path, command) for command in commands]
    namespace(name).enter()
    ip(*commands)
    if rules and nftables.nft_run_cmd_from_buffer(namespace(name).nft, "\n".join(rules).encode()) != 0:
        raise ValueError(nftables.nft_ctx_get_error_buffer(namespace(name).nft).decode())


def connect(attempts, patience):
    poll, waiting, opened = select.epoll(), {}, []
    clients = []
    for index, (name, source, source_port, target, target_port) in enumerate(attempts):
        namespace(name).enter()
        client = socket.socket(socket.AF_INET6 if ":" in target else socket.AF_INET)
        client.setblocking(False)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Closes with a reset: no TIME_WAIT keeps the port.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.bind((source, source_port))
        client.connect_ex((target, target_port))
        waiting[client.fileno()] = (index, client)
        poll.register(client, select.EPOLLOUT)
        clients.append(client)
    while waiting and (events := poll.poll(patience)):
        for file, _ in events:
            index, client = waiting.pop(file)
            poll.unregister(file)
            if client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                opened.append(index)
    poll.close()
    for client in clients:
        client.close()
    return sorted(opened)


def answer(question):
    for name, commands, rules in question["steps"]:
        configure(name, commands, rules)
    for one in namespaces.values():
        one.enter()
        one.forget_connections()
    for name, ports in question["listen"].items():
        namespace(name).enter()
        for port in ports:
            namespace(name).listen(port)
    return connect(question["attempts"], question["patience"])


for line in sys.stdin:
    try:
        result = {"opened": answer(json.loads(line))}
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        result = {"error": repr(error)}
    print(json.dumps(result), flush=True)
