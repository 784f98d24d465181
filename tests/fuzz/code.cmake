# SPDX-License-Identifier: Apache-2.0
tl_add_fuzz(code_fuzz LIBS tl_ingest)
