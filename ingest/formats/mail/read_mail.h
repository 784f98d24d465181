// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Reads an mbox or a single message (eml): a unit of kind kMessage for each, in the order of the
// file, forwarded ones after the message that holds them; attachments are parts. See
// docs/formats.md. kCorrupt for what is no mail. Errors as of Reader::read(). Parses untrusted
// bytes: runs in throughline-reader.
Reading<Extract> readMail(const ReadRequest& request);

// What GMime has to load while files can still be opened. Once per process, from one thread.
void prepareMail();

}  // namespace tl
