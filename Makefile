# Executable documentation of the development workflow: every target does its own set-up.
PYTHON ?= python3.11
BIN := .venv/bin
# Bytecode is kept, even where the surroundings say otherwise: the tests start the program some two hundred times,
# each time in 1.5 s of CPU instead of 1.9.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test tests-whole tests-parts check style types figures wheel bench lock clean postgresql

.DEFAULT_GOAL := help

help:  ## what can be made here
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile | expand -t 8

demo: .venv/ready  ## the digest of the bundled sample, without token or network
	@$(BIN)/attache demo

test: .venv/ready postgresql  ## every test, as CI runs them
	$(MAKE) -j 2 --output-sync=target tests-whole tests-parts

# Side by side: the whole program waits most of the time, for a minute of the clock or its own end. It is a
# process of its own, which nothing counts lines of; neither are those of the server it talks to.
tests-whole:
	$(BIN)/pytest -q -n 4 --dist loadfile --no-loadscope-reorder tests/e2e tests/faults tests/integration/telegram_server

# Two runs, as each worker collects every test of its run: those of the stores wait for a server, the others do not.
tests-parts:
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report= tests/unit
	$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder --cov --cov-append --cov-report=term \
		tests/integration --ignore tests/integration/telegram_server

# A server for the tests, where there is none and it can be had; without one they say that they ran on SQLite.
postgresql:
	@test -n "$$ATTACHE_TEST_POSTGRES" || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing PostgreSQL for the tests ..." >&2 \
		&& { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >/dev/null 2>&1; } || true

# Two by two where each has one core to itself: half a minute less.
check: .venv/ready  ## everything that must hold before a change lands
	$(MAKE) -j 2 --output-sync=target style types
	$(MAKE) test
	$(MAKE) -j 2 --output-sync=target figures wheel

style: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/ready
	$(BIN)/mypy

figures: .venv/ready
	$(BIN)/python -m tests.quality.pure_coverage
	$(BIN)/python -m tests.quality.gate

wheel: .venv/ready
	$(BIN)/python -m tests.quality.wheel

bench: .venv/ready  ## the measurements, ours beside lead, sumy and the oracle
	$(BIN)/python -m tests.quality.bench

lock: .venv/ready  ## renew requirements.lock from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml

clean:  ## remove what a checkout has made, .venv too
	rm -rf .venv build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $$(command -v $(PYTHON) || command -v python3) -m venv .venv
	@echo "setting up .venv (about a minute the first time) ..." >&2
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
