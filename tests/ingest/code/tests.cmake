# SPDX-License-Identifier: Apache-2.0
foreach(test budget_test code_reader_test guarded_language_test outline_test)
    tl_add_test(ingest/code/${test} LIBS tl_ingest)
endforeach()

# Files as others wrote them, for outline_test: out of the pinned packages that the grammars come
# from, which every build has fetched (cmake/Grammars.cmake).
set(packages ${PROJECT_SOURCE_DIR}/.cache/grammars)
set(real_outlines ${PROJECT_BINARY_DIR}/real_outlines)
function(tl_unpack_real_files package)
    list(TRANSFORM ARGN PREPEND ${package}/)
    list(TRANSFORM ARGN PREPEND ${real_outlines}/ OUTPUT_VARIABLE files)
    add_custom_command(OUTPUT ${files}
        COMMAND ${CMAKE_COMMAND} -E tar xzf ${packages}/${package}.tar.gz --touch -- ${ARGN}
        DEPENDS ${packages}/${package}.tar.gz
        WORKING_DIRECTORY ${real_outlines} VERBATIM)
    target_sources(ingest.code.outline_test PRIVATE ${files})
    set_source_files_properties(${files} PROPERTIES HEADER_FILE_ONLY ON)
endfunction()
file(MAKE_DIRECTORY ${real_outlines})
tl_unpack_real_files(tree-sitter-0.23.2 README.md tree_sitter/__init__.pyi
    tree_sitter/binding/tree_cursor.c tree_sitter/core/lib/src/lexer.c
    tree_sitter/core/lib/src/subtree.h)
tl_unpack_real_files(tree_sitter_c_sharp-0.23.1 src/scanner.c)
tl_unpack_real_files(tree_sitter_language_pack-0.7.0 parsers/csv/src/grammar.json
    parsers/ocaml/common/common.mak parsers/php/common/define-grammar.js
    parsers/xml/common/common.mjs setup.py tree_sitter_language_pack/__init__.py)
