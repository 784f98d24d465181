# SPDX-License-Identifier: Apache-2.0
add_test(NAME installer.install_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/installer/install_test.sh ${CMAKE_COMMAND} ${PROJECT_BINARY_DIR})
set_tests_properties(installer.install_test PROPERTIES LABELS slow)

# Not installed for ./test; .ci/run brings both.
find_program(TL_DESKTOP_FILE_VALIDATE desktop-file-validate)
find_program(TL_APPSTREAMCLI appstreamcli)
set(id ${PROJECT_SOURCE_DIR}/installer/io.github.throughline.Throughline)
if(TL_DESKTOP_FILE_VALIDATE)
    add_test(NAME installer.desktop_file COMMAND ${TL_DESKTOP_FILE_VALIDATE} ${id}.desktop)
endif()
if(TL_APPSTREAMCLI)
    add_test(NAME installer.metainfo COMMAND ${TL_APPSTREAMCLI} validate --no-net ${id}.metainfo.xml)
endif()
