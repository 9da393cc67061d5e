# Two commands do everything: `make run` and `make test`. Each target installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/ledger

.PHONY: run test test-postgres test-browser bench lint check messages

run: $(VENV)/.run-installed
	@$(BIN)/python manage.py prepare --demo
	@echo "Frontier Ledger: http://127.0.0.1:$(PORT)/   (stop with Ctrl+C)"
	@# The worker runs beside the server and ends with it, whichever way that ends.
	@$(BIN)/python manage.py work & worker=$$!; \
	$(BIN)/gunicorn tracker.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 4 \
		--limit-request-line 8190 --log-level warning & server=$$!; \
	trap 'kill $$worker $$server 2>/dev/null' INT TERM; \
	wait $$server; status=$$?; kill $$worker 2>/dev/null; wait; exit $$status

test: $(VENV)/.dev-installed
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

test-postgres: $(VENV)/.dev-installed
	DATABASE_URL=$(TEST_DATABASE_URL) $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

test-browser: $(VENV)/.dev-installed
	@command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-noto-core; }
	$(BIN)/python -m pytest -n 2 --dist worksteal -m browser

bench: $(VENV)/.dev-installed
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/imports.py

messages: $(VENV)/.dev-installed
	@command -v msgfmt >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends gettext; }
	$(BIN)/python manage.py makemessages --locale ur --locale ps --add-location file --no-obsolete
	$(BIN)/python manage.py compilemessages --locale ur --locale ps --verbosity 0

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports

check: $(VENV)/.dev-installed
	@# As it runs in production: behind TLS, with a database that has been migrated.
	DATA_DIR=$$(mktemp -d) HTTPS=yes sh -c '$(BIN)/python manage.py migrate -v 0 --skip-checks && $(BIN)/python manage.py check --deploy --database default --fail-level WARNING'
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev-installed: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.run-installed
