"""A site of small laws, built to be divided among several addresses."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from tests.scale.sites import site_of

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole.web.feed import MOST
from duizhao.building.whole.web.llms import llms_files

AT = ("https://law.example/", "https://law.example/one/", "https://two.example/laws/")


def built(folder: Path, laws: int) -> Path:
    """A site of small laws, built for the first address; one law had another name before."""
    root = site_of(folder, laws)
    renamed = '[[renamed]]\nfrom = "ponds"\nto = "law-1"\ndate = 2026-01-02\n'
    (root / "seeds/redirects.toml").write_text(renamed, encoding="utf-8")
    changes = "".join(  # more than a feed has: there are archives
        f'[[change]]\nid = "c{n}"\ndate = 2025-01-01\nkind = "text"\nzh = "改"\n'
        for n in range(2 * MOST)
    )
    (root / "seeds/law-1/history.toml").write_text(changes, encoding="utf-8")
    return build(root, root / "site")


def build(root: Path, site: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIZHAO_SITE_URL", AT[0])
        patch.setattr("duizhao.building.whole.web.files.llms_files", partial(llms_files, most=2))
        render_site(root, site, pdf=False)
    return site
