# SPDX-License-Identifier: Apache-2.0
foreach(test transcript_reader_test text_readers_test)
    tl_add_test(ingest/transcript/${test} LIBS tl_ingest)
endforeach()
