/*
 * xml_mend: libxml2 wants better XML than there is.
 */
#ifndef IMPORT_XML_MEND_H
#define IMPORT_XML_MEND_H

#include "hearsay/base.h"

/* Copies UTF-8 text without what libxml2 would trip over. */
void xml_mend(struct buffer *out, const char *text, size_t length);

#endif
