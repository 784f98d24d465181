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
find_program(TL_UPDATE_MIME_DATABASE update-mime-database)
if(TL_UPDATE_MIME_DATABASE)
    add_test(NAME installer.mime_type COMMAND
        ${CMAKE_CURRENT_SOURCE_DIR}/installer/mime_type_test.sh ${TL_UPDATE_MIME_DATABASE} ${id}.mime.xml
        ${PROJECT_SOURCE_DIR}/tests/data/store)
endif()
if(TL_APPSTREAMCLI)
    add_test(NAME installer.metainfo COMMAND ${TL_APPSTREAMCLI} validate --no-net ${id}.metainfo.xml)
endif()
add_test(NAME installer.man_page COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/installer/man_page_test.sh
    $<TARGET_FILE:throughline> ${PROJECT_SOURCE_DIR}/installer/throughline.1)
if(EXISTS /usr/share/bash-completion/bash_completion)
    add_test(NAME installer.completion COMMAND
        ${CMAKE_CURRENT_SOURCE_DIR}/installer/completion_test.sh $<TARGET_FILE:throughline>
        ${PROJECT_SOURCE_DIR}/installer/completions/throughline.bash)
endif()
