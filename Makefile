# Two commands do everything on a machine with Python >= 3.11, make and git:
#   make site     make test
# Everything they install stays inside this folder (.venv and .cache).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PYTHON_SCRIPTS := $(BIN)/python build_scripts

export UV_CACHE_DIR := $(CURDIR)/.cache/uv
export UV_SYSTEM_CERTS := 1
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/.cache/browsers
export NO_MKDOCS_2_WARNING := 1

# --- set-up -----------------------------------------------------------------
# Stamps make a second run instant. dev.txt contains site.txt, so a `dev`
# environment serves both kinds of target, and going back and forth installs
# nothing. When one call names targets of both kinds, all of them wait for
# `dev`: two installs never run side by side under `make -j`.

TOOLS := .venv/tools.stamp
SITE := .venv/site.stamp
DEV := .venv/dev.stamp
DEV_GOALS := dev bench bench-full fuzz wheel test test-external lighthouse lint format messages screenshots
ENVIRONMENT := $(if $(filter $(DEV_GOALS),$(MAKECMDGOALS)),$(DEV),$(SITE))

$(TOOLS): requirements/tools.txt
	@sh requirements/python.sh tools
	@touch $@

$(SITE): $(TOOLS) requirements/site.txt pyproject.toml
	@sh requirements/python.sh site
	@rm -f $(DEV)
	@touch $@

$(DEV): $(TOOLS) requirements/site.txt requirements/dev.txt pyproject.toml
	@sh requirements/python.sh dev
	@touch $(SITE) $@

.PHONY: dev
dev: $(DEV) ## set up .venv with everything a contributor needs

# --- the site ---------------------------------------------------------------

.PHONY: site serve check docs
site: $(ENVIRONMENT) ## set up, then build the site and its PDFs into site/
	$(PYTHON_SCRIPTS) build

serve: $(ENVIRONMENT) ## show the site while you edit
	$(PYTHON_SCRIPTS) serve

check: $(ENVIRONMENT) ## check sources, editions, translations and outputs
	$(PYTHON_SCRIPTS) check

docs: $(ENVIRONMENT) ## build the documentation of the tool into build/docs/
	$(BIN)/mkdocs -q build --strict --clean -f docs/tool.yml

# --- tests ------------------------------------------------------------------

# e.g. make test PYTEST_ARGS="-k numerals"; with PYTEST_ARGS="-n 0" in one process
PYTEST_ARGS ?=
# A process for each core, up to four.  A file's tests stay together, as their fixtures are
# shared; files go in their order, which ends with the many short ones of tests/unit.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

LOCKED := requirements/external
NPM := .cache/external.stamp
export DUIZHAO_VNU := $(CURDIR)/.cache/external/node_modules/vnu-jar/build/dist/vnu.jar
# The checks that need Java or Node, among the others: make test EXTERNAL=yes
SKIPPED := bench$(if $(EXTERNAL), , or external)

.PHONY: test lint format
test: $(DEV) $(if $(EXTERNAL),$(NPM)) ## set up, then run the tests (needs a Chromium; gets Debian's where it can)
	@browser=$$(sh requirements/browser.sh) && \
	set -x && DUIZHAO_BROWSER="$$browser" $(PYTEST) -m "not ($(SKIPPED))" $(PYTEST_ARGS)

lint: $(DEV) ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(DEV) ## let ruff format the code and mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# --- checks that need Java or Node ------------------------------------------

$(NPM): $(LOCKED)/package.json $(LOCKED)/package-lock.json
	@command -v java >/dev/null && command -v npm >/dev/null || \
	{ echo "These checks need Java and npm (Debian: apt-get install default-jre-headless nodejs npm)" >&2; exit 1; }
	@mkdir -p .cache/external
	@cp $^ .cache/external/
	@cd .cache/external && for pause in 2 10 fail; do \
	  npm ci --ignore-scripts --no-audit --no-fund --silent --cache ../npm && break; \
	  [ $$pause != fail ] && sleep $$pause || exit 1; \
	done
	@touch $@

.PHONY: test-external
# pytest ends with 5 when it found no test: that fails here as it should.
test-external: $(DEV) $(NPM) ## set up, then run the checks that need Java or Node
	$(PYTEST) -m external $(PYTEST_ARGS)

# e.g. make lighthouse LIGHTHOUSE_PAGES="en-chapter zh-search" (names in tests/site/kinds.py)
LIGHTHOUSE_PAGES ?=

.PHONY: lighthouse
lighthouse: $(DEV) $(NPM) ## set up, then print Lighthouse's four figures for every kind of page
	@browser=$$(sh requirements/browser.sh) && DUIZHAO_BROWSER="$$browser" $(BIN)/python \
	  tests/site/lighthouse.py .cache/external/node_modules/lighthouse/cli/index.js $(LIGHTHOUSE_PAGES)

# --- measurements -----------------------------------------------------------

# They need a collection of laws: DUIZHAO_CORPORA names its folder.
BENCHES := parse corpora examine align memory search print serve build

.PHONY: bench
# What misses its target is told at the end: nothing after it is left out.
bench: $(DEV) ## measure on a collection of laws (DUIZHAO_CORPORA), up to a thousand pages
	@missed=0; export DUIZHAO_BROWSER="$$(sh requirements/browser.sh)"; \
	$(BIN)/python -m pytest -m "bench and not corpora" || missed=1; \
	for name in $(BENCHES); do echo "$$name:"; $(PYTHON_SCRIPTS) bench $$name || missed=1; done; \
	exit $$missed

.PHONY: bench-full
bench-full: $(DEV) ## measure builds of up to all laws of the collection, and search in them (hours)
	@missed=0; export DUIZHAO_BROWSER="$$(sh requirements/browser.sh)"; \
	$(BIN)/python -m pytest -m "bench and corpora" || missed=1; \
	$(PYTHON_SCRIPTS) bench build --full || missed=1; \
	exit $$missed

# --- upkeep -----------------------------------------------------------------

# `--universal` makes one file that serves every Python from 3.11 on. uv.lock and
# pylock.toml would record where packages were fetched from; these files do not.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-emit-find-links --no-header $(LOCK_ARGS)
LOCK_ARGS ?= --upgrade

# The words are read from the code and the templates; what is no longer said is dropped.
MESSAGES := build/ui.pot
SENTENCES := build/problems.pot
WORDS := build_scripts/duizhao/words/zh.po

.PHONY: messages screenshots
messages: $(DEV) ## bring the catalogs of the interface and of problems up to date with code and templates
	@mkdir -p $(dir $(MESSAGES))
	$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords --no-location --sort-output --no-wrap \
	  -k ui -k pair_ui -k t -k message -k plural:1,2 -o $(MESSAGES) .
	for language in zh en; do $(BIN)/pybabel -q update -D ui -l $$language -d translations -i $(MESSAGES) \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap || exit 1; done
	$(BIN)/pybabel -q extract -F babel-problems.cfg --no-default-keywords --no-location --sort-output --no-wrap \
	  -k said -o $(SENTENCES) .
	$(BIN)/pybabel -q update -l zh -o $(WORDS) -i $(SENTENCES) \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

screenshots: $(DEV) ## show every kind of page at three widths, light and dark, in build/screenshots/
	browser=$$(sh requirements/browser.sh) && DUIZHAO_BROWSER="$$browser" $(BIN)/python tests/site/screenshots.py build/screenshots

# Seconds that `make fuzz` runs.
FUZZ_SECONDS ?= 120

.PHONY: fuzz
fuzz: $(DEV) ## coverage-guided fuzzing of the parser for FUZZ_SECONDS (Python 3.11 to 3.13)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/fuzz.txt
	@mkdir -p .cache/fuzz
	$(BIN)/python tests/fuzz/parser.py -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=4096 \
	  -artifact_prefix=.cache/fuzz/ .cache/fuzz

.PHONY: wheel
wheel: $(DEV) ## build the wheel into dist/
	@rm -rf dist build/lib build/bdist.*
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation -w dist .

.PHONY: lock clean help
lock: $(TOOLS) ## renew requirements/*.txt (LOCK_ARGS= keeps the versions that still fit)
	$(COMPILE) pyproject.toml --group build -o requirements/site.txt
	$(COMPILE) pyproject.toml --group build --group dev -c requirements/site.txt -o requirements/dev.txt
	$(COMPILE) --group tools -o requirements/tools.txt
	$(COMPILE) --group fuzz -o requirements/fuzz.txt
	cd $(LOCKED) && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --silent

clean: ## remove what set-up and builds made (site/ too)
	rm -rf .venv .cache site site.spare sites build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find build_scripts tests -name __pycache__ -prune -exec rm -rf {} +
	rm -rf build_scripts/*.egg-info

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
