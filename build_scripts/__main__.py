"""`python build_scripts …` runs duizhao without installing it."""

import sys

from duizhao.cli import main

if __name__ == "__main__":
    sys.exit(main())
