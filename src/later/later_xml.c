/* The functions of libxml2 that are used; see hearsay/later.h. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include "hearsay/later.h"

#define LIBRARY "libxml2.so.2"

LATER(xmlDoc *, xmlReadMemory,
      (const char *buffer, int size, const char *address, const char *encoding, int options),
      (buffer, size, address, encoding, options))
LATER(__typeof__(xmlGetLastError()), xmlGetLastError, (void), ()) /* const in newer ones */
LATER(xmlNode *, xmlDocGetRootElement, (const xmlDoc *doc), (doc))
LATER_VOID(xmlFreeDoc, (xmlDoc * doc), (doc))
LATER(int, xmlNodeDump, (xmlBuffer * out, xmlDoc *doc, xmlNode *node, int level, int format),
      (out, doc, node, level, format))
LATER(xmlBuffer *, xmlBufferCreate, (void), ())
LATER(const xmlChar *, xmlBufferContent, (const xmlBuffer *buffer), (buffer))
LATER(int, xmlBufferLength, (const xmlBuffer *buffer), (buffer))
LATER_VOID(xmlBufferFree, (xmlBuffer * buffer), (buffer))

void later_open_xml(void)
{
    later_open(LIBRARY);
}
