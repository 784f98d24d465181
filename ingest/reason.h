// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "ingest/reason_code.h"

namespace tl {

// What the places of a reason are numbers of. Stored like the codes: see reason_code.h.
enum class PlaceKind : uint8_t {
    kNone = 0,
    kPage = 1,
    kSlide = 2,
    kChapter = 3,
    kMessage = 4,
    kCell = 5,
    kRow = 6,
    kLine = 7,
    kSegment = 8,
};

struct PlaceRange {
    int64_t first = 0;  // from 1; both are in it
    int64_t last = 0;

    friend bool operator==(const PlaceRange&, const PlaceRange&) = default;
};

// Why something is skipped or missing, what is wrong with it, or what was done to get at its text:
// as data, so that it can be counted, compared, stored and said in any language. app/reason/ turns
// it into words; nothing else does, and nothing looks for words in one. A value.
struct Reason {
    ReasonCode code = ReasonCode::kNone;
    std::string name{};    // of another thing: a file, a part, a pattern, an encoding, a format
    std::string detail{};  // what the system, a library or the file itself says, in one line
    int64_t count = 0;
    int64_t limit = 0;
    PlaceKind placeKind = PlaceKind::kNone;
    std::vector<PlaceRange> places{};  // ascending, apart from each other
    std::vector<Reason> because{};     // the reason behind it: none or one

    bool isNone() const { return code == ReasonCode::kNone; }

    friend bool operator==(const Reason&, const Reason&) = default;
};

// `behind` as the reason behind a reason of this code and name.
Reason becauseOf(ReasonCode code, Reason behind, std::string name = {});

// The reason as said of one page, message, row...
Reason reasonAt(PlaceKind kind, int64_t number, Reason reason);

// Puts a number after the places, which are all smaller; one that is there already changes none.
void addPlace(int64_t number, std::vector<PlaceRange>& places);
int64_t placeCount(std::span<const PlaceRange> places);

// Foreign words as a detail or a name: valid UTF-8 in one line.
std::string plainLine(std::string_view words);

// Whether this reason or one after it has the code.
bool hasCode(const Reason& reason, ReasonCode code);

// Why something cannot be read: what a caller may want to act on, and the reason.
struct Failure {
    ErrorCode code;
    Reason reason;
};

// What was read, or why nothing was.
template <typename T>
using Reading = Result<T, Failure>;

// Success without a value.
using ReadStatus = Reading<std::monostate>;

inline ReadStatus readOk() {
    return std::monostate{};
}

}  // namespace tl
