# Everything a newcomer types. Needs make and Python 3.11, 3.12 or 3.13; the rest is installed into .venv.
.DEFAULT_GOAL := help
.PHONY: help install run test lint bench texts screenshots

export PORT ?= 8000
export HOST ?= 127.0.0.1

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

install: ## The environment alone: .venv with the locked packages
	@scripts/install

run: install ## A demo on http://localhost:8000 (others: PORT=8123 HOST=0.0.0.0)
	@scripts/run

test: install ## All tests, on SQLite and on a temporary PostgreSQL, in real Chromium too
	@scripts/test

lint: install ## What a machine can check: form, types, templates, migrations, locks, texts
	@scripts/lint

bench: install ## What a step, a response, a closing, scoring and a PDF cost on this machine
	@.venv/bin/python -m bench

texts: install ## Compile the catalogues after a change in locale/
	@.venv/bin/python manage.py compile_texts

screenshots: install ## The pictures of the README, made anew from the demo data
	@scripts/need chromium pdftoppm
	@.venv/bin/python -m scripts.screenshots
