# SPDX-License-Identifier: Apache-2.0
tl_add_fuzz(cache_fuzz LIBS tl_ingest PkgConfig::libzstd)
