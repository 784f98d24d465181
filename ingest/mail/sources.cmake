# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
target_sources(tl_ingest PRIVATE mail/mbox_line.cpp mail/mbox_line.h mail/sniff_mail.cpp
    mail/sniff_mail.h)
target_sources(tl_formats PRIVATE
    mail/body_text.cpp mail/body_text.h mail/flowed_text.cpp mail/flowed_text.h
    mail/header_text.cpp mail/header_text.h mail/mail_warnings.cpp mail/mail_warnings.h
    mail/mime_handle.h mail/mime_parts.cpp mail/mime_parts.h mail/quote_folder.cpp
    mail/quote_folder.h mail/read_mail.cpp mail/read_mail.h mail/split_mbox.cpp mail/split_mbox.h)
target_link_libraries(tl_formats PRIVATE PkgConfig::gmime)
