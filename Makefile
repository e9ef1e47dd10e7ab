# hearsay: one Makefile. `make run` and `make test` do all set-up on a fresh Debian 12.
#
#   make            build/hearsay                  make lint       static checks and house rules
#   make run        build, open a sample           make sanitize   all tests under ASan and UBSan
#   make test       all tests                      make install    PREFIX= DESTDIR=
#
# V=1 shows the commands.

CC      ?= cc
CFLAGS  ?= -O2 -g
BUILD   ?= build
PREFIX  ?= /usr/local
VERSION := 0.1.0

ROOMS := base config document keys analyse import layout reader export command
WARN  := -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
FLAGS := $(WARN) -D_GNU_SOURCE -DHEARSAY_VERSION='"$(VERSION)"' -Iinclude $(CFLAGS) $(EXTRA_CFLAGS)
LIBS  := -lyajl -liniparser -lunistring
CURSES := -lncursesw -ltinfo

Q := $(if $(V),,@)
say = @printf '  %-8s %s\n' $(1) $(2)

LIB_SRC  := $(foreach room,$(ROOMS),$(wildcard src/$(room)/*.c))
UI_SRC   := $(wildcard src/ui/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
UI_OBJ   := $(UI_SRC:%.c=$(BUILD)/%.o)
LIBRARY  := $(BUILD)/libhearsay.a

.PHONY: all
all: $(BUILD)/hearsay

$(BUILD)/hearsay: $(BUILD)/src/main.o $(UI_OBJ) $(LIBRARY)
	$(call say,link,$@)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(CURSES)

$(LIBRARY): $(LIB_OBJ)
	$(call say,library,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c
	$(call say,compile,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -MMD -MP -c -o $@ $<

# The lexicon: lists become a constant table.
$(BUILD)/tools/lexicon: tools/lexicon.c src/analyse/lexicon.h
	$(call say,compile,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -o $@ $<

$(BUILD)/gen/lexicon.inc: $(BUILD)/tools/lexicon $(sort $(wildcard data/*.txt))
	$(call say,lexicon,$@)
	$(Q)mkdir -p $(@D) && $< $(filter %.txt,$^) > $@.new && mv $@.new $@

# The trained model: rows of weights become one array.
$(BUILD)/gen/model.inc: data/model.tsv
	$(Q)mkdir -p $(@D) && awk 'BEGIN { print "static const int8_t model_weights[(FEATURE_COUNT + FEATURE_HASHES) * 4 + 1] = {" } \
	    !/^#/ { for (i = 0; i < 4; i++) printf "[%d] = %d,", $$1 * 4 + i, $$(i + 2); print "" } END { print "[(FEATURE_COUNT + FEATURE_HASHES) * 4] = 0};" }' $< > $@

$(BUILD)/src/analyse/lexicon.o: $(BUILD)/gen/lexicon.inc
$(BUILD)/src/analyse/types.o: $(BUILD)/gen/model.inc
$(BUILD)/src/analyse/lexicon.o $(BUILD)/src/analyse/types.o: FLAGS += -I$(BUILD)/gen

# ---- tests: tests/ROOM/test_NAME.c is one cmocka program ---------------------------------------

TEST_SRC := $(wildcard tests/*/test_*.c)
TESTS    := $(TEST_SRC:%.c=$(BUILD)/%)

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	$(call say,test,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -Itests -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) -lcmocka $(LIBS)

.PHONY: check
check: $(BUILD)/hearsay $(TESTS)
	$(Q)for test in $(TESTS); do $$test || exit 1; done

.PHONY: clean
clean:
	$(Q)rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(UI_OBJ:.o=.d) $(BUILD)/src/main.d $(TESTS:%=%.d)
