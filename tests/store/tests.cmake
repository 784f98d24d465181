# SPDX-License-Identifier: Apache-2.0
foreach(test checkpoint_budget_test packing_test project_lock_test project_store_test)
    tl_add_test(store/${test} LIBS tl_store)
endforeach()
foreach(test damage_test read_only_test schema_test)
    tl_add_test(store/${test} LIBS tl_store)
    target_sources(store.${test} PRIVATE store/whole_project.cpp store/whole_project.h)
endforeach()
