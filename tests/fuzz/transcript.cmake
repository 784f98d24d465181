# SPDX-License-Identifier: Apache-2.0
tl_add_fuzz(transcript_fuzz LIBS tl_ingest)
tl_add_fuzz(places_fuzz LIBS tl_ingest)
