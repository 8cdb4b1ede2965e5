"""The nginx configuration of the guide, run as it stands but for folder, port and files of state."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.site.conftest import LAW, ROOT, Site

GUIDES = [ROOT / "docs" / "tool" / language / "guide" / "deploy.md" for language in ("en", "zh")]
NGINX = shutil.which("nginx") or next(
    (path for path in ("/usr/sbin/nginx", "/usr/local/sbin/nginx") if Path(path).exists()), None
)


def block(guide: Path) -> str:
    (found,) = re.findall(r"```nginx\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    return str(found)


def test_both_guides_give_the_same_configuration() -> None:
    assert block(GUIDES[0]) == block(GUIDES[1])


@pytest.fixture(scope="module")
def port(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: apt install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    server = block(GUIDES[0])
    assert "listen 8080;" in server
    assert "root /srv/duizhao;" in server
    server = server.replace("listen 8080;", f"listen 127.0.0.1:{number};")
    server = server.replace("root /srv/duizhao;", f"root {site.folder};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}"
        "types { text/html html; text/css css; text/javascript js; application/pdf pdf; }\n"
        f"{server}}}\n",
        encoding="utf-8",
    )
    site.folder.chmod(0o755)
    for above in list(site.folder.parents)[:3]:
        above.chmod(0o755)
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(conf)])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.05)
        yield number
    finally:
        process.terminate()
        process.wait(10)


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_nginx_serves_pages(site: Site, port: int) -> None:
    status, headers, body = ask(port, f"/zh/{LAW}/chapter-1/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body == (site.folder / "zh" / LAW / "chapter-1" / "index.html").read_bytes()
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    assert ask(port, f"/zh/{LAW}/chapter-1/", **{"If-None-Match": headers["etag"]})[0] == 304


def test_nginx_leads_a_folder_to_its_slash(port: int) -> None:
    status, headers, _ = ask(port, f"/zh/{LAW}")
    assert (status, headers["location"]) == (301, f"/zh/{LAW}/")


def test_nginx_shows_the_page_for_wrong_addresses(site: Site, port: int) -> None:
    for path in ("/zh/nothing", "/zh/nothing/", "/nothing.pdf"):
        status, _, body = ask(port, path)
        assert (status, body) == (404, (site.folder / "404.html").read_bytes())


def test_nginx_compresses(site: Site, port: int) -> None:
    for path in (f"/zh/{LAW}/chapter-1/", "/assets/duizhao.css", "/assets/search/index.js"):
        status, headers, body = ask(port, path, **{"Accept-Encoding": "gzip"})
        assert (status, headers.get("content-encoding")) == (200, "gzip"), path
        name = site.folder / (path.strip("/") + ("/index.html" if path.endswith("/") else ""))
        assert gzip.decompress(body) == name.read_bytes()
