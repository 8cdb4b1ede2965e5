"""`python build_scripts …` runs duizhao without installing it."""

from duizhao.command import run

if __name__ == "__main__":
    run()
