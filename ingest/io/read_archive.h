// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Opens a zip or tar archive, plain or packed, or a single packed file, and gives its members as
// parts; the text is empty. Every member is a part: those that cannot be had say why. Folders are
// no parts. An archive that is damaged half-way gives what stands before the damage and a warning.
// kCorrupt when nothing can be had of it; kInvalidInput for a wrong password. Errors as of
// Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readArchive(const ReadRequest& request);

// The same for a format that is made of members of which it needs some: the others are parts with
// the skip reason kNotWanted, and cost next to nothing in a zip archive.
Reading<Extract> readArchiveMembers(const ReadRequest& request,
                                    bool (*isWanted)(std::string_view name));

}  // namespace tl
