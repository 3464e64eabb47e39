# schemac: `make help` lists the targets.

CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
BUILD   ?= build

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wstrict-prototypes \
       -Wmissing-prototypes -Wvla -Wundef -Wformat=2 -Werror

PKGS_COMPILER = nettle
PKGS_RUNTIME  = sqlite3
CPPFLAGS_ALL  = -Isrc -I$(BUILD) $(CPPFLAGS)
CFLAGS_ALL    = -std=c11 $(WARN) $(CFLAGS) $(SANITIZE)
LDFLAGS_ALL   = $(LDFLAGS) $(SANITIZE)

# Folders bottom to top, as in src/README.md.
COMPILER_FOLDERS = base diag expr syntax model resolve diff dialect dialect/sqlite \
                   dialect/postgres plan gen describe cli
COMPILER_SRC = $(foreach d,$(COMPILER_FOLDERS),$(wildcard src/$(d)/*.c)) \
               $(BUILD)/grammar/lexer.c $(BUILD)/grammar/parser.c $(BUILD)/gen/templates.c
RUNTIME_SRC  = $(wildcard src/runtime/*.c)
TEMPLATES    = $(sort $(wildcard templates/*))

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(patsubst $(BUILD)/%,%,$(1)))
COMPILER_OBJ = $(call object,$(COMPILER_SRC))
RUNTIME_OBJ  = $(call object,$(RUNTIME_SRC))
MAIN_OBJ     = $(BUILD)/obj/src/cli/main.o
# What unit tests link: everything but main.
LIBRARY_OBJ  = $(filter-out $(MAIN_OBJ),$(COMPILER_OBJ))

# Asked only when something is linked, so that `make deps` works before pkg-config is there.
libs = $(shell pkg-config --libs $(1))

.PHONY: all clean
all: $(BUILD)/schemac $(BUILD)/libschemac.a

$(BUILD)/schemac: $(COMPILER_OBJ) $(BUILD)/libschemac.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(call libs,$(PKGS_COMPILER) $(PKGS_RUNTIME))

$(BUILD)/libschemac.a: $(RUNTIME_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/libcompiler.a: $(LIBRARY_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: $(BUILD)/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# ---- generated sources ------------------------------------------------------------------------

$(BUILD)/grammar/parser.c $(BUILD)/grammar/parser.h &: grammar/sql.y
	@mkdir -p $(BUILD)/grammar
	bison -Wall -Werror --header=$(BUILD)/grammar/parser.h -o $(BUILD)/grammar/parser.c $<

$(BUILD)/grammar/lexer.c: grammar/sql.re grammar/keywords.def
	@mkdir -p $(BUILD)/grammar
	re2c -W -Werror --no-generation-date --utf-8 -o $@ $<

# Every source may include the token numbers.
$(COMPILER_OBJ): | $(BUILD)/grammar/parser.h

# Templates as byte arrays: a string literal of more than 4,095 characters is not portable C.
$(BUILD)/gen/templates.c: $(TEMPLATES) Makefile
	@mkdir -p $(@D)
	@{ printf '#include "gen/embedded.h"\n\n'; \
	for t in $(TEMPLATES); do \
	    id=$$(basename $$t | tr -c 'A-Za-z0-9\n' _); \
	    printf 'static const unsigned char %s[] = {\n' $$id; \
	    od -An -v -tu1 $$t | sed 's/[0-9][0-9]*/&,/g'; \
	    printf '};\n\n'; \
	done; \
	printf 'const struct embedded_template embedded_templates[] = {\n'; \
	for t in $(TEMPLATES); do \
	    id=$$(basename $$t | tr -c 'A-Za-z0-9\n' _); \
	    printf '    { "%s", %s, sizeof %s },\n' $$(basename $$t) $$id $$id; \
	done; \
	printf '};\n\nconst size_t embedded_template_count = sizeof embedded_templates / sizeof *embedded_templates;\n'; \
	} > $@.tmp && mv $@.tmp $@

clean:
	rm -rf $(BUILD)

-include $(COMPILER_OBJ:.o=.d) $(RUNTIME_OBJ:.o=.d)
