# SPDX-License-Identifier: Apache-2.0
find_package(SQLite3 REQUIRED)
tl_add_fuzz(store_fuzz LIBS tl_store SQLite::SQLite3)
target_sources(store_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/tests/store/whole_project.cpp
    ${PROJECT_SOURCE_DIR}/tests/support/fault_vfs.cpp)
