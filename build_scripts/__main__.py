"""`python build_scripts …` runs duizhao without installing it."""

if __name__ == "__main__":  # not where a process is started that only works for this one
    from duizhao.cli import run

    run()
