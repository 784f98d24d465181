// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/sniff_pdf.h"

#include <cctype>

namespace tl {

int sniffPdf(std::string_view name, std::string_view head) {
    // Viewers find the header anywhere in the first KiB: some mailers put lines in front.
    const size_t header = head.substr(0, 1024).find("%PDF-");
    if (header == 0) {
        return 100;
    }
    if (header != std::string_view::npos) {
        return 80;
    }
    constexpr std::string_view kExtension = ".pdf";
    if (name.size() < kExtension.size()) {
        return 0;
    }
    const std::string_view ending = name.substr(name.size() - kExtension.size());
    for (size_t i = 0; i < kExtension.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(ending[i])) != kExtension[i]) {
            return 0;
        }
    }
    return 50;
}

}  // namespace tl
