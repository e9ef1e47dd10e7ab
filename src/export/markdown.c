#include "internal.h"
void export_markdown(const struct export_request *request)
{
    (void)request;
}
