# SPDX-License-Identifier: Apache-2.0
# Tesseract is looked for when the program runs: nothing of it is needed to build.
target_sources(tl_ingest PRIVATE ocr/sniff_image.cpp ocr/sniff_image.h)
target_sources(tl_formats PRIVATE
    ocr/leptonica.cpp ocr/leptonica.h ocr/ocr_words.cpp ocr/ocr_words.h ocr/read_image.cpp
    ocr/read_image.h ocr/tesseract.cpp ocr/tesseract.h)
