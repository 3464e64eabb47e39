# schemac.mk: typed C in a build by GNU make.
#
#     include $(shell pkg-config --variable=makefile schemac)
#     $(eval $(call schemac_generate,parking,schemas/parking,build/parking))
#
#     CPPFLAGS += $(parking_CPPFLAGS)
#     app: app.o $(parking_OBJECTS)
#
# gives parking_SOURCES, parking_HEADERS, parking_OBJECTS and parking_CPPFLAGS, a rule that
# runs `schemac gen` when a declaration, a template or schemac itself has changed, and one
# that compiles each source.  make runs gen before anything else, once, and begins anew
# with the names of the files that it wrote; it runs none for a goal that begins with
# `clean` or `distclean`.
#
# SCHEMAC is the program; SCHEMAC_PACKAGE the library: schemac, schemac-sqlite or
# schemac-postgres.

SCHEMAC         ?= schemac
SCHEMAC_PACKAGE ?= schemac

schemac__cflags := $(shell pkg-config --cflags $(SCHEMAC_PACKAGE))
schemac__goals  := $(filter-out clean% distclean%,$(or $(MAKECMDGOALS),all))

# schemac_generate(NAME, FOLDER or FOLDER@VERSION, output folder, options of schemac gen)
define schemac_generate
$(1)_CPPFLAGS := -I$(3) $(schemac__cflags)

$(3)/$(1).mk: $(shell command -v $(SCHEMAC))
	$(SCHEMAC) gen -q --out $(3) --makefile $$@ $(4) $(2)

$(if $(schemac__goals),include $(3)/$(1).mk)
$(1)_OBJECTS = $$($(1)_SOURCES:.c=.o)

$(3)/%.o: $(3)/%.c
	$$(CC) $$(CPPFLAGS) $$(filter-out $$(CPPFLAGS),$$($(1)_CPPFLAGS)) \
	    $$(CFLAGS) -MMD -MP -c -o $$@ $$<

-include $$($(1)_OBJECTS:.o=.d)
endef
