// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tl {

enum class PdfFont {
    kHelvetica,  // bytes are Windows-1252
    kMapped,     // bytes are characters of PdfSpec::mapped, counted from 1
    kUnmapped,   // two bytes each, which no table leads to a character
    kJapanese,   // UTF-16BE through a CMap that is not in the file
};

struct PdfText {
    double x = 0;         // points from the page's left edge
    double baseline = 0;  // points from its upper edge
    std::string bytes{};
    double size = 10;
    PdfFont font = PdfFont::kHelvetica;
};

struct PdfPageSpec {
    std::vector<PdfText> texts{};
    double width = 612;
    double height = 792;
    int rotate = 0;
    bool hasImage = false;
    std::string entries{};  // more entries of its dictionary: "/CropBox [0 0 300 300]"
    std::string content{};  // operators after the texts
};

struct PdfHeading {
    std::string title{};
    int page = 1;
    double top = 0;  // points from the page's upper edge
    int level = 1;   // as nested as the one before, or one deeper, or less
};

struct PdfAttachment {
    std::string name{};
    std::string bytes{};
};

struct PdfSpec {
    std::vector<PdfPageSpec> pages{};
    std::string title{};
    std::u32string mapped{};  // characters of the font kMapped
    std::vector<PdfHeading> headings{};
    std::vector<PdfAttachment> attachments{};
    std::vector<std::string> objects{};  // objects 1, 2... of the file, for others to refer to
    std::string catalog{};               // more entries of the catalogue
    std::string info{};                  // more entries of the information dictionary
};

// A small, plain PDF file.
std::string makePdf(const PdfSpec& spec);

// Lines of text from (x, baseline) downwards.
std::vector<PdfText> textLines(double x,
                               double baseline,
                               const std::vector<std::string>& lines,
                               double leading = 12,
                               double size = 10);

}  // namespace tl
