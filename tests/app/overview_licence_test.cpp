// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

#include "app/overview/licence_words.h"
#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

std::vector<std::string> names(const std::string& text) {
    std::vector<std::string> found;
    for (const FoundLicence& licence : licencesIn(text)) {
        found.emplace_back(licence.name);
    }
    return found;
}

using Lines = std::vector<std::string>;

constexpr const char* kBsd =
    "Redistribution and use in source and binary forms, with or without\n * modification, are "
    "permitted:\n"
    "1. Redistributions in binary form must reproduce the above copyright notice.\n";

TEST(LicenceWords, KnowsThisProgramsOwn) {
    std::ifstream file(TL_SOURCE_DIR "/LICENSE");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_EQ(names(text.str()), Lines{"Apache-2.0"});
}

TEST(LicenceWords, LineBreaksMarksAndCaseDoNotCount) {
    EXPECT_EQ(names("// GNU GENERAL PUBLIC LICENSE\n//   Version 2, June\n// 1991\n"),
              Lines{"GPL-2.0"});
    EXPECT_EQ(names("under the terms of the GNU General Public License as published by the Free "
                    "Software Foundation; either "
                    "version 2 of\n# the License, or (at your option) any later version."),
              Lines{"GPL-2.0-or-later"});
}

TEST(LicenceWords, TellsTheBsdLicencesApart) {
    EXPECT_EQ(names(kBsd), Lines{"BSD-2-Clause"});
    EXPECT_EQ(
        names(std::string(kBsd) + "3. The name may not be used to endorse or promote products"),
        Lines{"BSD-3-Clause"});
    EXPECT_EQ(
        names(std::string(kBsd) +
              "3. All advertising materials mentioning features; endorse or promote products"),
        Lines{"BSD-4-Clause"});
}

TEST(LicenceWords, FindsSeveralInOrderAndTheirWords) {
    const std::string text =
        "First:\nPermission to use, copy, modify, and/or distribute this software for any purpose "
        "with or "
        "without fee is hereby granted.\n\nThen:\nMozilla Public License Version 2.0\n";
    const std::vector<FoundLicence> found = licencesIn(text);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "ISC");
    EXPECT_EQ(text.substr(static_cast<size_t>(found[1].words.begin), 22), "Mozilla Public License");
}

TEST(LicenceWords, AMentionIsNone) {
    EXPECT_EQ(names("It is not under the MIT licence, nor the Apache License."), Lines{});
    EXPECT_EQ(names(""), Lines{});
}

using OverviewLicence = OverviewTestCase;

TEST_F(OverviewLicence, SpdxLinesAreCounted) {
    write("a.c", "/* SPDX-License-Identifier: MIT */\nint a;\n");
    write("b.c", "// SPDX-License-Identifier: MIT\nint b;\n");
    write("c.py", "print(\"SPDX-License-Identifier: \" + name)\n");
    EXPECT_EQ(said(OverviewTopic::kLicence), Lines{"MIT: SPDX line of 2 files"});
    EXPECT_EQ(labels(OverviewTopic::kLicence), Lines{"a.c:1"});
}

TEST_F(OverviewLicence, DebianNamesEachOnce) {
    write("a.c", "int a;\n");
    write("debian/copyright",
          "Format: x\n\nFiles: *\nCopyright: Ana\nLicense: Expat\n\nFiles: a.c\nLicense: Expat\n\n"
          "Files: b.c\nLicense: GPL-2+\n\nLicense: GPL-2+\n text\n");
    EXPECT_EQ(said(OverviewTopic::kLicence),
              (Lines{"Expat: for *, as debian/copyright says",
                     "GPL-2+: for b.c, as debian/copyright says"}));
}

}  // namespace
}  // namespace tl
