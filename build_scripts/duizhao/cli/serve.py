"""`duizhao serve`: show the site while it is edited."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import os
import socket
from collections.abc import Callable
from pathlib import Path

from duizhao.cli.parser import Add
from duizhao.ground.problem_words import said


def add_serve(
    add: Add, root: Callable[[argparse.Namespace], Path], say: Callable[[str], None]
) -> None:
    """Hang the command into the command line; `say` prints a line on standard error."""

    def run(options: argparse.Namespace) -> int:
        from duizhao.building.mkdocs.mkdocs_server import serve_site  # noqa: PLC0415 - mkdocs is slow to import
        from duizhao.building.mkdocs.site_build import options_from_config  # noqa: PLC0415 - the same

        folder = root(options)
        try:
            _free(options.address)
        except OSError as reason:  # told before the site is built, which may take long
            why = os.strerror(reason.errno or errno.EADDRINUSE)  # without what Python adds to it
            say(said(f"nothing can be served at {options.address}: {why}"))
            say(f"  {said('Do: end what uses it, or name another address with `--address`')}")
            return 1
        options_from_config(folder)  # says what is wrong with mkdocs.yml, as all commands do
        serve_site(folder, options.address)
        return 0

    example = "serve --address 127.0.0.1:8000"
    serve = add("serve", run, "show the site while you edit", example)
    serve.add_argument("--address", type=address, default="127.0.0.1:8000", help="host:port")


def address(text: str) -> str:
    """An address, which is an IP address or localhost with a port; ValueError for what is none."""
    host, port = _parts(text)
    if host != "localhost":
        ipaddress.ip_address(host)
    if not 0 < port < 1 << 16:
        raise ValueError(text)
    return text


def _parts(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _free(text: str) -> None:
    """Raises OSError where nothing can be served at an address."""
    host, port = _parts(text)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, port), family=family).close()
