// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace tl {

// What the user sees of a language, and how sure its file names are.
struct Language {
    std::string_view name;  // "C++"
    bool isData = false;    // JSON, YAML...: settings or data rather than a program
    bool isMarkup = false;  // Markdown, HTML...: prose with marks
};

// By the file's name ("Makefile", "main.cpp", "lib/a.h"), else by a "#!" line at the start of
// `head`. For .h and others that several languages use, `head` decides. nullptr for what is no
// code. The result lives as long as the program. Thread-safe.
const Language* languageOf(std::string_view name, std::string_view head);

// All that languageOf() can tell, each once, in byte order of their names.
std::vector<std::string_view> languageNames();

}  // namespace tl
