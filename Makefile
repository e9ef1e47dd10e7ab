# hearsay: one Makefile. `make run` and `make test` do all set-up on a fresh Debian 12.
#
#   make            build/hearsay                  make lint       static checks and house rules
#   make run        set up, build, open a sample   make sanitize   all tests under ASan and UBSan
#   make test       set up, build, all tests       make fuzz       FUZZ_SECONDS=30 a harness
#   make check      all tests, no set-up           make bench      how fast it is; bench-count
#   make man        make the manual pages anew
#   make screens    draw the golden screens anew   make install    PREFIX= DESTDIR=; make uninstall
#   make eval       how right the analysis is, on annotated texts
#   make setup      all packages, lint's too       make format; make clean
#   make GMIME=no   without the decoder of mail
#
# V=1 shows the commands. BUILD=, CC=, CFLAGS=, EXTRA_CFLAGS= make another build beside this one.

CC      ?= cc
CFLAGS  ?= -O2 -g
BUILD   ?= build
PREFIX  ?= /usr/local
VERSION := 0.1.0

ROOMS := base later config document keys analyse import store layout reader export command
WARN  := -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
FLAGS := $(WARN) -D_GNU_SOURCE -DHEARSAY_VERSION='"$(VERSION)"' -Iinclude \
         -isystem /usr/include/libxml2 $(CFLAGS) $(EXTRA_CFLAGS)
# The others (SQLite, PCRE2, gumbo, cmark, libxml2, libzip, GMime) are loaded when they are needed
# (hearsay/later.h).
LIBS  := -lyajl -liniparser -lunistring
CURSES := -lncursesw -ltinfo

# Mail in parts and encoded words need GMime; make GMIME=no does without.
GMIME ?= $(shell pkg-config --exists gmime-3.0 2>/dev/null && echo yes || echo no)
ifeq ($(GMIME),yes)
FLAGS += -DHEARSAY_GMIME \
         $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I gmime-3.0))
endif
WANTED := build $(if $(filter file undefined default,$(origin GMIME)),mail)

Q := $(if $(V),,@)
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-print-directory
say = @printf '  %-8s %s\n' $(1) $(2)

LIB_SRC  := $(foreach room,$(ROOMS),$(wildcard src/$(room)/*.c))
KEYMAPS  := $(sort $(wildcard keymaps/*.ini))
UI_SRC   := $(wildcard src/ui/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/keymaps.o
UI_OBJ   := $(UI_SRC:%.c=$(BUILD)/%.o)
MAIN_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/*.c))
LIBRARY  := $(BUILD)/libhearsay.a

.PHONY: all
all: $(BUILD)/hearsay

$(BUILD)/hearsay: $(MAIN_OBJ) $(UI_OBJ) $(LIBRARY)
	$(call say,link,$@)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(CURSES)

$(LIBRARY): $(LIB_OBJ)
	$(call say,library,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags | $(BUILD)/ready
	$(call say,compile,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -MMD -MP -c -o $@ $<

# The keymaps are built in, so that there are keys even when nothing is installed.
$(BUILD)/gen/keymaps.c: $(KEYMAPS) src/keys/embed.awk
	$(call say,embed,keymaps)
	$(Q)mkdir -p $(@D) && awk -f src/keys/embed.awk $(KEYMAPS) > $@.new && mv $@.new $@

$(BUILD)/gen/keymaps.o: $(BUILD)/gen/keymaps.c | $(BUILD)/ready
	$(Q)$(CC) $(FLAGS) -Isrc/keys -MMD -MP -c -o $@ $<

# The lexicon: lists become a constant table. Its maker runs here and now, so no sanitizer in it.
$(BUILD)/tools/lexicon: tools/lexicon.c src/analyse/lexicon.h | $(BUILD)/ready
	$(call say,compile,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(WARN) -D_GNU_SOURCE -O1 -Iinclude -o $@ $<

$(BUILD)/gen/lexicon.inc: $(BUILD)/tools/lexicon $(sort $(wildcard data/*.txt))
	$(call say,lexicon,$@)
	$(Q)mkdir -p $(@D) && $< $(filter %.txt,$^) > $@.new && mv $@.new $@

# The trained model: rows of weights become one array.
MODEL ?= data/model.tsv

$(BUILD)/gen/model.inc: $(MODEL)
	$(Q)mkdir -p $(@D) && awk '\
	    BEGIN { print "static const int8_t"; \
	            print "    model_weights[(FEATURE_COUNT + FEATURE_HASHES) * 4 + 1] = {" } \
	    !/^#/ { for (i = 0; i < 4; i++) printf "[%d] = %d,", $$1 * 4 + i, $$(i + 2); print "" } \
	    END   { print "[(FEATURE_COUNT + FEATURE_HASHES) * 4] = 0};" }' $< > $@

$(BUILD)/src/analyse/lexicon.o: $(BUILD)/gen/lexicon.inc
$(BUILD)/src/analyse/types.o: $(BUILD)/gen/model.inc
$(BUILD)/src/analyse/lexicon.o $(BUILD)/src/analyse/types.o: FLAGS += -I$(BUILD)/gen

# Another compiler or other flags make all objects anew.
$(BUILD)/flags: export NOW := $(CC) $(FLAGS)
$(BUILD)/flags: always
	$(Q)mkdir -p $(@D) && { printf '%s\n' "$$NOW" | cmp -s - $@ || printf '%s\n' "$$NOW" >$@; }
.PHONY: always

# A compiler and the headers are there: asked once a build folder, so that it fails with a sentence.
$(BUILD)/ready: tools/setup
	$(Q)CC='$(CC)' tools/setup --look build && mkdir -p $(@D) && touch $@

# ---- set-up and running ------------------------------------------------------------------------

SAMPLE := doc/sample.txt

.PHONY: setup
setup:
	$(Q)tools/setup $(WANTED) test lint

.PHONY: run
run:
	$(Q)CC='$(CC)' tools/setup $(WANTED)
	$(Q)$(MAKE) all
	$(Q)$(BUILD)/hearsay $(SAMPLE)

# ---- tests: tests/ROOM/test_NAME.c is a cmocka program, tests/SUITE/run one of case files -----

TEST_SRC := $(wildcard tests/*/test_*.c)
TESTS    := $(TEST_SRC:%.c=$(BUILD)/%)
SUITES   := $(wildcard tests/*/run)
UI_TESTS := $(filter $(BUILD)/tests/ui/%,$(TESTS))

# Those of the store look into the database by themselves.
$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	$(call say,test,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -Itests -MMD -MP $(LDFLAGS) -o $@ $< $(TEST_OBJ) $(LIBRARY) \
	    $(TEST_LIBS) -lcmocka -lsqlite3 $(LIBS)

# Those of the terminal see the ui's own headers and stand at the other end of the line.
$(UI_TESTS): $(UI_OBJ)
$(UI_TESTS): TEST_OBJ  := $(UI_OBJ)
$(UI_TESTS): TEST_LIBS := -lvterm $(CURSES) -lutil

# That of memory running out has its own allocator in front of the library's.
$(filter $(BUILD)/tests/torment/%,$(TESTS)): TEST_LIBS := \
    $(foreach name,malloc calloc realloc reallocarray,-Wl,--wrap=$(name))

# tests/fuzz/fuzz_NAME.c is a fuzzer's harness, and a test over its corpus.
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ    ?= tests/fuzz/replay.c

$(FUZZERS): $(BUILD)/%: %.c $(FUZZ) $(LIBRARY)
	$(call say,fuzzer,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(FUZZ) $(FUZZ_OBJ) \
	    $(LIBRARY) $(LIBS)

# The decoder of the terminal's bytes is the ui's, and needs no terminal.
$(BUILD)/tests/fuzz/fuzz_input: $(BUILD)/src/ui/input.o
$(BUILD)/tests/fuzz/fuzz_input: FUZZ_OBJ := $(BUILD)/src/ui/input.o

.PHONY: test
test:
	$(Q)CC='$(CC)' tools/setup $(WANTED) test
	$(Q)$(MAKE) check

.PHONY: check
check: $(BUILD)/hearsay $(TESTS) $(FUZZERS)
	$(Q)BUILD=$(BUILD) tests/run.sh $(TESTS) $(FUZZERS) $(SUITES)

.PHONY: tests
tests: $(TESTS) $(FUZZERS)

.PHONY: man
man: $(BUILD)/hearsay
	$(Q)HEARSAY=$(abspath $(BUILD)/hearsay) GENERATE=1 tests/man/run

.PHONY: screens
screens: $(BUILD)/hearsay
	$(Q)HEARSAY=$(abspath $(BUILD)/hearsay) GENERATE=1 tests/screens/run

# ---- proof beyond the tests --------------------------------------------------------------------

SANITIZE := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

.PHONY: sanitize
sanitize:
	$(Q)CC='$(CC)' tools/setup $(WANTED) test
	$(Q)$(MAKE) BUILD=build/sanitize CFLAGS='-g' EXTRA_CFLAGS='$(SANITIZE)' check

# How right the analysis is, against the record; `tools/eval.sh --folds` is the honest one.
$(BUILD)/tools/train: tools/train.c $(LIBRARY)
	$(call say,compile,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(FLAGS) -o $@ $< $(LIBRARY) $(LIBS)

.PHONY: eval
eval: $(BUILD)/tests/analyse/annotate_driver $(BUILD)/tools/train
	$(Q)BUILD=$(BUILD) MAKE='$(MAKE)' tools/eval.sh

# tests/bench/bench_NAME.c: what is measured, from inside and at the other end of a terminal.
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
$(BENCHES): $(BUILD)/src/ui/cells.o
$(BENCHES): TEST_OBJ  := $(BUILD)/src/ui/cells.o
$(BENCHES): TEST_LIBS := -lvterm -lutil

.PHONY: bench
bench:
	$(Q)CC='$(CC)' tools/setup build test
	$(Q)$(MAKE) $(BUILD)/hearsay $(BENCHES)
	$(Q)BUILD=$(BUILD) tools/bench

# Fails where a step takes a tenth more instructions than the record says.
.PHONY: bench-count
bench-count:
	$(Q)CC='$(CC)' tools/setup build test bench
	$(Q)$(MAKE) $(BUILD)/tests/bench/bench_count
	$(Q)BUILD=$(BUILD) CC='$(CC)' tools/bench-count

.PHONY: fuzz fuzzers
fuzz:
	$(Q)tools/setup $(WANTED) fuzz
	$(Q)$(MAKE) BUILD=build/fuzz CC=clang CFLAGS='-O1 -g' FUZZ= LDFLAGS=-fsanitize=fuzzer \
	    EXTRA_CFLAGS='$(filter-out -O1,$(SANITIZE)) -fsanitize=fuzzer-no-link' fuzzers
	$(Q)BUILD=build/fuzz tests/fuzz/run.sh $(FUZZERS:$(BUILD)/tests/fuzz/fuzz_%=%)
fuzzers: $(FUZZERS)

.PHONY: lint
lint: export LINT_FLAGS := $(FLAGS)
lint:
	$(Q)tools/setup $(WANTED) test lint
	$(Q)MAKE='$(MAKE)' tools/lint

.PHONY: format
format:
	$(Q)tools/format

# ---- installing --------------------------------------------------------------------------------

INSTALL := install -D

.PHONY: install
install: $(BUILD)/hearsay
	$(Q)$(INSTALL) -m 755 $(BUILD)/hearsay $(DESTDIR)$(PREFIX)/bin/hearsay
	$(Q)$(INSTALL) -m 644 $(SAMPLE) $(DESTDIR)$(PREFIX)/share/doc/hearsay/sample.txt
	$(Q)$(INSTALL) -m 644 doc/hearsay.1 $(DESTDIR)$(PREFIX)/share/man/man1/hearsay.1
	$(Q)$(INSTALL) -m 644 doc/hearsay-keys.5 $(DESTDIR)$(PREFIX)/share/man/man5/hearsay-keys.5
	$(Q)for map in $(wildcard keymaps/*.ini); do \
	    $(INSTALL) -m 644 $$map $(DESTDIR)$(PREFIX)/share/hearsay/$$map || exit 1; done

.PHONY: uninstall
uninstall:
	$(Q)rm -f $(DESTDIR)$(PREFIX)/bin/hearsay $(DESTDIR)$(PREFIX)/share/man/man1/hearsay.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man5/hearsay-keys.5
	$(Q)rm -rf $(DESTDIR)$(PREFIX)/share/hearsay $(DESTDIR)$(PREFIX)/share/doc/hearsay

.PHONY: clean
clean:
	$(Q)rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(UI_OBJ:.o=.d) $(MAIN_OBJ:.o=.d) $(TESTS:%=%.d) $(FUZZERS:%=%.d) \
         $(BENCHES:%=%.d)
