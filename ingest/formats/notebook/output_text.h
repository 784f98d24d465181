// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace tl {

// What a person sees of an output of a cell, formats 2 to 4: printed text with the last state of
// its progress bars and without the colours of terminals; of a rich output the plain text, or its
// Markdown, LaTeX or HTML where the plain text only names an object. "[image output]" for pictures.
std::string outputText(const nlohmann::json& output, int format);

// The lines of a cell: a string, or a list of lines, which format 2 and some programs leave without
// line ends.
std::string sourceText(const nlohmann::json& source, int format);

// The words of a piece of HTML: rows of tables with " | " between their cells, no tags. For the
// outputs of cells alone; pages are read in the sandbox.
std::string wordsOfHtml(std::string_view html);

}  // namespace tl
