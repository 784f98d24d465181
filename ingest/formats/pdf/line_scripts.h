// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tl {

// A run of letters of one font on a line, as it stands on the page.
struct LinePiece {
    std::string text;  // UTF-8
    float size = 0;    // of the font, in points
    float height = 0;  // of its baseline, in points, growing upwards
    float begin = 0;   // along the line, in points
    float end = 0;
    bool joinsNext = false;  // there is no space after it
    bool isBox = false;      // of a form: no letter of the line, nor a mark
};

// How a piece is written into the text.
struct PieceScript {
    bool isMark = false;     // raised or lowered, so its font says nothing about the line
    bool joinsNext = false;  // no space is to come after it
    std::string prefix{};    // "^", "_" or nothing
    std::string suffix{};    // ")" where the prefix opens a bracket
};

// What of a line is raised or lowered: footnote marks, exponents, indices. They are told by smaller
// letters on a baseline of their own beside letters on the line's. A raised number gets "^", so
// that $320 with mark 1 is "$320^1" and 10 to the 6th "10^6"; a lowered one after a digit "_".
// Nothing is put before ordinals (1st), signs (*), logos with a raised letter and built fractions,
// which are "2 1/2". `isRightToLeft`: pieces stand as drawn, so a mark follows the letters at its
// right.
std::vector<PieceScript> scriptsOf(std::vector<LinePiece> pieces, bool isRightToLeft);

// Whether `mark` stands raised beside `word`, close enough to be its mark (after it) or, where
// `isLabel`, the mark of the note that begins with it (before it). `mark` may be of another line.
bool isMarkOf(const LinePiece& mark, const LinePiece& word, bool isLabel);

}  // namespace tl
