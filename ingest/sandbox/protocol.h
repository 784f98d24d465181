// SPDX-License-Identifier: Apache-2.0
// What the program and throughline-reader say to each other over a socket: frames of a fixed header
// and a body. Numbers are little-endian; docs/sandbox.md has every field. Decoding trusts nothing:
// the other side may be taken over by the file it has read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

constexpr uint32_t kFrameMagic = 0x52'44'4C'54;  // "TLDR"
constexpr uint16_t kProtocolVersion = 4;
constexpr int64_t kFrameHeaderBytes = 16;

enum class FrameKind : uint16_t { kHello = 1, kRequest = 2, kResult = 3 };

struct FrameHeader {
    FrameKind kind = FrameKind::kHello;
    int64_t bodyBytes = 0;
};

// The first thing a reader says, when it has given up its rights.
struct Hello {
    bool isFiltered = false;        // the system call filter is active
    bool hasMemoryLimit = false;    // memory can be limited (not under a sanitizer)
    std::string missingProtection;  // one line, or empty
    std::string ocr;                // "Tesseract 5.3.0", or why there is none
};

// A request as decoded; the views of `request` point into the decoded body.
struct DecodedRequest {
    std::string_view format;
    ReadRequest request;
};

std::string encodeFrameHeader(const FrameHeader& header);
// kCorrupt when these are no 16 bytes of a header, its version is another, or the body is longer
// than `maxBodyBytes`.
Reading<FrameHeader> decodeFrameHeader(std::string_view bytes, int64_t maxBodyBytes);

// Bodies. Decoding gives kCorrupt for bytes that end too early, go on after the end or hold values
// outside their range.
std::string encodeHello(const Hello& hello);
Reading<Hello> decodeHello(std::string_view body);

// All of the request but the file's bytes, which are sent after it.
std::string encodeRequestHead(std::string_view format, const ReadRequest& request);
Reading<DecodedRequest> decodeRequest(std::string_view body);

std::string encodeResult(const Reading<Extract>& result);
// The reader's answer: its extract or its error. Moreover checked: checkExtract(). What it makes
// takes no more memory than the body and 400 MB.
Reading<Extract> decodeResult(std::string_view body, const ReadLimits& limits);

// The longest body of a result under these limits.
int64_t maxResultBytes(const ReadLimits& limits);

}  // namespace tl
