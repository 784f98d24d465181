# SPDX-License-Identifier: Apache-2.0
foreach(test project_store_test)
    tl_add_test(store/${test} LIBS tl_store)
endforeach()
