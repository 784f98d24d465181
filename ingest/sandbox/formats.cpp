// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/formats.h"

#include <vector>

#include "ingest/container/sniff_archive.h"

namespace tl {

std::span<const SandboxedFormat> sandboxedFormats() {
    static const std::vector<SandboxedFormat> formats = {
        {"archive", 1, DocumentKind::kArchive, sniffArchive},
    };
    return formats;
}

}  // namespace tl
