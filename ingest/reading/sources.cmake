# SPDX-License-Identifier: Apache-2.0
target_sources(tl_ingest PRIVATE
    reading/document_file.cpp reading/extract_document.cpp reading/extract_document.h
    reading/machine_made.cpp reading/machine_made.h reading/read_document.cpp
    reading/read_members.cpp reading/reader_set.cpp reading/reduce_document.cpp
    reading/reduce_document.h)
