# SPDX-License-Identifier: Apache-2.0
target_sources(tl_ingest PRIVATE
    source/collect_sources.cpp source/default_rules.cpp source/default_rules.h
    source/folder_listing.h source/folder_listing_unix.cpp source/folder_walk.cpp
    source/folder_walk.h source/git_config.cpp source/git_config.h source/git_index.cpp
    source/git_index.h source/glob.cpp source/glob.h source/ignore_pattern.cpp
    source/ignore_pattern.h source/ignore_rules.cpp source/ignore_rules.h source/work_tree.cpp
    source/work_tree.h)
