# SPDX-License-Identifier: Apache-2.0
tl_add_fuzz(protocol_fuzz LIBS tl_ingest)
