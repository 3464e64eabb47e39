# schemac: `make help` lists the targets.

CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
BUILD    ?= build
SANITIZE ?=
# What the runtime library speaks to, of `make runtime` and `make install-runtime`:
# sqlite, postgres, or all for a library of each and one of both.
ENGINES  ?= all

VERSION := $(shell sed -n 's/.*SCHEMAC_VERSION "\(.*\)"/\1/p' src/runtime/schemac.h)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wstrict-prototypes \
       -Wmissing-prototypes -Wvla -Wundef -Wformat=2 -Werror

PKGS_sqlite   = sqlite3
PKGS_postgres = libpq
PKGS_all      = sqlite3 libpq
PKGS_COMPILER = nettle jansson
CPPFLAGS_ALL  = -Isrc -I$(BUILD) -I. $(CPPFLAGS)
CFLAGS_ALL    = -std=c11 $(WARN) $(CFLAGS) $(SANITIZE)
LDFLAGS_ALL   = $(LDFLAGS) $(SANITIZE)

# Folders bottom to top, as in src/README.md.
COMPILER_FOLDERS = base diag expr syntax model resolve diff dialect dialect/sqlite \
                   dialect/postgres plan gen lint describe cli
COMPILER_SRC = $(foreach d,$(COMPILER_FOLDERS),$(wildcard src/$(d)/*.c)) \
               $(BUILD)/grammar/lexer.c $(BUILD)/grammar/parser.c \
               $(BUILD)/grammar/quick.c $(BUILD)/gen/templates.c \
               $(BUILD)/describe/queries.c
# Only these know an engine's own header, so that a library can be without it.
SRC_sqlite   = $(wildcard src/runtime/sqlite*.c) src/runtime/row_sqlite.c
SRC_postgres = $(wildcard src/runtime/postgres*.c)
SRC_all      = $(SRC_sqlite) $(SRC_postgres)
RUNTIME_SRC  = $(wildcard src/runtime/*.c)
CORE_SRC     = $(filter-out $(SRC_all) src/runtime/drivers_%.c,$(RUNTIME_SRC))
# What applications include.
RUNTIME_H    = $(wildcard src/runtime/schemac.h src/runtime/schemac_row.h)
TEMPLATES    = $(sort $(wildcard templates/*.tmpl))
QUERIES      = $(sort $(wildcard src/describe/queries/*.sql))
UNIT_SRC     = $(sort $(wildcard tests/unit/test_*.c))
GENERATED_C  = $(sort $(wildcard generated/*/*.c))

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(patsubst $(BUILD)/%,%,$(1)))
COMPILER_OBJ = $(call object,$(COMPILER_SRC))
RUNTIME_OBJ  = $(call object,$(RUNTIME_SRC))
# Of the library for sqlite, postgres, all.
library_obj  = $(call object,$(CORE_SRC) $(SRC_$(1)) \
                   src/runtime/drivers_$(1).c $(wildcard src/runtime/drivers_$(1)_*.c))
MAIN_OBJ     = $(BUILD)/obj/src/cli/main.o
# What unit tests link: everything but main.
LIBRARY_OBJ  = $(filter-out $(MAIN_OBJ),$(COMPILER_OBJ))
UNIT_BIN     = $(patsubst %.c,$(BUILD)/%,$(UNIT_SRC))

# Asked when a recipe runs, never while this file is read, so that `make deps` works
# before pkg-config is there; the answer about flags is kept: every object needs it.
libs   = $(shell pkg-config --libs $(1))
cflags = $(shell pkg-config --cflags $(1))
pkg_cflags = $(eval pkg_cflags := $(shell pkg-config --cflags \
                 $(PKGS_COMPILER) $(PKGS_all)))$(pkg_cflags)

# `make prove` takes a range of seeds: make prove SEEDS='1000 3000'
SEEDS ?=

.PHONY: all demo test prove bench bench-reader check asan generated install deps help \
        clean format unit runtime install-runtime
.DELETE_ON_ERROR:

all: $(BUILD)/schemac runtime ## build the program and the libraries

$(BUILD)/schemac: $(COMPILER_OBJ) $(BUILD)/libschemac.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call libs,$(PKGS_COMPILER) $(PKGS_all))

# ---- the runtime library --------------------------------------------------------------

# libschemac speaks to every engine, libschemac-ENGINE to one and needs nothing of others.
library_of = libschemac$(patsubst %,-%,$(filter-out all,$(1)))
LIBRARIES  = $(if $(filter all,$(ENGINES)),all sqlite postgres,$(ENGINES))

# Semantic versioning: each minor version of 0 is incompatible with the one before.
MAJOR     := $(word 1,$(subst ., ,$(VERSION)))
MINOR     := $(word 2,$(subst ., ,$(VERSION)))
SOVERSION := $(if $(filter 0,$(MAJOR)),0.$(MINOR),$(MAJOR))

RUNTIME_FILES = $(foreach e,$(LIBRARIES),$(BUILD)/$(call library_of,$(e)).a \
                    $(BUILD)/$(call library_of,$(e)).so)

runtime: $(RUNTIME_FILES) ## the libraries alone (ENGINES=sqlite, postgres or all)

# A sanitizer's own functions are not there before the program is linked.
WHOLE = $(if $(SANITIZE),,-Wl$(comma)-z$(comma)defs)
comma = ,

# link_shared ENGINES: the file with its version, and the links to it.
define link_shared
	$(CC) $(LDFLAGS_ALL) -shared $(WHOLE) -Wl,-soname,$(@F).$(SOVERSION) \
	    -o $@.$(VERSION) $^ $(call libs,$(PKGS_$(1)))
	ln -sf $(@F).$(VERSION) $@.$(SOVERSION)
	ln -sf $(@F).$(SOVERSION) $@
endef

define library_rules
$$(BUILD)/$$(call library_of,$(1)).a: $$(call library_obj,$(1))
	rm -f $$@
	$$(AR) rcs $$@ $$^

$$(BUILD)/$$(call library_of,$(1)).so: $$(call library_obj,$(1))
	$$(call link_shared,$(1))
endef
$(foreach e,all sqlite postgres,$(eval $(call library_rules,$(e))))

# Only what schemac.h and schemac_row.h declare leaves the library; each function may be
# left out of a program that is linked with --gc-sections.
$(RUNTIME_OBJ): CFLAGS_ALL += -fPIC -fno-plt -fvisibility=hidden -ffunction-sections \
                              -fdata-sections
$(RUNTIME_OBJ): pkg_cflags =
$(call object,$(SRC_sqlite)): pkg_cflags = $(call cflags,$(PKGS_sqlite))
$(call object,$(SRC_postgres)): pkg_cflags = $(call cflags,$(PKGS_postgres))

$(BUILD)/libcompiler.a: $(LIBRARY_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(pkg_cflags) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: $(BUILD)/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(pkg_cflags) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# ---- generated sources ----------------------------------------------------------------

$(BUILD)/grammar/parser.c $(BUILD)/grammar/parser.h &: grammar/sql.y
	@mkdir -p $(BUILD)/grammar
	bison -Wall -Werror --header=$(BUILD)/grammar/parser.h -o $(BUILD)/grammar/parser.c $<

# The same grammar without the look-ahead that good messages need.
$(BUILD)/grammar/quick.c: grammar/sql.y
	@mkdir -p $(BUILD)/grammar
	bison -Wall -Werror -F parse.lac=none -F api.prefix='{sql_quick_}' -o $@ $<

$(BUILD)/grammar/lexer.c: grammar/sql.re grammar/keywords.def
	@mkdir -p $(BUILD)/grammar
	re2c -W -Werror --no-generation-date --utf-8 --bit-vectors -o $@ $<

$(BUILD)/grammar/words.h: src/syntax/words.awk grammar/keywords.def \
    src/syntax/phrases.def src/syntax/forms.def
	@mkdir -p $(BUILD)/grammar
	awk -f $^ > $@

# Every source may include the token numbers.
$(COMPILER_OBJ): | $(BUILD)/grammar/parser.h $(BUILD)/grammar/words.h

# Templates as byte arrays: a string literal of over 4,095 characters is not portable C.
$(BUILD)/gen/templates.c: $(TEMPLATES) Makefile src/base/embed.sh
	@mkdir -p $(@D)
	sh src/base/embed.sh embedded_templates gen/embedded.h $(TEMPLATES) > $@

# What describe asks a PostgreSQL server, in the order of the file names.
$(BUILD)/describe/queries.c: $(QUERIES) Makefile src/base/embed.sh
	@mkdir -p $(@D)
	sh src/base/embed.sh postgres_queries describe/postgres.h $(QUERIES) > $@

# ---- tests ----------------------------------------------------------------------------

# How many compilers `make test` and `make demo` run at once.
JOBS := $(shell nproc 2>/dev/null || echo 2)

unit: $(UNIT_BIN)

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libcompiler.a $(BUILD)/libschemac.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(pkg_cflags) $(CFLAGS_ALL) -MMD -MP $(LDFLAGS_ALL) -o $@ \
	    $< $(BUILD)/libcompiler.a $(BUILD)/libschemac.a \
	    $(call libs,cmocka $(PKGS_COMPILER) $(PKGS_all))

# Missing prerequisites are installed first, then make is asked anew: what it found out
# about the machine before that would be wrong.
test: ## static checks, then every suite (installs what is missing)
	@sh tests/install-deps build test
	@$(MAKE) --no-print-directory -j$(JOBS) all unit
	@$(MAKE) --no-print-directory check
	python3 tests/run.py --build $(BUILD) $(TESTS)

prove: all ## 11,000 random migrations (SEEDS="FIRST END"), whole corpus, pairs, kills
	python3 tests/property/prove.py --build $(BUILD) $(SEEDS)
	python3 tests/property/prove.py --build $(BUILD) --dialect postgres $(SEEDS)
	CORPUS=whole python3 tests/run.py --build $(BUILD) corpus/
	SYSTEMS=whole python3 tests/run.py --build $(BUILD) engines/every_pair/there
	KILLS=whole python3 tests/run.py --build $(BUILD) kill_9 that_stopped_anywhere
	python3 tests/bench/describe.py --build $(BUILD)

# PostgreSQL's parser is for the comparison only: nothing that is installed links it.
$(BUILD)/tests/bench/reader: tests/bench/reader.c $(BUILD)/libcompiler.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(pkg_cflags) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ \
	    -l:libpg_query.a -lpthread $(call libs,$(PKGS_COMPILER))

bench-reader: ## the reader beside PostgreSQL's own parser (installs what is missing)
	@sh tests/install-deps build bench
	@$(MAKE) --no-print-directory $(BUILD)/tests/bench/reader
	python3 tests/bench/reader.py --build $(BUILD)

bench: bench-reader all ## reader, comparing 10,000 tables, typed C beside hand-written
	python3 tests/bench/change.py --build $(BUILD)
	python3 tests/bench/typed_c.py --build $(BUILD)
	python3 tests/bench/many.py --build $(BUILD)

demo: ## the whole of what schemac does, on a parking system (installs what is missing)
	@sh tests/install-deps build demo
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh tests/demo/demo.sh $(BUILD)

check: all ## fast static checks: layers, style, rules, generated/, both compilers
	@sh tests/check-includes.sh
	@sh tests/check-style.sh
	@sh tests/check-diagnostics.sh
	@sh tests/check-lint.sh
	@sh tests/check-generated.sh $(BUILD)
	@CPPFLAGS="$(CPPFLAGS_ALL) $(pkg_cflags)" CFLAGS="-std=c11 $(WARN)" \
	    sh tests/check-compilers.sh $(COMPILER_SRC) $(RUNTIME_SRC) \
	    $(UNIT_SRC) \
	    $(GENERATED_C) $(RUNTIME_H)
	@echo "check: clean"

ASAN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

asan: ## every suite again with the address, undefined and leak sanitizers
	@sh tests/install-deps build test
	@$(MAKE) --no-print-directory BUILD=build/asan CFLAGS="-O1 -g" SANITIZE="$(ASAN)" \
	    all unit
	ASAN_OPTIONS=detect_leaks=1:exitcode=99:allocator_may_return_null=1 \
	    UBSAN_OPTIONS=print_stacktrace=1:exitcode=99 \
	    SANITIZE="$(ASAN)" python3 tests/run.py --build build/asan $(TESTS)

# ---- the rest -------------------------------------------------------------------------

generated: all ## write generated/ anew (schemas/generate.sh knows what is in it)
	rm -rf generated
	sh schemas/generate.sh $(BUILD) generated

# What applications build with: the same files whichever libraries are installed.
INSTALL_DATA = src/runtime/install
SHARE        = $(PREFIX)/share/schemac
CMAKE_DIR    = $(LIBDIR)/cmake/schemac

# fill_in FILE TARGET ENGINES: a template of src/runtime/install.
fill_in = sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(LIBDIR)|g' \
              -e 's|@VERSION@|$(VERSION)|g' \
              -e 's|@NAME@|$(patsubst lib%,%,$(call library_of,$(3)))|g' \
              -e 's|@PACKAGES@|$(PKGS_$(3))|g' -e 's|@ENGINES@|$(patsubst \
              all,sqlite postgres,$(3))|g' $(INSTALL_DATA)/$(1) > $(DESTDIR)$(2)

# install_library ENGINES: the library, static and shared, and what pkg-config says of it.
define install_library
	install -m 644 $(BUILD)/$(call library_of,$(1)).a \
	    $(BUILD)/$(call library_of,$(1)).so.$(VERSION) $(DESTDIR)$(LIBDIR)/
	ln -sf $(call library_of,$(1)).so.$(VERSION) \
	    $(DESTDIR)$(LIBDIR)/$(call library_of,$(1)).so.$(SOVERSION)
	ln -sf $(call library_of,$(1)).so.$(SOVERSION) \
	    $(DESTDIR)$(LIBDIR)/$(call library_of,$(1)).so
	$(call fill_in,schemac.pc.in,$(LIBDIR)/pkgconfig/$(patsubst \
	    lib%,%,$(call library_of,$(1))).pc,$(1))

endef

install: all install-runtime ## install under PREFIX (/usr/local), inside DESTDIR
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/schemac $(DESTDIR)$(PREFIX)/bin/

install-runtime: runtime ## the same, with headers, under PREFIX
	install -d $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(LIBDIR)/pkgconfig \
	    $(DESTDIR)$(CMAKE_DIR) $(DESTDIR)$(SHARE)
	install -m 644 $(RUNTIME_H) $(DESTDIR)$(PREFIX)/include/
	for folder in templates/more/*; do \
	    to=$(DESTDIR)$(SHARE)/$$folder; \
	    install -d $$to && install -m 644 $$folder/*.tmpl $$to/ || exit 1; \
	done
	$(foreach e,$(LIBRARIES),$(call install_library,$(e)))
	install -m 644 $(INSTALL_DATA)/schemac.mk $(DESTDIR)$(SHARE)/
	$(call fill_in,schemac-config.cmake.in,$(CMAKE_DIR)/schemac-config.cmake)
	$(call fill_in,schemac-config-version.cmake.in,$(CMAKE_DIR)/schemac-config-version.cmake)

deps: ## install what building and testing need (Debian, Ubuntu); elsewhere list it
	@sh tests/install-deps build demo test bench

format: ## lay the C sources out with clang-format
	clang-format -i $(wildcard src/*/*.[ch] src/*/*/*.[ch] tests/*/*.[ch])

clean: ## remove the build folder
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | while read -r target words; do \
	    printf '  make %-15s %s\n' "$$target" "$$words"; done

-include $(COMPILER_OBJ:.o=.d) $(RUNTIME_OBJ:.o=.d) $(UNIT_BIN:=.d)
