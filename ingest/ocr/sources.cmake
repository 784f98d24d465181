# SPDX-License-Identifier: Apache-2.0
# Tesseract is looked for when the program runs: nothing of it is needed to build.
target_sources(tl_formats PRIVATE ocr/tesseract.cpp ocr/tesseract.h)
