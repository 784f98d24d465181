// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/protocol.h"

#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/reason_codec.h"
#include "tests/ingest/sandbox/random_extract.h"
#include "tests/support/said.h"

namespace tl {
namespace {

using testing_sandbox::RandomExtract;

TEST(ProtocolTest, ResultsComeBackAsTheyWere) {
    RandomExtract random(1);
    for (int i = 0; i < 200; ++i) {
        const std::string bytes = encodeResult(random.next());
        const Reading<Extract> decoded = decodeResult(bytes, {});
        ASSERT_TRUE(decoded.ok()) << said(decoded.error());
        // Every field is in the bytes, so equal bytes are equal extracts.
        ASSERT_EQ(bytes, encodeResult(decoded));
    }
}

TEST(ProtocolTest, FieldsAreWhereTheyBelong) {
    Extract extract;
    extract.kind = DocumentKind::kPdf;
    extract.text = "one two";
    extract.notes.push_back({ReasonCode::kDecrypted});
    extract.units.push_back(
        {UnitKind::kPage, 0, 7, 3, "iii", "d", "f", 5, 6, {{ReasonCode::kPageEmpty}}});
    extract.words.push_back({4, 7, 0.25F, 0.5F, 0.75F, 1.0F});
    extract.symbols.push_back({SymbolKind::kHeading, "One", "sig", 0, 3, 1, 2, 1, 1, -1});
    extract.parts.push_back({"a/b", std::string("\0\xFF", 2), {}, 2});
    extract.warnings.push_back(reasonAt(PlaceKind::kPage, 3, {ReasonCode::kPageScanned}));
    const Reading<Extract> decoded = decodeResult(encodeResult(extract), {});
    ASSERT_TRUE(decoded.ok());
    const Extract& back = decoded.value();
    EXPECT_EQ(DocumentKind::kPdf, back.kind);
    EXPECT_EQ("one two", back.text);
    EXPECT_EQ(extract.notes, back.notes);
    EXPECT_EQ("iii", back.units.at(0).label);
    EXPECT_EQ(3, back.units.at(0).number);
    EXPECT_EQ(extract.units.at(0).warnings, back.units.at(0).warnings);
    EXPECT_EQ(4U, back.words.at(0).begin);
    EXPECT_FLOAT_EQ(0.75F, back.words.at(0).right);
    EXPECT_EQ("One", back.symbols.at(0).name);
    EXPECT_EQ(-1, back.symbols.at(0).parent);
    EXPECT_EQ(std::string("\0\xFF", 2), back.parts.at(0).bytes);
    EXPECT_EQ(extract.warnings, back.warnings);
}

TEST(ProtocolTest, RequestsComeBackAsTheyWere) {
    ReadRequest request;
    request.name = "a.pdf";
    request.bytes = "%PDF-";
    request.password = "secret";
    request.ocr = true;
    request.limits.maxTime = std::chrono::milliseconds(1234);
    request.limits.maxMemoryBytes = 77;
    const std::string body = encodeRequestHead("pdf", request) + std::string(request.bytes);
    const Reading<DecodedRequest> decoded = decodeRequest(body);
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ("pdf", decoded.value().format);
    EXPECT_EQ("a.pdf", decoded.value().request.name);
    EXPECT_EQ("%PDF-", decoded.value().request.bytes);
    EXPECT_EQ("secret", decoded.value().request.password);
    EXPECT_TRUE(decoded.value().request.ocr);
    EXPECT_EQ(1234, decoded.value().request.limits.maxTime.count());
    EXPECT_EQ(77, decoded.value().request.limits.maxMemoryBytes);
}

TEST(ProtocolTest, ANumberThatIsTooLargeForItsPlaceIsDamage) {
    std::string body = encodeRequestHead("pdf", ReadRequest{});
    ASSERT_TRUE(decodeRequest(body).ok());
    // Behind maxNesting stand two more numbers of 8 bytes.
    body[body.size() - 2 * 8 - 1] = '\x7F';
    EXPECT_EQ("a request is damaged", said(decodeRequest(body).error()));
}

TEST(ProtocolTest, ErrorsAndHellosComeBackAsTheyWere) {
    const Reason reason = {.code = ReasonCode::kTimeOut, .limit = 60'000};
    const Reading<Extract> error =
        decodeResult(encodeResult(Failure{ErrorCode::kInvalidInput, reason}), {});
    ASSERT_FALSE(error.ok());
    EXPECT_EQ(ErrorCode::kInvalidInput, error.error().code);
    EXPECT_EQ(reason, error.error().reason);
    const Reading<Hello> hello = decodeHello(encodeHello({true, false, "missing", "OCR"}));
    ASSERT_TRUE(hello.ok());
    EXPECT_TRUE(hello.value().isFiltered);
    EXPECT_FALSE(hello.value().hasMemoryLimit);
    EXPECT_EQ("missing", hello.value().missingProtection);
    EXPECT_EQ("OCR", hello.value().ocr);
}

TEST(ProtocolTest, EveryTruncationIsAnError) {
    RandomExtract random(2);
    for (int i = 0; i < 5; ++i) {
        const std::string bytes = encodeResult(random.next());
        for (size_t size = 0; size < bytes.size(); ++size) {
            ASSERT_FALSE(decodeResult(std::string_view(bytes).substr(0, size), {}).ok()) << size;
        }
        ASSERT_FALSE(decodeResult(bytes + "x", {}).ok());
    }
}

TEST(ProtocolTest, WhatComesThroughFlippedBytesKeepsItsPromises) {
    RandomExtract random(3);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        static std::string sound;
        if (i % 100 == 0) {
            sound = encodeResult(random.next());
        }
        std::string bytes = sound;
        bytes[static_cast<size_t>(random.below(static_cast<int64_t>(bytes.size())))] =
            static_cast<char>(random.below(256));
        const Reading<Extract> decoded = decodeResult(bytes, {});
        refused += !decoded.ok();
        ASSERT_TRUE(!decoded.ok() || checkExtract(decoded.value(), {}).ok());
    }
    EXPECT_GT(refused, 1000);
}

TEST(ProtocolTest, HugeCountsCostNothing) {
    std::string bytes = encodeResult(Extract{});
    for (size_t at = 0; at + 8 <= bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged.replace(at, 8, 8, '\xFF');
        EXPECT_FALSE(decodeResult(damaged, {}).ok()) << at;
    }
}

// What is small in a message and large in memory is limited by its number, and the answer says so:
// 100 MB of empty warnings would be 300 MB of reasons, and a gigabyte of them is within the
// length.
TEST(ProtocolTest, ThingsThatAreSmallInAMessageAreLimitedInNumber) {
    const auto reasonFor = [](const Extract& extract) {
        const Reading<Extract> decoded = decodeResult(encodeResult(extract), {});
        return decoded.ok() ? "ok" : said(decoded.error());
    };
    constexpr size_t kMany = 2'000'000;
    const std::string tooMany =
        "has more pages, words, headings, links, parts or remarks than the limit";
    Extract warnings;
    const auto mostParts = static_cast<size_t>(ReadLimits().maxParts);  // each may have its reason
    warnings.warnings.resize(kMaxReasons + mostParts + 1, {ReasonCode::kPageEmpty});
    EXPECT_EQ(tooMany, reasonFor(warnings));
    Extract units;
    units.units.resize(kMany);
    EXPECT_EQ(tooMany, reasonFor(units));
    Extract symbols;
    symbols.symbols.resize(kMany);
    EXPECT_EQ(tooMany, reasonFor(symbols));
    Extract links;
    links.links.resize(kMany, {0, 0, "x"});
    EXPECT_EQ(tooMany, reasonFor(links));
    Extract words;
    words.words.resize(10 * kMany);
    EXPECT_EQ(tooMany, reasonFor(words));
    Extract parts;
    parts.parts.resize(mostParts + 1);
    EXPECT_EQ(tooMany, reasonFor(parts));
    warnings.warnings.resize(kMaxReasons + mostParts);
    EXPECT_EQ("ok", reasonFor(warnings));
}

// Those of pages, of parts and after others count together.
TEST(ProtocolTest, ReasonsAreLimitedInNumberWhereverTheyStand) {
    Extract extract;
    extract.warnings.resize(kMaxReasons, {ReasonCode::kPageEmpty});
    extract.warnings.back().because.push_back({ReasonCode::kOcrCanRead});
    ReadLimits limits;
    limits.maxParts = 0;
    EXPECT_EQ(ReasonCode::kTooManyThings,
              decodeResult(encodeResult(extract), limits).error().reason.code);
}

TEST(ProtocolTest, EveryCodeComesBackWithAllThatIsBehindIt) {
    for (uint16_t code = 1; code <= static_cast<uint16_t>(kLastReasonCode); ++code) {
        Reason reason{.code = static_cast<ReasonCode>(code),
                      .name = "name",
                      .detail = "detail",
                      .count = -1,
                      .limit = int64_t{1} << 40,
                      .placeKind = PlaceKind::kPage,
                      .places = {{3, 40}, {42, 42}}};
        reason.because.push_back({ReasonCode::kOcrCanRead});
        const Reading<Extract> decoded =
            decodeResult(encodeResult(Failure{ErrorCode::kCorrupt, reason}), {});
        ASSERT_FALSE(decoded.ok());
        EXPECT_EQ(decoded.error().reason, reason) << code;
    }
}

TEST(ProtocolTest, AReasonThatIsNoneOfOursIsDamage) {
    const auto codeOf = [](const Reason& reason) {
        return decodeResult(encodeResult(Failure{ErrorCode::kCorrupt, reason}), {})
            .error()
            .reason.code;
    };
    const auto unknown =
        static_cast<ReasonCode>(static_cast<uint16_t>(kLastReasonCode) + uint16_t{1});
    EXPECT_EQ(codeOf({unknown}), ReasonCode::kAnswerDamaged);
    EXPECT_EQ(codeOf({}), ReasonCode::kAnswerDamaged);
    EXPECT_EQ(codeOf({.code = ReasonCode::kPageEmpty,
                      .placeKind = PlaceKind::kPage,
                      .places = {{4, 4}, {3, 3}}}),
              ReasonCode::kAnswerDamaged);
    EXPECT_EQ(codeOf({.code = ReasonCode::kSystemError, .detail = "two\nlines"}),
              ReasonCode::kSystemError)
        << "made one line";
}

TEST(ProtocolTest, AReasonWithoutACodeHoldsNothing) {
    Extract extract;
    Part& part = extract.parts.emplace_back();
    part.name = "a";
    EXPECT_TRUE(checkExtract(extract, {}).ok());
    part.skipReason.because.push_back({.code = ReasonCode::kBinaryFormat, .name = "\x9e"});
    EXPECT_FALSE(checkExtract(extract, {}).ok());
}

TEST(ProtocolTest, HeadersAreChecked) {
    const std::string header = encodeFrameHeader({FrameKind::kResult, 100});
    ASSERT_EQ(static_cast<size_t>(kFrameHeaderBytes), header.size());
    EXPECT_EQ(100, decodeFrameHeader(header, 100).value().bodyBytes);
    EXPECT_FALSE(decodeFrameHeader(header, 99).ok());
    EXPECT_FALSE(decodeFrameHeader(header.substr(1), 100).ok());
    std::string otherVersion = header;
    otherVersion[4] = 99;
    EXPECT_EQ("the reader is of another version of the program",
              said(decodeFrameHeader(otherVersion, 100).error()));
    std::string otherKind = header;
    otherKind[6] = 9;
    EXPECT_FALSE(decodeFrameHeader(otherKind, 100).ok());
}

TEST(ProtocolTest, LimitsHold) {
    Extract extract;
    extract.text = "12345";
    extract.parts.push_back({"a", "123", {}, 3});
    const std::string bytes = encodeResult(extract);
    ReadLimits limits;
    limits.maxTextBytes = 4;
    EXPECT_EQ(ErrorCode::kOutOfMemory, decodeResult(bytes, limits).error().code);
    limits = {};
    limits.maxPartBytes = 2;
    EXPECT_EQ(ErrorCode::kOutOfMemory, decodeResult(bytes, limits).error().code);
    limits = {};
    limits.maxParts = 0;
    EXPECT_EQ(ErrorCode::kOutOfMemory, decodeResult(bytes, limits).error().code);
    EXPECT_TRUE(decodeResult(bytes, {}).ok());
}

}  // namespace
}  // namespace tl
