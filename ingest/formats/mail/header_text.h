// SPDX-License-Identifier: Apache-2.0
// Header fields as texts of one line. GMime knows their grammar; charsets are ICU's, see
// body_text.h.
#pragma once

#include <string>
#include <string_view>

namespace tl {

// Unfolded, encoded words (RFC 2047) decoded, adjacent ones joined before their charset is decoded.
// Bytes that are no ASCII are taken as they come, or in the charset that they seem to have.
std::string decodeHeader(std::string_view raw);

// "Ana Lima <ana@example.org>, bo@example.org", from the field of an address list.
std::string decodeAddresses(std::string_view raw);

// The parameter of a Content-Type or Content-Disposition field, its pieces joined and its charset
// decoded (RFC 2231; encoded words too, as many mailers have them). Empty when there is none.
std::string headerParameter(std::string_view raw, std::string_view name);

// ISO 8601 with zone; empty when the field holds no date that there is.
std::string isoDate(std::string_view raw);

}  // namespace tl
