// SPDX-License-Identifier: Apache-2.0
// A folder of binary files, read again: only what changed is parsed, whatever ended the run before.
#include <csignal>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/io/make_archive.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

constexpr int kFiles = 20;
constexpr int kMembers = 6;

std::string rtfOf(const std::string& words) {
    return "{\\rtf1\\ansi " + words + "\\par}";
}

class CachedRun : public testing::Test {
protected:
    CachedRun() {
        for (int i = 0; i < kFiles; ++i) {
            m_tree.write(nameOf(i), rtfOf("file " + std::to_string(i)));
        }
        writeArchive("member");
    }

    static std::string nameOf(int file) { return "files/" + std::to_string(100 + file) + ".rtf"; }

    // The first member has these words.
    void writeArchive(const std::string& words) {
        std::vector<ArchiveMember> members;
        for (int i = 0; i < kMembers; ++i) {
            members.push_back({.name = std::to_string(i) + ".rtf",
                               .bytes = rtfOf(i == 0 ? words : "member " + std::to_string(i))});
        }
        m_tree.write("files/box.zip", makeArchive(members, "zip"));
    }

    ReadCounts run(int killedAfter = -1) {
        ReaderSetOptions options;
        options.cacheFolder = m_tree.path() / "cache";
        ReaderSet readers(options);
        int done = 0;
        const auto entries = collectSources({m_tree.path() / "files"}, {});
        for (const SourceEntry& entry : entries.value()) {
            readWithMembers(entry, {}, readers, {}, [&](const SourceEntry& read, const auto& text) {
                EXPECT_TRUE(text.ok()) << read.name << ": " << said(text.error());
                if (++done == killedAfter) {
                    ::raise(SIGKILL);
                }
            });
        }
        return readers.counts();
    }

    TempTree m_tree;
};

TEST_F(CachedRun, OneChangeParsesOneFile) {
    EXPECT_EQ(run().parsed, kFiles + 1 + kMembers);
    const ReadCounts again = run();
    EXPECT_EQ(again.parsed, 1) << "the archive itself, for what it holds";
    EXPECT_EQ(again.fromCache, kFiles + kMembers);
    m_tree.write(nameOf(7), rtfOf("changed"));
    EXPECT_EQ(run().parsed, 1 + 1);
}

TEST_F(CachedRun, OneChangedMemberIsParsedAlone) {
    run();
    writeArchive("a member that is longer than it was");
    EXPECT_EQ(run().parsed, 1 + 1);
}

TEST_F(CachedRun, AFileMovedIntoAnArchiveIsKnown) {
    run();
    m_tree.write("files/more.zip",
                 makeArchive({{.name = "deep/a.rtf", .bytes = rtfOf("file 3")}}, "zip"));
    const ReadCounts counts = run();
    EXPECT_EQ(counts.parsed, 2) << "two archives";
    EXPECT_EQ(counts.fromCache, kFiles + kMembers + 1);
}

TEST_F(CachedRun, ARunThatWasKilledGoesOnWhereItWas) {
    constexpr int kDone = kFiles / 2;
    EXPECT_EXIT(run(kDone), testing::KilledBySignal(SIGKILL), "");
    const ReadCounts counts = run();
    EXPECT_EQ(counts.fromCache, kDone);
    EXPECT_EQ(counts.parsed, kFiles - kDone + 1 + kMembers);
}

}  // namespace
}  // namespace tl
