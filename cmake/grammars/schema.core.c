// SPDX-License-Identifier: Apache-2.0
// What the YAML grammar's scanner asks about a plain scalar while it reads it: is it null, a
// number...? Its source package comes without the file that answers. Outlines need keys only, so
// here every plain scalar is a string.
#include <stdint.h>

#define SCH_STT_FRZ -1

typedef enum { RS_STR, RS_INT, RS_NULL, RS_BOOL, RS_FLOAT } ResultSchema;

static int8_t adv_sch_stt(int8_t state, int32_t character, ResultSchema *result) {
    (void)state;
    (void)character;
    *result = RS_STR;
    return SCH_STT_FRZ;
}
