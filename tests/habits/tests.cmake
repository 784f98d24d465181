# SPDX-License-Identifier: Apache-2.0
# The habits of this code base, checked: house rules that no compiler knows.
function(tl_add_habit name)
    add_test(NAME habits.${name} COMMAND ${ARGN})
    set_tests_properties(habits.${name} PROPERTIES LABELS habits)
endfunction()

set(habits ${CMAKE_CURRENT_SOURCE_DIR}/habits)
tl_add_habit(layering ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -P ${habits}/layering.cmake)
tl_add_habit(lengths ${habits}/lengths.sh ${PROJECT_SOURCE_DIR})
tl_add_habit(sources ${habits}/sources.sh ${PROJECT_SOURCE_DIR})
tl_add_habit(reasons ${habits}/reasons.sh ${PROJECT_SOURCE_DIR})
tl_add_habit(references ${habits}/references.sh ${PROJECT_SOURCE_DIR})
tl_add_habit(readme ${habits}/readme.sh ${PROJECT_SOURCE_DIR}/README.md)
# With the folders of everything that any library includes.
set(folders "")
foreach(library tl_app tl_engine tl_ingest tl_store tl_formats)
    list(APPEND folders "$<TARGET_PROPERTY:${library},INCLUDE_DIRECTORIES>")
endforeach()
if(TL_UI)
    list(APPEND folders "$<TARGET_PROPERTY:tl_ui,INCLUDE_DIRECTORIES>")
endif()
set(folders "$<REMOVE_DUPLICATES:$<FILTER:${folders},EXCLUDE,^$>>")
add_test(NAME habits.headers COMMAND ${habits}/headers.sh ${PROJECT_SOURCE_DIR} ${CMAKE_CXX_COMPILER}
    "-I$<JOIN:${folders},;-I>" -fPIC "-DTL_SOURCE_DIR=\"\"" COMMAND_EXPAND_LISTS)
set_tests_properties(habits.headers PROPERTIES LABELS habits)
tl_add_habit(notices_faults ${habits}/notices_faults.sh
    ${CMAKE_COMMAND} ${CMAKE_CXX_COMPILER} ${CMAKE_NM} ${CMAKE_READELF})

# The libraries and the program as they were built. Sanitizers bring symbols of their own.
if(NOT TL_SANITIZE)
    set(libraries tl_base tl_kernels tl_engine tl_ingest tl_store tl_app)
    if(TL_UI)
        list(APPEND libraries tl_ui)
    endif()
    list(TRANSFORM libraries REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
    tl_add_habit(no_printing ${habits}/no_printing.sh ${CMAKE_NM} ${archives})
    tl_add_habit(no_network ${habits}/no_network.sh ${CMAKE_READELF} $<TARGET_FILE:throughline>)
    tl_add_habit(parsers_apart ${habits}/parsers_apart.sh ${CMAKE_READELF}
        $<TARGET_FILE:throughline> $<TARGET_FILE:throughline-reader>)
endif()
