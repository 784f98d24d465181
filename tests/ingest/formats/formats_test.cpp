// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/formats.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/format_readers.h"
#include "tests/support/said.h"

namespace tl {
namespace {

TEST(FormatsTest, EveryFormatThatIsOfferedHasAParser) {
    std::set<std::string_view> names;
    for (const SandboxedFormat& format : sandboxedFormats()) {
        EXPECT_TRUE(names.insert(format.name).second) << format.name << " is there twice";
        EXPECT_GE(format.version, 1);
        const Reading<Extract> empty = readFormat(format.name, ReadRequest{});
        EXPECT_TRUE(empty.ok() || !said(empty.error()).starts_with("no reader")) << format.name;
    }
    EXPECT_FALSE(names.empty());
}

TEST(FormatsTest, AnUnknownFormatIsSaid) {
    const Reading<Extract> result = readFormat("abacus", ReadRequest{});
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(ErrorCode::kUnsupported, result.error().code);
    EXPECT_EQ("no reader for the format abacus", said(result.error()));
}

}  // namespace
}  // namespace tl
