# SPDX-License-Identifier: Apache-2.0
# Fails when a folder includes a folder it may not, or reaches past another folder's root headers.
# Run as: cmake -DROOT=<source folder> -P layering.cmake
cmake_minimum_required(VERSION 3.25)

set(base_may     base)
set(kernels_may  kernels base)
set(engine_may   engine kernels base)
set(ingest_may   ingest base)
set(app_may      app engine ingest base)
set(ui_may       ui app base)

set(bad "")
set(seen 0)
foreach(folder base kernels engine ingest app ui)
    file(GLOB_RECURSE files RELATIVE ${ROOT}
        ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp ${ROOT}/${folder}/*.cu ${ROOT}/${folder}/*.cuh)
    list(REMOVE_ITEM files app/main.cpp)  # The composition root: the one file that may see everything.
    foreach(file IN LISTS files)
        set(may ${${folder}_may})
        if(file MATCHES "^app/[^/]+[.]h$")  # What ui sees must not drag the engine in behind it.
            set(may app base)
        endif()
        file(STRINGS ${ROOT}/${file} includes REGEX "^#include \"[a-z_]+/")
        foreach(include IN LISTS includes)
            math(EXPR seen "${seen} + 1")
            string(REGEX MATCH "\"([a-z_]+)/(.*)\"" _ "${include}")
            set(used ${CMAKE_MATCH_1})
            set(rest ${CMAKE_MATCH_2})
            if(NOT used IN_LIST may)
                string(APPEND bad "\n  ${file}: may not use ${used}/")
            elseif(NOT used STREQUAL folder AND rest MATCHES "/")
                string(APPEND bad "\n  ${file}: ${used}/${rest} is private to ${used}/")
            endif()
        endforeach()
    endforeach()
endforeach()
if(bad)
    message(FATAL_ERROR "layering:${bad}")
elseif(seen EQUAL 0)
    message(FATAL_ERROR "layering: no include found under ${ROOT}")
endif()
message(STATUS "layering: ${seen} includes keep the order of the folders")
