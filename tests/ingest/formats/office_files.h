// SPDX-License-Identifier: Apache-2.0
// Documents made of their XML, and what is read from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/reader.h"
#include "tests/ingest/io/make_archive.h"

namespace tl {

// Reads with the limits, and checks what an extract promises.
Reading<Extract> readOffice(std::string_view format,
                            const std::string& bytes,
                            const ReadLimits& limits = {});

// The text; a failure makes the test fail.
std::string officeText(std::string_view format, const std::string& bytes);
// The reason why it cannot be read; "" when it can.
std::string officeError(std::string_view format, const std::string& bytes);

// A DOCX file with that body and more members.
std::string makeDocx(const std::string& body, std::vector<ArchiveMember> more = {});
// One paragraph: "<w:p>...</w:p>", with what stands in its w:pPr.
std::string paragraphXml(const std::string& words, const std::string& properties = "");

// A file in tests/data/office.
std::string officeFile(const std::string& name);

}  // namespace tl
