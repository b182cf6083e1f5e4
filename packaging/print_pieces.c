/* SPDX-License-Identifier: MIT */
/* print_pieces.c - names and registry values of native/machine/pieces.c, for make_wxs.py and its
 * test. */
#include <stdio.h>

#include "patchprereq.h"

int main(void)
{
    static const struct {
        const char *name, *value;
    } names[] = {
        {"FOLDER", PREREQ_PIECE_FOLDER},
        {"EXE", PREREQ_PIECE_EXE},
        {"DLL", PREREQ_PIECE_DLL_FILE},
        {"MOF", PREREQ_PIECE_MOF},
        {"MOF_REMOVAL", PREREQ_PIECE_MOF_REMOVAL},
        {"TASK_FILE", PREREQ_PIECE_TASK_FILE},
        {"TASK", PREREQ_PIECE_TASK_PATH},
        {"CLSID", PREREQ_WMI_CLSID},
        {"PRODUCT_VERSION", PREREQ_PRODUCT_VERSION},
    };

    for (size_t i = 0; i < PREREQ_COUNT(names); i++)
        (void)printf("name\t%s\t%s\n", names[i].name, names[i].value);
    for (const struct prereq_piece_value *value = prereq_piece_values; value->key; value++) {
        (void)printf("value\t%s\t%s\t%s\t%s\t", prereq_piece_table[value->piece].name, value->key,
                     value->name ? value->name : "", value->text ? "string" : "integer");
        if (value->text)
            (void)printf("%s\n", value->text);
        else
            (void)printf("%lu\n", (unsigned long)value->number);
    }
    return 0;
}
