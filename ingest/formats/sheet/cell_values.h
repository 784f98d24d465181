// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// What a number in a cell is by the format it is shown in.
enum class NumberFormat { kPlain, kPercent, kDate, kTime, kDateTime };

// The format of each cell style of xl/styles.xml; by its built-in number or its code.
std::vector<NumberFormat> numberFormats(pugi::xml_node styleSheet);
NumberFormat formatOfCode(std::string_view code);

// A stored number as a person reads it: "42", "12 %", "2024-03-12", "09:14:00". `from1904`: days
// count from 1904, as on old Macs. What is no number comes back as it is.
std::string numberText(std::string_view stored, NumberFormat format, bool from1904);

// The column of "BC12", from 0; -1 without letters.
int columnOf(std::string_view reference);

}  // namespace tl
