# What to run: `make demo` to see it work, `make test` before every commit, `make help` for the rest.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

export PATH := $(HOME)/.cargo/bin:$(PATH)
export PYTHONDONTWRITEBYTECODE := 1

TARGET := $(or $(CARGO_TARGET_DIR),target)
MARSAD := $(TARGET)/release/marsad
SHARED := ../shared/eval
# A build server must use the versions that are committed.
LOCKED := $(if $(CI),--locked)
PEERS  := --manifest-path bench/peers/Cargo.toml

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: setup
setup: ## what building needs, installed where that is possible
	@tools/setup.sh

.PHONY: build
build: setup web ## the program, in target/release/marsad
	cargo build --release $(LOCKED) -p marsad

# Built into the program from web/dist, which is not committed; without npm the program is built without it and says so.
.PHONY: web
web: ## the web application, in web/dist
	@if [ -f web/dist/index.html ] && [ -z "$$(find web/src web/scripts web/public/icon.svg web/*.* schema/openapi.json languages/ar/places/outlines \
	    -newer web/dist/index.html -print -quit)" ]; then :; \
	elif command -v npm >/dev/null 2>&1; then cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build; \
	else echo "web: npm is missing, so the program will have the API alone (on Debian: apt-get install nodejs npm)" >&2; fi

.PHONY: web-test
web-test: build ## journeys through the web application in a real browser, in both languages
	@if [ -f web/dist/index.html ] && command -v "$${CHROMIUM:-/usr/bin/chromium}" >/dev/null; then cd web && MARSAD=$(abspath $(MARSAD)) npm run --silent test; \
	elif [ -n "$${CI:-}" ]; then echo "web-test: the web application or chromium is missing" >&2; exit 1; \
	else echo "web-test: skipped, since it needs npm and chromium (on Debian: apt-get install nodejs npm chromium)"; fi

.PHONY: web-shots
web-shots: build ## the pictures in docs/, taken anew by the journeys
	cd web && SHOTS=docs MARSAD=$(abspath $(MARSAD)) npm run --silent test

.PHONY: demo
demo: build ## explain one example report, code all of them into out/, then serve them on 127.0.0.1
	@python3 tools/demo.py $(MARSAD)

.PHONY: test
test: format lint docs tests language places-check peers-check python-test spark-test web-test score ## everything that must pass before a commit

.PHONY: format
format: setup ## the code is formatted
	cargo fmt --all --check
	cargo fmt $(PEERS) --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check

.PHONY: lint
lint: setup ## clippy has nothing to say
	cargo clippy $(LOCKED) --workspace --all-targets --quiet -- -D warnings

.PHONY: docs
docs: setup ## every public item is documented and every link leads somewhere
	RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps --quiet

.PHONY: tests
tests: setup ## unit, integration, property and codebook tests
	@if cargo nextest --version >/dev/null 2>&1; then \
	  echo cargo nextest run $(LOCKED) --workspace; cargo nextest run $(LOCKED) --workspace; \
	else \
	  echo cargo test $(LOCKED) --workspace --lib --bins --tests; cargo test $(LOCKED) --workspace --lib --bins --tests; \
	fi
	cargo test $(LOCKED) --workspace --doc --quiet

.PHONY: language
language: build ## the Arabic pack is well-formed and its examples come out
	$(MARSAD) language check languages/ar

.PHONY: places-check
places-check: ## the place tables are well-formed and plausible
	python3 languages/ar/places/check.py

.PHONY: wheel
wheel: setup ## the Python package, a wheel in target/wheels
	tools/python.sh wheel

.PHONY: wheel-guided
wheel-guided: wheel ## the same, faster, in target/guided/wheels: built twice, guided by a profile (ten minutes on two cores)
	tools/guided.sh

.PHONY: python-test
python-test: build ## the Python package: types, tests, docstrings, and the notebook in docs/
	tools/python.sh test

.PHONY: bench-python
bench-python: build ## speed from Python against the command line, and beside spaCy and qalsadi
	tools/python.sh bench

.PHONY: peers-check
peers-check: setup ## the benchmark program still compiles
	cargo clippy $(PEERS) --target-dir $(TARGET) --quiet -- -D warnings

.PHONY: score
score: build ## figures on the development data, where it is at hand
	@if [ -f $(SHARED)/score.py ]; then \
	  python3 $(SHARED)/score.py --bin $(MARSAD) --data $(SHARED) --only slots,airwars,oeda,everyday --json $(TARGET)/score.json; \
	else \
	  echo "score: skipped, $(SHARED) is not at hand"; \
	fi

.PHONY: reliability
reliability: build ## whether an event of confidence 0.9 is right nine times in ten
	python3 tools/reliability.py --bin $(MARSAD) --data $(SHARED)

.PHONY: corpus-diff
corpus-diff: setup ## what the working tree codes otherwise than the last commit (ARGS="--base COMMIT --only slots")
	@python3 tools/corpus_diff.py $(ARGS)

.PHONY: spark-test
spark-test: build ## the Python package on Spark, on Sail, and on a Spark cluster of which a worker is killed
	@if command -v java >/dev/null || [ -n "$${CI:-}" ]; then tools/spark.sh test; \
	else echo "spark-test: skipped, since it needs Java (on Debian: apt-get install openjdk-17-jre-headless)"; fi

.PHONY: bench-spark
bench-spark: build ## Spark against `marsad batch` (ARTICLES=20000 for a short run)
	tools/spark.sh bench

.PHONY: bench
bench: setup ## speed against the peers, scaling, criterion (MB=10 for a short run)
	bench/coder.sh $(or $(MB),100)
	bench/hostile.sh
	cargo bench $(LOCKED) -p marsad-coder

.PHONY: clean
clean: ## remove what was built
	cargo clean
	rm -rf out
