"""From nothing to one's own law: the wheel in an empty environment, timed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("build_scripts", "docs/overrides", "docs/assets", "translations", "requirements")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
LAW = (
    "示例市树木管理条例",
    "（2031年3月1日示例市第一届人民代表大会常务委员会第四次会议通过）",
    "第一条 为了保护树木，制定本条例。",
    "第二条 任何人不得砍伐树木。",
    "第三条 本条例自2031年5月1日起施行。",
)


@pytest.mark.slow
def test_an_installed_wheel_makes_a_site_and_adds_a_law(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "external")
        shutil.copytree(ROOT / part, source / part, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, source)
    environment = {**os.environ, "UV_CACHE_DIR": str(ROOT / ".cache/uv"), "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONPATH", None)

    def run(*command: str | Path, cwd: Path = tmp_path) -> str:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    run(*pip, "-w", "dist", ".", cwd=source)
    (wheel,) = (source / "dist").glob("*.whl")
    start = time.monotonic()
    uv = Path(sys.executable).with_name("uv")
    run(uv, "venv", "--quiet", "--python", sys.executable, "venv")
    python = tmp_path / "venv/bin/python"
    install = (uv, "pip", "install", "--quiet", "--python", python)
    run(*install, "--require-hashes", "-r", source / "requirements/site.txt")
    run(*install, "--no-deps", wheel)
    duizhao = tmp_path / "venv/bin/duizhao"
    run(duizhao, "init", "mysite")
    site = tmp_path / "mysite"
    run(duizhao, "doctor", cwd=site)
    run(duizhao, "check", cwd=site)
    run(duizhao, "build", cwd=site)
    assert (site / "site/zh/example-lakes/chapter-2/index.html").is_file()
    document = docx.Document()
    for line in LAW:
        document.add_paragraph(line)
    document.save(str(tmp_path / "trees.docx"))
    run(duizhao, "add", tmp_path / "trees.docx", "--id", "trees", cwd=site)
    run(duizhao, "build", cwd=site)
    page = (site / "site/zh/trees/text/index.html").read_text("utf-8")
    assert "任何人不得砍伐树木" in page
    assert list((site / "site/pdf/trees").glob("*.pdf"))
    assert time.monotonic() - start < 600
    sys.stderr.write(f"from nothing to one's own law: {time.monotonic() - start:.0f} s\n")
