// SPDX-License-Identifier: Apache-2.0
#include "app/services/file_loader.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>

#include "app/services/page_rows.h"
#include "engine/prompt.h"

namespace tl {

namespace {

constexpr std::chrono::milliseconds kBatchInterval{50};

// What the walk found, for the loading threads to take. Thread-safe but for takeFiles().
class LoadQueue {
public:
    struct Item {
        SourceEntry entry;
        LoadedFile file;
        int64_t index = 0;
    };

    explicit LoadQueue(int64_t tokenLimit) : m_tokenLimit(tokenLimit) {}

    void add(SourceEntry entry) {
        const bool isRead = entry.fate == FileFate::kIn && !entry.isFolder;
        const std::lock_guard lock(m_mutex);
        m_found.push_back(entry);
        m_items.push_back({std::move(entry), {}, std::ssize(m_items)});
        if (isRead) {
            m_waiting.push_back(&m_items.back());
            m_arrived.notify_one();
        }
    }

    void endWalk(Status status) {
        const std::lock_guard lock(m_mutex);
        m_walked = std::move(status);
        m_isWalkOver = true;
        m_arrived.notify_all();
        m_done.notify_all();
    }

    // The next one to load in walk order; waits for the walk to find one. Null when there will be
    // none, and after a stop.
    Item* take(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        m_arrived.wait(lock, stop, [this] { return m_isWalkOver || !m_waiting.empty(); });
        if (m_waiting.empty() || stop.stop_requested()) {
            return nullptr;
        }
        Item* item = m_waiting.front();
        m_waiting.pop_front();
        ++m_inWork;
        return item;
    }

    // Nobody but this queue touches the item from here on.
    void finish(Item& item, LoadedFile file) {
        const std::lock_guard lock(m_mutex);
        count(file);
        for (LoadedMember& member : file.members) {
            count(member.file);
        }
        item.file = std::move(file);
        m_finished.emplace_back(item.index, &item.file);
        --m_inWork;
        if (isDone()) {
            m_done.notify_all();
        }
    }

    // Waits a batch interval or until all is done; what happened since the last call.
    LoadBatch takeBatch(bool& allDone) {
        std::unique_lock lock(m_mutex);
        m_done.wait_for(lock, kBatchInterval, [this] { return isDone(); });
        allDone = isDone();
        return {std::exchange(m_found, {}), std::exchange(m_finished, {})};
    }

    const Status& walked() const { return m_walked; }

    // When the threads have ended.
    std::vector<LoadedFile> takeFiles() {
        std::vector<LoadedFile> files;
        files.reserve(m_items.size());
        for (Item& item : m_items) {
            files.push_back(std::move(item.file));
        }
        return files;
    }

private:
    // Under m_mutex, as count().
    bool isDone() const { return m_isWalkOver && m_waiting.empty() && m_inWork == 0; }

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
        counted.document.title = std::move(file.document.title);
        counted.document.author = std::move(file.document.author);
        counted.document.date = std::move(file.document.date);
        counted.document.warnings = std::move(file.document.warnings);
        counted.pages = std::move(file.pages);
        counted.tokenCount = file.tokenCount;
        counted.contentHash = file.contentHash;
        return counted;
    }

    const int64_t m_tokenLimit;
    std::mutex m_mutex;  // guards all below
    std::condition_variable_any m_arrived;
    std::condition_variable m_done;
    std::deque<Item> m_items;  // an item stays where it is
    std::deque<Item*> m_waiting;
    std::vector<SourceEntry> m_found;
    std::vector<std::pair<int64_t, const LoadedFile*>> m_finished;
    std::unordered_set<size_t> m_seen;
    int64_t m_tokens = 0;
    int64_t m_inWork = 0;
    bool m_isWalkOver = false;
    Status m_walked = okStatus();
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
    file.pages = pageRowsOf(file.document);
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
    while (LoadQueue::Item* item = queue.take(stop)) {
        queue.finish(*item, loadFile(item->entry, settings, prompt, stop));
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

Result<std::vector<LoadedFile>> loadFiles(const std::vector<std::filesystem::path>& places,
                                          const LoadSettings& settings,
                                          const TextModel& model,
                                          const std::stop_token& stop,
                                          const std::function<void(const LoadBatch&)>& changed) {
    Result<std::vector<PromptBuilder>> prompts =
        promptBuilders(model, std::max(1U, std::thread::hardware_concurrency()));
    if (!prompts.ok()) {
        return prompts.error();
    }
    LoadQueue queue(settings.tokenLimit);
    {
        std::vector<std::jthread> threads;
        threads.emplace_back([&] {
            const auto found = [&](SourceEntry entry) { queue.add(std::move(entry)); };
            queue.endWalk(walkSources(places, settings.options, stop, found));
        });
        for (PromptBuilder& prompt : prompts.value()) {
            threads.emplace_back([&] { loadUntilEmpty(queue, settings, prompt, stop); });
        }
        for (bool allDone = false; !allDone && !stop.stop_requested();) {
            const LoadBatch batch = queue.takeBatch(allDone);
            if (!batch.found.empty() || !batch.loaded.empty()) {
                changed(batch);
            }
        }
    }
    if (stop.stop_requested()) {
        return Error{ErrorCode::kCancelled, "reading files: cancelled"};
    }
    if (!queue.walked().ok()) {
        return queue.walked().error();
    }
    return queue.takeFiles();
}

}  // namespace tl
