"""Serve a built site below a sub-path, as GitHub Pages does."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BASE = "/laws/"
#: where a page that comes slowly is broken off: at each tag of the lines above the text
_LINES = re.compile(
    r'<header class="masthead">.*?</header>|<div class="running">.*?</div>|<table>.*?</table>',
    re.DOTALL,
)
_TAG = re.compile("<[^>]*>")
_FRAME = 0.02  # seconds, a little longer than the browser takes to paint
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".webmanifest")


@dataclass
class Network:
    """What a served site depends on: its folder, which a test may exchange, and a connection."""

    folder: Path
    up: bool = True
    compressed: bool = False  # as GitHub Pages sends text
    slow: bool = False  # a page comes piece by piece, each painted before the next


class _Handler(SimpleHTTPRequestHandler):
    """Files below BASE, the site's own 404 page for everything else."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart: else each answer waits 40 ms

    def __init__(self, *args: Any, network: Network) -> None:
        self.network = network
        super().__init__(*args, directory=str(network.folder))

    def do_GET(self) -> None:
        if not self.network.up:
            self.close_connection = True  # no answer at all
            return
        self.directory = str(self.network.folder)
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if self.network.slow and path.suffix == ".html":
            self._send_slowly(path.read_text("utf-8"))
        elif self.network.compressed and path.suffix in _TEXT and path.is_file():
            self._send_compressed(path)
        else:
            super().do_GET()

    def _send_compressed(self, path: Path) -> None:
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages says
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_slowly(self, page: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page.encode())))
        self.end_headers()
        at = 0
        for line in _LINES.finditer(page):
            for tag in _TAG.finditer(page, *line.span()):
                self.wfile.write(page[at : tag.end()].encode())
                at = tag.end()
                time.sleep(_FRAME)
        self.wfile.write(page[at:].encode())

    def translate_path(self, path: str) -> str:
        if not path.startswith(BASE):
            return str(Path(self.directory) / "outside-the-site")
        return super().translate_path("/" + path.removeprefix(BASE))

    def send_error(self, code: int, *_: str | None) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if code == 404 and page.exists() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path | Network) -> Iterator[str]:
    """Serve a site; gives the address of its root."""
    network = site if isinstance(site, Network) else Network(site)
    handler = partial(_Handler, network=network)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
        thread.join()
