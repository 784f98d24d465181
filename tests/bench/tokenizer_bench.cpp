// SPDX-License-Identifier: Apache-2.0
// Tokens of text on one core: MB/s as used (word cache warm), from an empty cache, and without one.
//   tokenizer_bench [FILE...]     the files' text; else the source code and documents of this tree
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/text/bpe_merger.h"
#include "engine/text/merge_table.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/vocabulary.h"
#include "engine/tokenizer.h"

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 5;
const fs::path kRoot = TL_SOURCE_DIR;

void appendFile(const fs::path& path, std::string& text) {
    std::ifstream in(path, std::ios::binary);
    text.append(std::istreambuf_iterator<char>(in), {});
}

std::string ownText() {
    std::string text;
    for (const char* folder : {"app", "base", "docs", "engine", "ingest", "kernels", "ui"}) {
        if (!fs::exists(kRoot / folder)) {
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            if (entry.is_regular_file()) {
                appendFile(entry.path(), text);
            }
        }
    }
    return text;
}

// Best of kRounds, in MB/s; the best is what the core does when nothing else runs.
double speed(const std::string& text, const std::function<void()>& run) {
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        run();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::max(best, static_cast<double>(text.size()) / seconds.count() / 1e6);
    }
    return best;
}

// What the tokenizer does but for the cache: every piece is merged from its bytes.
int64_t countUncached(const std::string& text,
                      const tl::PreTokenizerRules& rules,
                      const tl::Vocabulary& vocabulary,
                      const tl::MergeTable& merges) {
    tl::BpeMerger merger;
    tl::PieceScanner scanner(rules, text);
    std::vector<tl::TokenId> ids;
    int64_t count = 0;
    while (!scanner.atEnd()) {
        ids.clear();
        for (const char c : scanner.next()) {
            ids.push_back(vocabulary.byteToken(static_cast<unsigned char>(c)));
        }
        merger.merge(merges, ids);
        count += static_cast<int64_t>(ids.size());
    }
    return count;
}

// The files named on the command line, else this tree's.
std::string textToRead(int argc, char** argv) {
    std::string text;
    for (int i = 1; i < argc; ++i) {
        appendFile(argv[i], text);
    }
    return argc > 1 ? text : ownText();
}

void report(const char* what, double megabytesPerSecond) {
    std::printf("%-12s %7.1f MB/s\n", what, megabytesPerSecond);
}

void measure(tl::Tokenizer& tokenizer,
             const tl::PreTokenizerRules& rules,
             const tl::Vocabulary& vocabulary,
             const tl::MergeTable& merges,
             const std::string& text) {
    const long long tokens = tokenizer.count(text);
    std::printf("%zu bytes, %lld tokens, one core, best of %d\n", text.size(), tokens, kRounds);
    report("cache warm", speed(text, [&] { tokenizer.count(text); }));
    report("cache empty", speed(text, [&] { tokenizer.clone().count(text); }));
    report("no cache", speed(text, [&] { countUncached(text, rules, vocabulary, merges); }));
}

int fail(const tl::Error& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto file = tl::GgufFile::open(kRoot / "resources/model/throughline-154m-q4_0.gguf");
    if (!file.ok()) {
        return fail(file.error());
    }
    auto tokenizer = tl::Tokenizer::fromGguf(file.value());
    if (!tokenizer.ok()) {
        return fail(tokenizer.error());
    }
    // The tokenizer was made of these parts, so they load.
    const auto vocabulary = tl::Vocabulary::fromGguf(file.value());
    const auto merges = tl::MergeTable::fromGguf(file.value(), vocabulary.value());
    const auto* rules = tl::findPreTokenizer(file.value().string("tokenizer.ggml.pre").value());
    measure(tokenizer.value(), *rules, vocabulary.value(), merges.value(), textToRead(argc, argv));
    return 0;
}
