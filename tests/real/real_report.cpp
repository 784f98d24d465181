// SPDX-License-Identifier: Apache-2.0
// real_report FOLDER: reads everything in it and prints tab-separated lines, to be added up over
// many folders: "code LANGUAGE FILES WITH_ERRORS SYMBOLS BYTES MILLISECONDS",
// "format NAME FILES READ WARNED BYTES MILLISECONDS", "reason WHAT COUNT", "bad FILE WHAT", and for
// those who look closer "errors LANGUAGE FILE", "warning FILE WHAT".
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "ingest/code/outline.h"
#include "ingest/corpus.h"
#include "ingest/formats/formats.h"
#include "ingest/io/file_bytes.h"
#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/reader_pool.h"
#include "tests/support/said.h"

namespace {

using Clock = std::chrono::steady_clock;
using tl::Document;
using tl::SourceEntry;

constexpr int64_t kMaxFile = 64 << 20;

struct Count {
    int64_t files = 0;
    int64_t marked = 0;  // with errors; read
    int64_t found = 0;   // symbols; with warnings
    int64_t bytes = 0;
    double ms = 0;
};

double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// The reader itself broke, rather than the file.
bool isOfTheReader(tl::ReasonCode code) {
    return code >= tl::ReasonCode::kReaderMissing && code <= tl::ReasonCode::kReaderCrashed;
}

class Report {
public:
    void takeSource(const SourceEntry& entry,
                    const tl::SourceOptions& options,
                    tl::ReaderSet& readers) {
        if (entry.isFolder || entry.fate == tl::FileFate::kSkipped) {
            return;
        }
        const auto document = tl::readDocument(entry, options, readers);
        if (!document.ok()) {
            ++m_reasons[tl::said(document.error())];
        } else if (tl::hasOutline(document.value().language)) {
            takeCode(entry.name, document.value());
        }
    }

    void takeFile(const std::filesystem::path& path, tl::ReaderPool& pool) {
        const auto bytes = tl::readFileBytes(path, kMaxFile);
        if (!bytes.ok()) {
            return;
        }
        const std::string name = path.filename().string();
        const std::string_view head = std::string_view(bytes.value()).substr(0, 4096);
        const tl::SandboxedFormat* best = nullptr;
        int most = 50;  // more than the name alone
        for (const tl::SandboxedFormat& format : tl::sandboxedFormats()) {
            const int sure = format.sniff(name, head);
            if (sure > most) {
                best = &format;
                most = sure;
            }
        }
        if (best != nullptr) {
            takeFormat(*best, name, bytes.value(), pool);
        }
    }

    void print() const {
        for (const auto& [name, count] : m_counts) {
            std::printf("%s\t%lld\t%lld\t%lld\t%lld\t%.0f\n",
                        name.c_str(),
                        static_cast<long long>(count.files),
                        static_cast<long long>(count.marked),
                        static_cast<long long>(count.found),
                        static_cast<long long>(count.bytes),
                        count.ms);
        }
        for (const auto& [reason, count] : m_reasons) {
            std::printf("reason\t%s\t%d\n", reason.c_str(), count);
        }
    }

private:
    void takeCode(const std::string& name, const Document& document) {
        const auto start = Clock::now();
        const auto outline = tl::outlineOf(document.text, document.language);
        Count& count = m_counts["code\t" + document.language];
        ++count.files;
        count.bytes += static_cast<int64_t>(document.text.size());
        count.ms += millisecondsSince(start);
        if (!outline.ok()) {
            ++m_reasons[tl::said(outline.error())];
            return;
        }
        if (outline.value().hasErrors) {
            ++count.marked;
            std::printf("errors\t%s\t%s\n", document.language.c_str(), name.c_str());
        }
        count.found += std::ssize(outline.value().symbols);
        tl::Extract extract;
        extract.text = document.text;
        extract.symbols = outline.value().symbols;
        sayIfUnsound(name, extract);
    }

    void takeFormat(const tl::SandboxedFormat& format,
                    const std::string& name,
                    const std::string& bytes,
                    tl::ReaderPool& pool) {
        tl::ReadRequest request;
        request.name = name;
        request.bytes = bytes;
        const auto start = Clock::now();
        const auto extract = pool.read(format.name, request);
        Count& count = m_counts["format\t" + std::string(format.name)];
        ++count.files;
        count.bytes += std::ssize(bytes);
        count.ms += millisecondsSince(start);
        if (!extract.ok()) {
            const std::string reason = tl::said(extract.error());
            ++m_reasons[std::string(format.name) + ": " + reason];
            if (isOfTheReader(extract.error().reason.code)) {
                std::printf("bad\t%s\t%s\n", name.c_str(), reason.c_str());
            }
            return;
        }
        ++count.marked;
        count.found += extract.value().warnings.empty() ? 0 : 1;
        for (const tl::Reason& warning : extract.value().warnings) {
            std::printf("warning\t%s\t%s\n", name.c_str(), tl::reasonText(warning).c_str());
        }
        sayIfUnsound(name, extract.value());
    }

    static void sayIfUnsound(const std::string& name, const tl::Extract& extract) {
        const tl::ReadStatus sound = tl::checkExtract(extract, {});
        if (!sound.ok()) {
            std::printf("bad\t%s\t%s\n", name.c_str(), tl::said(sound.error()).c_str());
        }
    }

    std::map<std::string, Count> m_counts;
    std::map<std::string, int> m_reasons;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: real_report FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    tl::SourceOptions options;
    const auto sources = tl::collectSources({folder}, options);
    if (!sources.ok()) {
        std::fprintf(stderr, "%s\n", tl::said(sources.error()).c_str());
        return 1;
    }
    Report report;
    tl::ReaderSet readers;
    for (const SourceEntry& entry : sources.value()) {
        report.takeSource(entry, options, readers);
    }
    tl::ReaderPool pool({{}, 1});
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.is_regular_file() && !file.is_symlink()) {
            report.takeFile(file.path(), pool);
        }
    }
    report.print();
    return 0;
}
