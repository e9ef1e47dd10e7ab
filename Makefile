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
KEYMAPS  := $(sort $(wildcard keymaps/*.ini))
UI_SRC   := $(wildcard src/ui/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/keymaps.o
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

# The keymaps are built in, so that there are keys even when nothing is installed.
$(BUILD)/gen/keymaps.c: $(KEYMAPS) src/keys/embed.awk
	$(call say,embed,keymaps)
	$(Q)mkdir -p $(@D) && awk -f src/keys/embed.awk $(KEYMAPS) > $@.new && mv $@.new $@

$(BUILD)/gen/keymaps.o: $(BUILD)/gen/keymaps.c
	$(Q)$(CC) $(FLAGS) -Isrc/keys -MMD -MP -c -o $@ $<

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
