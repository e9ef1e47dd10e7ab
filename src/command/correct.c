/*
 * Corrections by hand, typed while reading: "correct join Ryan Crocker = Krocker". A line that
 * holds is in force at once and is added to the file of this input; to take it back, take it out
 * there.
 */
#include "internal.h"

#include <string.h>

static unsigned ask(struct session *session)
{
    static const char command[] = "correct ";
    const struct corrections *file = session->setup.corrections;
    prompt_open(session, PROMPT_COMMAND, false);
    prompt_insert(session, command, strlen(command));
    if (file && file->path)
        session_say(session, "kept in %s", file->path);
    return WISH_DRAW;
}

/* In force or not, it is said whether the line will be known the next time. */
static void keep(struct session *session, const char *line)
{
    struct error error;
    struct corrections *file = session->setup.corrections;
    if (!file)
        session_say(session, "corrected for now: there is no file to keep it in");
    else if (corrections_append(file, line, &error))
        session_say(session, "corrected, and kept in %s", file->path);
    else
        session_complain(session, "corrected for now: %s", error.message);
}

unsigned run_correct(struct session *session, const struct call *call)
{
    struct error error;
    const char *text = document_text(session->setup.document, NULL);
    if (!session->analysed)
        session_say(session, "names are still being found");
    else if (!call->argument)
        return ask(session);
    else if (!annotations_correct_line(&session->annotations, text, call->argument, &error))
        session_complain(session, "%s", error.message);
    else {
        reader_annotate(session->reader, &session->annotations);
        keep(session, call->argument);
    }
    return WISH_DRAW;
}

/* ---- completing ------------------------------------------------------------------------------ */

static void offer_verbs(struct session *session, const char *typed)
{
    static const char *const help[] = {
        "make the second name the first", "take what reads so out of a name",
        "say what a name is: person, organization, place, other", "forget a name"};
    bool value;
    const char *verb;
    for (size_t at = 0; at < ARRAY_LENGTH(help) && (verb = correction_verb(at, &value)); at++)
        command_offer(session, typed, verb, help[at], "");
}

static void offer_names(struct session *session, const char *typed)
{
    const char *text = document_text(session->setup.document, NULL);
    const struct annotations *found = &session->annotations;
    struct buffer name = {0};
    for (size_t at = 0; at < found->entities.count; at++) {
        const struct entity *entity = &found->entities.items[at];
        buffer_clear(&name);
        buffer_add(&name, text + entity->name.start, entity->name.end - entity->name.start);
        command_offer(session, typed, buffer_string(&name),
                      entity_type_name((enum entity_type)entity->type), "");
    }
    buffer_release(&name);
}

static void offer_types(struct session *session, const char *typed)
{
    for (unsigned type = 0; type < ENTITY_TYPES; type++)
        command_offer(session, typed, entity_type_name((enum entity_type)type), "", "");
}

/* A verb, then a name, then behind "=" another one or a type. */
size_t correct_complete(struct session *session, const char *typed)
{
    size_t verb = strcspn(typed, " ");
    const char *equal = strchr(typed, '=');
    const char *word = equal ? equal + 1 : typed + verb;
    word += strspn(word, " ");
    if (!typed[verb])
        offer_verbs(session, word = typed);
    else if (equal && strncmp(typed, "type", verb) == 0)
        offer_types(session, word);
    else if (session->analysed)
        offer_names(session, word);
    return (size_t)(word - typed);
}
