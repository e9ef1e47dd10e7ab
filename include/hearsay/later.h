/*
 * later: libraries that the first screen of a text does not need are loaded when they are.
 *
 * What libxml2 brings along (ICU, a C++ runtime) takes the loader longer than the first screen
 * takes us; SQLite, PCRE2, gumbo and cmark are smaller, but together they are half of what is
 * loaded. Whoever opens a text would pay for all of it every time.
 *
 *      #define LIBRARY "libxml2.so.2"
 *      LATER(xmlNode *, xmlDocGetRootElement, (const xmlDoc *doc), (doc))
 *
 * defines the library's function anew, by its own name and under its own header's eyes: it finds
 * the real one and calls it. Nobody who uses the library sees a difference. Nothing is kept, so a
 * call costs a look into the loader's tables (0.1 microseconds).
 *
 * Where a library may be missing, or is called for every message of thousands, its functions stand
 * in a table of the caller's instead, found once:
 *
 *      #define CALLS(X) X(zip_discard) X(zip_fread)
 *      struct archive { ... CALLS(LATER_MEMBER) };
 *      #define FIND(name) &&later_look(library, #name, &archive->name)
 *      void *library = later_open("libzip.so.4");
 *      bool found = library CALLS(FIND);
 */
#ifndef HEARSAY_LATER_H
#define HEARSAY_LATER_H

#include <stdbool.h>

/* A function of a library. Where it cannot be had the program ends, as it would have at its start
 * with a library missing. */
void *later_find(const char *library, const char *function);

/* A function's address is no object's, but POSIX has it fit into one: hence the union. */
#define LATER(type, name, parameters, arguments)                                                   \
    type name parameters                                                                           \
    {                                                                                              \
        union {                                                                                    \
            void *found;                                                                           \
            __typeof__(&(name)) call;                                                              \
        } function = {later_find(LIBRARY, #name)};                                                 \
        return function.call arguments;                                                            \
    }
#define LATER_VOID(name, parameters, arguments)                                                    \
    void name parameters                                                                           \
    {                                                                                              \
        union {                                                                                    \
            void *found;                                                                           \
            __typeof__(&(name)) call;                                                              \
        } function = {later_find(LIBRARY, #name)};                                                 \
        function.call arguments;                                                                   \
    }

#define LATER_MEMBER(name) __typeof__ (&(name))(name);

/* Loads one at once, while files can still be opened. */
void later_open_cmark(void);
void later_open_gumbo(void);
void later_open_xml(void);

/* NULL: it is not on this machine. It stays for as long as the program runs. */
void *later_open(const char *library);

/* Fills `call`, a pointer to a pointer to a function; false: there is none of that name. */
bool later_look(void *library, const char *name, void *call);

#endif
