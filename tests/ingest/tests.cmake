find_package(ICU REQUIRED COMPONENTS uc)  # the tests encode what the library decodes

add_library(tl_temp_tree STATIC ingest/temp_tree.cpp ingest/temp_tree.h)
target_include_directories(tl_temp_tree PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_temp_tree PRIVATE tl_warnings)
foreach(test collect_sources_test default_rules_test git_files_test gitignore_test
             glob_test line_index_test passages_test places_test read_document_test
             reduce_document_test document_file_test text/decode_text_test)
    tl_add_test(ingest/${test} LIBS tl_ingest tl_temp_tree ICU::uc)
endforeach()
tl_add_test(ingest/large_tree_test LIBS tl_ingest tl_temp_tree LABELS slow)
tl_add_test(ingest/real_places_test LIBS tl_ingest tl_temp_tree)
add_dependencies(ingest.real_places_test throughline-reader)
tl_add_test(ingest/page/ocr_words_test LIBS tl_formats)
foreach(folder io code formats sandbox cache)
    include(ingest/${folder}/tests.cmake OPTIONAL)
endforeach()
# Behind the folders: they use what these make.
add_library(tl_malformed_files STATIC ingest/malformed_files.cpp ingest/malformed_files.h)
target_compile_definitions(tl_malformed_files PRIVATE TL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(tl_malformed_files PRIVATE tl_make_archive tl_make_pdf tl_warnings)
tl_add_test(ingest/malformed_test LIBS tl_ingest tl_temp_tree tl_malformed_files)
foreach(test cached_run_test read_members_test reader_set_test)
    tl_add_test(ingest/${test} LIBS tl_ingest tl_temp_tree tl_make_archive)
    add_dependencies(ingest.${test} throughline-reader)
endforeach()
add_dependencies(ingest.reader_set_test naughty_child)
target_compile_definitions(ingest.reader_set_test PRIVATE
    TL_NAUGHTY_CHILD="$<TARGET_FILE:naughty_child>")
add_dependencies(ingest.malformed_test throughline-reader)
