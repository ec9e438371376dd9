# Linli 邻里: the two commands are `make run` and `make test`; `make help` lists the others.
PYTHON := .venv/bin/python
# Bytecode makes the second start quick, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE
export LINLI_DATA_DIR ?= $(CURDIR)/var

.PHONY: help run test install check bench pictures lock messages clean

help: ## say what each command does
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

run: .venv/run.stamp ## 启动，含演示小区: start with a demo neighbourhood on 127.0.0.1:8000
	@.venv/bin/linli start

test: .venv/test.stamp ## 全部测试: every test on SQLite, PostgreSQL and in the browser
	@$(PYTHON) -m tests.everything

install: .venv/run.stamp ## 只安装: only .venv with .venv/bin/linli

check: .venv/test.stamp ## format, lint, types, contracts, migrations, translations
	.venv/bin/ruff format --check src tests bench
	.venv/bin/ruff check src tests bench
	.venv/bin/mypy
	.venv/bin/lint-imports
	LINLI_DATA_DIR=$$(mktemp -d) DJANGO_SETTINGS_MODULE=linli.site.settings \
		$(PYTHON) -m django makemigrations --check --dry-run
	@missing=$$($(PYTHON) -m linli.site.messages missing) && test -z "$$missing" || \
		{ echo "$$missing"; echo "Messages without Chinese: see above."; exit 1; }

bench: .venv/test.stamp ## measure what is claimed about speed
	@set -e; for script in bench/*.py; do echo "== $$script"; $(PYTHON) $$script; done

pictures: .venv/test.stamp ## take the pictures of the docs
	$(PYTHON) -m pytest -q -o addopts= tests/browser/take_pictures.py

messages: .venv/test.stamp ## compile the translations
	$(PYTHON) -m linli.site.messages prune

lock: ## renew the locked versions (needs uv)
	uv pip compile -q --upgrade $(LOCK) requirements/build.in -o requirements/run.lock
	uv pip compile -q --upgrade $(LOCK) requirements/build.in --group test \
		-c requirements/run.lock -o requirements/test.lock

# No address of a registry stands in a lock: whoever installs asks the one configured there.
LOCK = --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" pyproject.toml

clean: ## remove what was installed; data in var stay
	rm -rf .venv build dist

.venv/run.stamp: requirements/run.lock requirements/install.sh pyproject.toml
	@requirements/install.sh requirements/run.lock
	@touch $@

.venv/test.stamp: requirements/test.lock requirements/install.sh pyproject.toml
	@requirements/install.sh requirements/test.lock
	@touch .venv/run.stamp $@
