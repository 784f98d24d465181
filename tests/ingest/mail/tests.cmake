# SPDX-License-Identifier: Apache-2.0
foreach(test header_text_test mail_structure_test quote_folder_test read_mail_test sniff_mail_test)
    tl_add_test(ingest/mail/${test} LIBS tl_formats)
endforeach()
tl_add_test(ingest/mail/mail_sandbox_test LIBS tl_ingest)
add_dependencies(ingest.mail.mail_sandbox_test throughline-reader)
