// SPDX-License-Identifier: Apache-2.0
// Hundreds of malformed files: each gives a text or one clear reason, none a crash or a wait, and
// the readers go on.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "ingest/code/outline.h"
#include "ingest/corpus.h"
#include "ingest/formats/formats.h"
#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/reader_pool.h"
#include "tests/ingest/malformed_files.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

using std::chrono::seconds;

// Generous: sanitizers and a busy machine. What hangs does so for ever.
constexpr seconds kMostTime{30};

// Ends the process with the file's name when one takes too long; a test that hangs tells nothing.
class Watchdog {
public:
    void begin(const std::string& file) {
        const std::lock_guard lock(m_mutex);
        m_file = file;
        m_until = std::chrono::steady_clock::now() + kMostTime;
    }

private:
    void watch(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        while (!m_tick.wait_for(lock, stop, seconds(1), [&] { return stop.stop_requested(); })) {
            if (std::chrono::steady_clock::now() > m_until) {
                std::fprintf(stderr, "%s: took too long\n", m_file.c_str());
                std::abort();
            }
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_tick;
    std::string m_file;  // by m_mutex
    std::chrono::steady_clock::time_point m_until = std::chrono::steady_clock::time_point::max();
    std::jthread m_thread{[this](const std::stop_token& stop) { watch(stop); }};  // last: starts
};

const std::vector<TestFile>& allFiles() {
    static const std::vector<TestFile> kFiles = malformedFiles();
    return kFiles;
}

testing::AssertionResult isClearReason(const Failure& error, const std::string& name) {
    const std::string reason = said(error);
    if (reason.empty() || reason.find('\n') != std::string::npos || !isValidUtf8(reason) ||
        reason.size() > 300) {
        return testing::AssertionFailure() << "no clear line: " << reason;
    }
    if (reason.find(name) != std::string::npos) {
        return testing::AssertionFailure() << "names the file: " << reason;
    }
    for (const char* sign :
         {"crashed", "took longer", "killed", "forbids", "answer", "no reader"}) {
        if (reason.find(sign) != std::string::npos) {
            return testing::AssertionFailure() << reason;
        }
    }
    return testing::AssertionSuccess();
}

Extract extractOf(const Document& document) {
    Extract extract;
    extract.kind = document.kind;
    extract.text = document.text;
    extract.language = document.language;
    extract.title = document.title;
    extract.author = document.author;
    extract.date = document.date;
    extract.notes = document.notes;
    extract.units = document.units;
    extract.words = document.words;
    extract.symbols = document.symbols;
    extract.links = document.links;
    extract.parts = document.parts;
    extract.warnings = document.warnings;
    return extract;
}

void checkDocument(const Document& document) {
    const Extract extract = extractOf(document);
    EXPECT_TRUE(!extract.text.empty() || document.kind == DocumentKind::kArchive);
    const ReadStatus sound = checkExtract(extract, {});
    EXPECT_TRUE(sound.ok()) << said(sound.error());
    int64_t done = 0;
    for (const Passage& passage : segmentPassages(document, 0)) {
        EXPECT_GE(passage.begin, done);
        done = passage.end;
    }
    if (hasOutline(document.language)) {
        OutlineLimits limits;
        limits.maxTime = std::chrono::milliseconds(500);
        const auto outline = outlineOf(document.text, document.language, limits);
        EXPECT_TRUE(outline.ok() || !outline.error().reason.isNone());
    }
}

void checkEntry(const SourceEntry& entry, const SourceOptions& options, ReaderSet& readers) {
    if (entry.fate == FileFate::kSkipped) {
        EXPECT_FALSE(entry.reason.isNone());
        return;
    }
    const auto check = [](const SourceEntry& read, const Reading<Document>& document) {
        if (document.ok()) {
            checkDocument(document.value());
        } else {
            EXPECT_TRUE(isClearReason(document.error(), read.name));
        }
    };
    readWithMembers(entry, options, readers, {}, check);
}

TEST(Malformed, ThereAreHundredsAndEachHasAName) {
    std::map<std::string, int> names;
    for (const TestFile& file : allFiles()) {
        EXPECT_EQ(++names[file.name], 1) << file.name;
    }
    EXPECT_GE(names.size(), 200U);
}

TEST(Malformed, SoundFilesAreReadByTheirReaders) {
    ReaderPool pool({{}, 1});
    for (const TestFile& file : soundFiles()) {
        if (!file.format.empty() && file.format != "image") {  // these: read_image_test
            ReadRequest request;
            request.name = file.name;
            request.bytes = file.bytes;
            const auto extract = pool.read(file.format, request);
            ASSERT_TRUE(extract.ok()) << file.name << ": " << said(extract.error());
            EXPECT_EQ(eachSaid(extract.value().warnings), std::vector<std::string>()) << file.name;
        }
    }
}

TEST(Malformed, AWholeFolderOfThemIsReadWithOneReasonEach) {
    const TempTree tree;
    for (const TestFile& file : allFiles()) {
        tree.write(file.name, file.bytes);
    }
    SourceOptions options;
    options.useDefaultRules = false;
    options.ocr = true;
    const auto sources = collectSources({tree.path()}, options);
    ASSERT_TRUE(sources.ok());
    EXPECT_EQ(sources.value().size(), allFiles().size());
    Watchdog watchdog;
    ReaderSet readers;
    for (const SourceEntry& entry : sources.value()) {
        SCOPED_TRACE(entry.name);
        watchdog.begin(entry.name);
        checkEntry(entry, options, readers);
    }
}

TEST(Malformed, TheSandboxedReadersStayHealthy) {
    auto pool = ReaderPool({{}, 1});
    Watchdog watchdog;
    for (const TestFile& file : allFiles()) {
        SCOPED_TRACE(file.name);
        const std::string_view head = std::string_view(file.bytes).substr(0, 4096);
        for (const SandboxedFormat& format : sandboxedFormats()) {
            if (format.name != file.format && format.sniff(file.name, head) == 0) {
                continue;
            }
            watchdog.begin(file.name);
            ReadRequest request;
            request.name = file.name;
            request.bytes = file.bytes;
            request.ocr = format.kind == DocumentKind::kImage;
            const auto extract = pool.read(format.name, request);
            EXPECT_TRUE(extract.ok() || isClearReason(extract.error(), file.name));
        }
    }
}

}  // namespace
}  // namespace tl
