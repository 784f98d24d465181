// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// Whether a character tells a reader nothing: private use, U+FFFD, controls, surrogates and what is
// no character. What GlyphText can mend counts as known.
bool isUnknownCharacter(char32_t code);

// The right-to-left scripts: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
bool isRightToLeft(char32_t code);

// Han, kana, Hangul: written without spaces, so that each character is a word's worth.
bool isIdeographic(char32_t code);

// Characters that stand for the boxes of a form until they are written as "[x]", "[ ]", "(x)" and
// "( )"; private ones of the last plane, which no font has.
inline constexpr char32_t kCheckBoxOn = 0x10FF00;
inline constexpr char32_t kCheckBoxOff = 0x10FF01;
inline constexpr char32_t kRadioOn = 0x10FF02;
inline constexpr char32_t kRadioOff = 0x10FF03;

// Whether a character is a box, of a form or of a font.
bool isBox(char32_t code);

// Appends a character as it is to be read: ligatures (U+FB01, Arabic presentation forms) become
// their letters, boxes their state, bullets of symbol fonts U+2022, spaces of all widths nothing,
// unknown characters U+FFFD, though private use ones stay as they are.
void appendGlyph(char32_t code, std::string& out);

void appendUtf8(char32_t code, std::string& out);

}  // namespace tl
