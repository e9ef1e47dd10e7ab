/* The table of settings, within the room. */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include "hearsay/config.h"

#define SETTING_LONGEST 200 /* bytes in a string setting */

/*
 * Reads `text` as a value of that setting: `*number` for all but strings. What is wrong is said in
 * words that name the setting.
 */
bool setting_convert(const struct setting_info *info, const char *text, int *number,
                     struct error *error);

/* Appends "yes or no", "20 to 200", "auto, wide, stacked or single", "text". */
void setting_write_range(const struct setting_info *info, struct buffer *out);

/* The setting with that section and key; SETTINGS if there is none. */
enum setting setting_find(const char *section, const char *key);

#endif
