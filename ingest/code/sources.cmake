# SPDX-License-Identifier: Apache-2.0
include(${PROJECT_SOURCE_DIR}/cmake/Grammars.cmake)

target_sources(tl_ingest
    PRIVATE code/budget.cpp code/budget.h code/code_reader.cpp code/code_reader.h
            code/definitions.cpp code/grammars.cpp code/grammars.h
            code/grammars_c.cpp code/grammars_data.cpp code/grammars_functional.cpp
            code/grammars_jvm.cpp code/grammars_script.cpp code/grammars_systems.cpp
            code/grammars_web.cpp code/guarded_language.cpp
            code/guarded_language.h code/language.cpp code/language.h code/node_path.cpp
            code/node_path.h code/outline.cpp code/outline.h)
target_link_libraries(tl_ingest PRIVATE tl_grammars)
