# make run                          colour the photographs in Samples/
# make run PHOTOS=dir OUT=dir       colour a folder of your own
# make test                         check, build, test
# make check | build | bench | harden | install PREFIX=dir [WITH=train] | package | clean
# Each sets up what is missing first: Scripts/setup says what that is.

PHOTOS = Samples
OUT = coloured
PREFIX = /usr/local
DESTDIR =
WITH =
# Recipes read these from the environment, so that paths with spaces and quotes stay whole.
export PHOTOS OUT PREFIX DESTDIR WITH

SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c

.PHONY: run build test check bench harden install package setup clean

run: build
	@status=0; \
	.build/release/autochrome "$$PHOTOS" -o "$${OUT%/}/" || status=$$?; \
	if [ -d "$$OUT" ]; then echo "The results are in $$(cd "$$OUT" && pwd)"; fi; \
	exit $$status

build: setup
	swift build -c release

# Without testable imports the tests link what `build` compiled; with them Swift compiles
# everything a second time.
test: check build
	Scripts/documentation
	Scripts/setup test
	swift test -c release --disable-xctest --disable-testable-imports

check:
	Scripts/check

# The last needs 12 GB of disk.
bench: build
	Scripts/setup bench
	python3 Benchmarks/colorize.py
	.deps/bench/bin/python Benchmarks/prepare.py
	.deps/bench/bin/python Benchmarks/training.py
	python3 Benchmarks/serve.py
	.deps/bench/bin/python Benchmarks/film.py
	python3 Benchmarks/scale.py

# Some three hours: the server alone is loaded for one.
harden: build
	Scripts/setup train
	python3 Tests/Hardening/faults.py
	python3 Tests/Hardening/limits.py
	python3 Tests/Hardening/bad_photographs.py
	python3 Tests/Hardening/weights.py
	python3 Tests/Hardening/soak.py
	Scripts/setup package
	Scripts/package
	Scripts/try-package

# With libtorch, too, where WITH is train.
install: build
	Scripts/install "$$PREFIX" "$$DESTDIR" $${WITH:+"$$WITH"}

# dist/*.deb and dist/*.tar.zst
package: build
	Scripts/setup package
	Scripts/package

setup:
	@Scripts/setup

clean:
	rm -rf .build
