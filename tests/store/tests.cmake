# SPDX-License-Identifier: Apache-2.0
find_package(SQLite3 REQUIRED)
foreach(test checkpoint_budget_test packing_test project_lock_test project_store_test)
    tl_add_test(store/${test} LIBS tl_store)
endforeach()
foreach(test damage_test read_only_test schema_test)
    tl_add_test(store/${test} LIBS tl_store)
    target_sources(store.${test} PRIVATE store/whole_project.cpp store/whole_project.h)
endforeach()
# It writes the same project a few hundred times.
tl_add_test(store/power_loss_test LIBS tl_store SQLite::SQLite3 LABELS slow)
target_sources(store.power_loss_test PRIVATE support/fault_vfs.cpp support/fault_vfs.h)
