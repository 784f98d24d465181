// SPDX-License-Identifier: Apache-2.0
#include "app/services/file_loader.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>

#include "engine/prompt.h"

namespace tl {

namespace {

constexpr std::chrono::milliseconds kBatchInterval{50};

// The work list that the loading threads share. Thread-safe but for files(), which is read for
// indexes that takeFinished() gave out, or when the threads have ended.
class LoadQueue {
public:
    LoadQueue(const std::vector<SourceEntry>& entries, int64_t tokenLimit)
        : m_entries(entries), m_files(entries.size()), m_tokenLimit(tokenLimit) {
        for (size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].fate == FileFate::kIn && !entries[i].isFolder) {
                m_waiting.push_back(static_cast<int64_t>(i));
            }
        }
        m_unfinished = static_cast<int64_t>(m_waiting.size());
        std::reverse(m_waiting.begin(), m_waiting.end());
    }

    // The next entry to load in their order; -1 when there is none.
    int64_t take() {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.empty()) {
            return -1;
        }
        const int64_t index = m_waiting.back();
        m_waiting.pop_back();
        return index;
    }

    void finish(int64_t index, LoadedFile file) {
        const std::lock_guard lock(m_mutex);
        count(file);
        for (LoadedMember& member : file.members) {
            count(member.file);
        }
        m_files[static_cast<size_t>(index)] = std::move(file);
        m_finished.push_back(index);
        if (--m_unfinished == 0) {
            m_changed.notify_all();
        }
    }

    // Waits a batch interval or until all is done; what was finished since the last call.
    std::vector<int64_t> takeFinished(bool& allDone) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, kBatchInterval, [this] { return m_unfinished == 0; });
        allDone = m_unfinished == 0;
        return std::exchange(m_finished, {});
    }

    const SourceEntry& entry(int64_t index) const { return m_entries[static_cast<size_t>(index)]; }
    // Never resized, so an element that is finished stays where it is.
    std::vector<LoadedFile>& files() { return m_files; }

private:
    // Under m_mutex.
    void count(LoadedFile& file) {
        if (file.skipReason.empty() && m_seen.insert(file.contentHash).second) {
            m_tokens += file.tokenCount;
        }
        if (m_tokens > m_tokenLimit) {
            file = countOnly(std::move(file));
        }
    }

    static LoadedFile countOnly(LoadedFile file) {
        LoadedFile counted;
        counted.isContainer = file.isContainer;
        counted.members = std::move(file.members);
        counted.document.level = file.document.level;
        counted.skipReason = std::move(file.skipReason);
        counted.needsPassword = file.needsPassword;
        counted.document.note = std::move(file.document.note);
        counted.document.kind = file.document.kind;
        counted.document.language = std::move(file.document.language);
        counted.document.warnings = std::move(file.document.warnings);
        counted.tokenCount = file.tokenCount;
        counted.contentHash = file.contentHash;
        return counted;
    }

    const std::vector<SourceEntry>& m_entries;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<LoadedFile> m_files;
    std::vector<int64_t> m_waiting;     // guarded by m_mutex; next one last
    std::vector<int64_t> m_finished;    // guarded by m_mutex
    std::unordered_set<size_t> m_seen;  // guarded by m_mutex
    int64_t m_unfinished = 0;           // guarded by m_mutex
    int64_t m_tokens = 0;               // guarded by m_mutex
    const int64_t m_tokenLimit;
};

LoadedFile tokenised(Result<Document> document, PromptBuilder& prompt) {
    LoadedFile file;
    if (!document.ok()) {
        file.skipReason = document.error().message;
        file.needsPassword = document.error().code == ErrorCode::kInvalidInput;
        return file;
    }
    file.document = std::move(document).value();
    file.isContainer = file.document.kind == DocumentKind::kArchive;
    if (file.isContainer) {
        return file;
    }
    prompt.appendDocumentHead(file.document.name, file.tokens);
    file.headTokens = static_cast<int64_t>(file.tokens.size());
    prompt.appendText(file.document.text, file.tokens, file.tokenEnds);
    file.tokenCount = static_cast<int64_t>(file.tokens.size());
    file.passages = segmentPassages(file.document, /*document=*/0);
    file.contentHash = std::hash<std::string_view>{}(file.document.text);
    file.isComplete = true;
    return file;
}

LoadedFile loadFile(const SourceEntry& entry,
                    const LoadSettings& settings,
                    PromptBuilder& prompt,
                    const std::stop_token& stop) {
    LoadedFile file;
    bool isFirst = true;  // the entry itself; the members come behind it
    const auto take = [&](SourceEntry read, Result<Document> document) {
        LoadedFile loaded = tokenised(std::move(document), prompt);
        if (std::exchange(isFirst, false)) {
            file = std::move(loaded);
        } else {
            file.members.push_back({std::move(read), std::move(loaded)});
        }
    };
    readWithMembers(entry, settings.options, settings.readers, stop, take);
    return file;
}

void loadUntilEmpty(LoadQueue& queue,
                    const LoadSettings& settings,
                    PromptBuilder& prompt,
                    const std::stop_token& stop) {
    for (int64_t index = queue.take(); index >= 0 && !stop.stop_requested(); index = queue.take()) {
        queue.finish(index, loadFile(queue.entry(index), settings, prompt, stop));
    }
}

// One prompt builder, and so one tokenizer cache, per thread.
Result<std::vector<PromptBuilder>> promptBuilders(const TextModel& model, size_t count) {
    std::vector<PromptBuilder> builders;
    for (size_t i = 0; i < count; ++i) {
        Result<PromptBuilder> builder = PromptBuilder::create(model.tokenizer(), model.config());
        if (!builder.ok()) {
            return builder.error();
        }
        builders.push_back(std::move(builder).value());
    }
    return builders;
}

}  // namespace

int64_t tokensWithMembers(const LoadedFile& file) {
    int64_t tokens = file.tokenCount;
    for (const LoadedMember& member : file.members) {
        tokens += member.file.tokenCount;
    }
    return tokens;
}

Result<std::vector<LoadedFile>> loadFiles(const std::vector<SourceEntry>& entries,
                                          const LoadSettings& settings,
                                          const TextModel& model,
                                          const std::stop_token& stop,
                                          const LoadedBatch& loaded) {
    Result<std::vector<PromptBuilder>> prompts =
        promptBuilders(model, std::max(1U, std::thread::hardware_concurrency()));
    if (!prompts.ok()) {
        return prompts.error();
    }
    LoadQueue queue(entries, settings.tokenLimit);
    {
        std::vector<std::jthread> threads;
        for (PromptBuilder& prompt : prompts.value()) {
            threads.emplace_back([&] { loadUntilEmpty(queue, settings, prompt, stop); });
        }
        for (bool allDone = false; !allDone && !stop.stop_requested();) {
            const std::vector<int64_t> finished = queue.takeFinished(allDone);
            if (!finished.empty()) {
                loaded(queue.files(), finished);
            }
        }
    }
    if (stop.stop_requested()) {
        return Error{ErrorCode::kCancelled, "reading files: cancelled"};
    }
    return std::move(queue.files());
}

}  // namespace tl
