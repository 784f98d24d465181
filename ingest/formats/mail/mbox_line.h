// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// The line that stands in front of each message of an mbox: "From ", an address or a name, and a
// date as asctime() writes it, in whatever order of zone and year, and after it the line of a
// header field. Some programs leave the date out ("From -", "From " alone): then a head of a mail
// has to follow, and within the file an empty line to stand in front.
enum class MboxLine { kNone, kDated, kBare };

// What `rest` starts with.
MboxLine mboxLineOf(std::string_view rest);
bool startsWithMboxLine(std::string_view rest);

// Apple Mail's .emlx has the size of the message in front of it and a property list after: the
// message alone. What does not start so comes back as it is.
std::string_view withoutByteCount(std::string_view file);

// "Subject" for "Subject: words"; empty when the line is no header field.
std::string_view headerFieldName(std::string_view line);

}  // namespace tl
