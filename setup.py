"""The theme and the interface's catalogs go into the wheel: `duizhao init` copies them."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHARED = ("docs/overrides", "docs/assets", "translations/zh", "translations/en")


class BuildWithShared(build_py):
    """Copies the shared parts beside the modules; an editable install reads them in place."""

    def run(self) -> None:
        """Build the modules, then add the shared parts."""
        super().run()
        if self.editable_mode:
            return
        for part in SHARED:
            target = Path(self.build_lib) / "duizhao" / "shared" / part
            shutil.rmtree(target, ignore_errors=True)
            ignored = shutil.ignore_patterns("*.png", "*.mo", "[!u]*.po")
            shutil.copytree(part, target, ignore=ignored)


setup(cmdclass={"build_py": BuildWithShared})
