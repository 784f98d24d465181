# SPDX-License-Identifier: Apache-2.0
tl_add_test(ingest/ocr/sniff_image_test LIBS tl_ingest)
tl_add_test(ingest/ocr/ocr_words_test LIBS tl_formats)
tl_add_test(ingest/ocr/read_image_test LIBS tl_ingest)
add_dependencies(ingest.ocr.read_image_test throughline-reader)
