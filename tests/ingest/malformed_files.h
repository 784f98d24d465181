// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tl {

struct TestFile {
    std::string name;    // tells the format
    std::string format;  // of sandboxedFormats(); empty for what the program reads itself
    std::string bytes;
};

// One sound file for each format: a row of a table in malformed_files.cpp.
std::vector<TestFile> soundFiles();

// What becomes of them when they are cut, spoilt, blown up, nested without end or named after
// something else, and files made for harm. The same ones in each run; their names are unique.
std::vector<TestFile> malformedFiles();

}  // namespace tl
