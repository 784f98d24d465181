# SPDX-License-Identifier: Apache-2.0
# Defines the imported library tl_grammars: libtree-sitter and its grammars, from the source packages
# in grammars/pins.txt. Fetched, unpacked and compiled while configuring, in .cache/grammars, once
# for all presets and build folders; afterwards neither the network nor a compiler is used.

# Fetches one package unless it is there. FOLDER is its name, WHERE the cache.
function(tl_fetch_grammar folder hash url where)
    set(archive ${where}/${folder}.tar.gz)
    if(EXISTS ${archive})
        file(SHA256 ${archive} found)
        if(found STREQUAL hash)
            return()
        endif()
    endif()
    message(STATUS "Fetching ${folder} from PyPI")
    foreach(try RANGE 1 3)
        file(DOWNLOAD ${url} ${archive}.part STATUS status INACTIVITY_TIMEOUT 60)
        list(POP_FRONT status code text)
        if(code EQUAL 0)
            break()
        endif()
    endforeach()
    if(NOT code EQUAL 0)
        file(REMOVE ${archive}.part)
        message(FATAL_ERROR "The grammar package ${folder} could not be fetched from ${url}: ${text}. "
            "Put the file into ${where} to build without the network.")
    endif()
    file(SHA256 ${archive}.part found)
    if(NOT found STREQUAL hash)
        file(REMOVE ${archive}.part)
        message(FATAL_ERROR "The grammar package ${folder} from ${url} is not the pinned one: "
            "its SHA-256 is ${found}, not ${hash}.")
    endif()
    file(RENAME ${archive}.part ${archive})
endfunction()

# Runs a command whose words are shown when it fails.
function(tl_run_for_grammars what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE words ERROR_VARIABLE words)
    if(failed)
        message(FATAL_ERROR "${what} failed:\n${words}")
    endif()
endfunction()

# Fetches, unpacks and compiles into FOLDER, then marks it as done.
function(tl_build_grammars cache folder compiler pins)
    file(REMOVE_RECURSE ${folder})
    foreach(pin IN LISTS pins)
        string(REGEX MATCH "^([^ ]+) ([^ ]+) ([^ ]+)$" _ "${pin}")
        set(name ${CMAKE_MATCH_1})
        tl_fetch_grammar(${name} ${CMAKE_MATCH_2} ${CMAKE_MATCH_3} ${cache})
        file(ARCHIVE_EXTRACT INPUT ${cache}/${name}.tar.gz DESTINATION ${folder}/src)
    endforeach()
    message(STATUS "Compiling the grammars (once, about two minutes)")
    tl_run_for_grammars("Configuring the grammars" ${CMAKE_COMMAND} -E env --unset=CFLAGS
        ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/grammars -B ${folder}/build
        -DCMAKE_C_COMPILER=${compiler} -DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM} -DSOURCES=${folder}/src)
    tl_run_for_grammars("Compiling the grammars" ${CMAKE_COMMAND} --build ${folder}/build)
    set(core ${folder}/src/tree-sitter-0.23.2/tree_sitter/core/lib)
    file(COPY ${core}/include DESTINATION ${folder})
    # What a TSLanguage is made of: see ingest/code/guarded_language.h.
    file(COPY ${core}/src/parser.h DESTINATION ${folder}/include/tree_sitter)
    file(RENAME ${folder}/build/libtl_grammars.a ${folder}/libtl_grammars.a)
    # The unpacked sources are ten times the packages.
    file(REMOVE_RECURSE ${folder}/build ${folder}/src)
    file(TOUCH ${folder}/done)
endfunction()

function(tl_add_grammars)
    set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/grammars)
    set(cache ${PROJECT_SOURCE_DIR}/.cache/grammars)
    # What decides the result: the sources, how they are compiled, and the compiler. The system's own
    # before the preset's, so that all presets share one archive.
    find_program(TL_GRAMMAR_COMPILER NAMES gcc cc clang REQUIRED)
    execute_process(COMMAND ${TL_GRAMMAR_COMPILER} --version OUTPUT_VARIABLE key)
    foreach(file ${CMAKE_CURRENT_FUNCTION_LIST_FILE} ${here}/pins.txt ${here}/CMakeLists.txt ${here}/schema.core.c)
        file(SHA256 ${file} hash)
        string(APPEND key ${hash})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    endforeach()
    string(SHA256 key "${key}")
    string(SUBSTRING ${key} 0 16 key)
    set(folder ${cache}/lib-${key})

    file(MAKE_DIRECTORY ${cache})
    file(LOCK ${cache}/lock TIMEOUT 1200 GUARD FUNCTION)  # two presets may be configured at once
    if(NOT EXISTS ${folder}/done)
        file(STRINGS ${here}/pins.txt pins REGEX "^[^#]")
        tl_build_grammars(${cache} ${folder} ${TL_GRAMMAR_COMPILER} "${pins}")
    endif()
    add_library(tl_grammars STATIC IMPORTED GLOBAL)
    set_target_properties(tl_grammars PROPERTIES
        IMPORTED_LOCATION ${folder}/libtl_grammars.a
        INTERFACE_INCLUDE_DIRECTORIES ${folder}/include)
endfunction()

if(NOT TARGET tl_grammars)
    tl_add_grammars()
endif()
