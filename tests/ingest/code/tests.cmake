# SPDX-License-Identifier: Apache-2.0
foreach(test budget_test code_reader_test guarded_language_test outline_test)
    tl_add_test(ingest/code/${test} LIBS tl_ingest)
endforeach()
