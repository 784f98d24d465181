# SPDX-License-Identifier: Apache-2.0
tl_add_test(ingest/cache/extract_cache_test LIBS tl_ingest tl_temp_tree)
