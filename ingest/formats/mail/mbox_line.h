// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// Whether `rest` starts with the line that stands in front of each message of an mbox: "From ", an
// address or a name, and a date as asctime() writes it, in whatever order of zone and year, and
// behind it the line of a header field.
bool startsWithMboxLine(std::string_view rest);

// "Subject" for "Subject: words"; empty when the line is no header field.
std::string_view headerFieldName(std::string_view line);

}  // namespace tl
