// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/poppler_setup.h"

#include <Error.h>
#include <GlobalParams.h>
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string_view>

namespace tl {
namespace {

// A counter for a callback without a context; each thread reads one document at a time.
thread_local int64_t damageCount = 0;

// Poppler calls much an error that costs no text, such as unknown colours. These cost some.
constexpr std::array<std::string_view, 11> kDamage = {"flate stream",
                                                      "Unterminated",
                                                      "Unknown operator",
                                                      "Unknown filter",
                                                      "Unknown font tag",
                                                      "No font in",
                                                      "End of file in",
                                                      "Invalid object stream",
                                                      "Illegal character",
                                                      "Weird page contents",
                                                      "Page contents object"};

void countComplaint(ErrorCategory category, Goffset /*position*/, const char* message) {
    if (category != errSyntaxError && category != errInternal) {
        return;
    }
    const std::string_view text = message;
    if (std::any_of(kDamage.begin(), kDamage.end(), [text](std::string_view part) {
            return text.find(part) != std::string_view::npos;
        })) {
        ++damageCount;
    }
}

}  // namespace

void preparePoppler() {
    static std::once_flag once;
    std::call_once(once, [] {
        setErrorCallback(countComplaint);
        globalParams = std::make_unique<GlobalParams>();
        globalParams->setErrQuiet(true);
        // Fontconfig reads its configuration at its first use, and would write a missing cache:
        // both have to be over before the sandbox closes.
        globalParams->findSystemFontFileForFamilyAndStyle("Helvetica", "Regular");
    });
}

std::vector<std::string> popplerFolders() {
    return {"/usr/share/poppler", "/usr/share/fonts", "/usr/local/share/fonts"};
}

int64_t popplerDamageCount() {
    return damageCount;
}

}  // namespace tl
