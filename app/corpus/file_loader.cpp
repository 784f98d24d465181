// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/file_loader.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "app/corpus/page_rows.h"
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

    explicit LoadQueue(const LoadSettings& limits) : m_limits(limits) {}

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

    // Where a text stands in walk order: its entry, and which of the files within that it is.
    struct Order {
        int64_t entry = 0;
        int64_t member = 0;

        friend bool operator<(const Order& a, const Order& b) {
            return std::tie(a.entry, a.member) < std::tie(b.entry, b.member);
        }
    };

    // Counts a text as soon as it is there, and lets go of what need not be kept: of two equal ones
    // the later, and all that come past the limits. The file stays where it is until takeFiles().
    void settle(LoadedFile& file, const Order& order) {
        if (!file.isComplete) {
            return;
        }
        const std::lock_guard lock(m_mutex);
        if (Text* text = sameText(file)) {
            file.textId = text->id;
            if (text->first->isComplete && order < text->order) {
                m_kept += keptBytes(file) - keptBytes(*text->first);
                letGo(*text->first);
                text->order = order;
                text->first = &file;
            } else {
                letGo(file);
            }
            return;
        }
        file.textId = m_texts++;
        m_byHash.emplace(file.contentHash, Text{file.textId, order, &file});
        m_tokens += file.tokenCount;
        m_kept += keptBytes(file);
        if (m_tokens > m_limits.tokenLimit || m_kept > m_limits.keptLimit) {
            letGo(file);
        }
    }

    void finish(Item& item) {
        const std::lock_guard lock(m_mutex);
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
    std::vector<LoadedEntry> takeFiles() {
        std::vector<LoadedEntry> files;
        files.reserve(m_items.size());
        for (Item& item : m_items) {
            files.push_back({std::move(item.entry), std::move(item.file)});
        }
        return files;
    }

private:
    // Under m_mutex.
    bool isDone() const { return m_isWalkOver && m_waiting.empty() && m_inWork == 0; }

    struct Text {
        int64_t id = 0;
        Order order;
        LoadedFile* first = nullptr;
    };

    // Null for a new one. Where a text was let go the hash decides: the plan is over its limits.
    Text* sameText(const LoadedFile& file) {
        const auto [begin, end] = m_byHash.equal_range(file.contentHash);
        const auto same = std::find_if(begin, end, [&](const auto& known) {
            const LoadedFile& first = *known.second.first;
            return !first.isComplete || first.document.text == file.document.text;
        });
        return same == end ? nullptr : &same->second;
    }

    // Assigning {} would keep the room.
    template <typename T>
    static void drop(T& value) {
        T().swap(value);
    }

    // What a reader of the list may be looking at meanwhile stays: see loadFiles().
    static void letGo(LoadedFile& file) {
        Document& document = file.document;
        drop(document.text);
        document.lines = LineIndex();
        drop(document.units);
        drop(document.words);
        drop(document.symbols);
        drop(document.links);
        drop(document.kept);
        document.original.reset();
        drop(file.passages);
        drop(file.tokens);
        drop(file.tokenEnds);
        file.isComplete = false;
    }

    const LoadSettings& m_limits;
    std::mutex m_mutex;  // guards all below
    std::condition_variable_any m_arrived;
    std::condition_variable m_done;
    std::deque<Item> m_items;  // an item stays where it is
    std::deque<Item*> m_waiting;
    std::vector<SourceEntry> m_found;
    std::vector<std::pair<int64_t, const LoadedFile*>> m_finished;
    std::unordered_multimap<size_t, Text> m_byHash;
    int64_t m_texts = 0;
    int64_t m_tokens = 0;
    int64_t m_kept = 0;  // bytes
    int64_t m_inWork = 0;
    bool m_isWalkOver = false;
    Status m_walked = okStatus();
};

LoadedFile tokenised(Reading<Document> document, PromptBuilder& prompt) {
    LoadedFile file;
    if (!document.ok()) {
        file.skipReason = document.error().reason;
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

void loadItem(LoadQueue& queue,
              LoadQueue::Item& item,
              const LoadSettings& settings,
              PromptBuilder& prompt,
              const std::stop_token& stop) {
    if (std::optional<LoadedFile> known =
            settings.known ? settings.known(item.entry) : std::nullopt) {
        item.file = std::move(*known);
        queue.settle(item.file, {item.index, 0});
        int64_t member = 0;
        for (const auto& each : item.file.members) {
            queue.settle(each->file, {item.index, ++member});
        }
        return;
    }
    int64_t count = 0;  // the entry itself; the members come after it
    const auto take = [&](SourceEntry read, Reading<Document> document) {
        LoadedFile loaded = tokenised(std::move(document), prompt);
        const LoadQueue::Order order{item.index, count++};
        if (order.member == 0) {
            item.file = std::move(loaded);
            queue.settle(item.file, order);
            return;
        }
        item.file.members.push_back(
            std::make_unique<LoadedEntry>(LoadedEntry{std::move(read), std::move(loaded)}));
        queue.settle(item.file.members.back()->file, order);
    };
    readWithMembers(item.entry, settings.options, settings.readers, stop, take);
}

void loadUntilEmpty(LoadQueue& queue,
                    const LoadSettings& settings,
                    PromptBuilder& prompt,
                    const std::stop_token& stop) {
    while (LoadQueue::Item* item = queue.take(stop)) {
        loadItem(queue, *item, settings, prompt, stop);
        queue.finish(*item);
    }
}

template <typename T>
int64_t bytesOf(const std::vector<T>& items) {
    return static_cast<int64_t>(items.capacity() * sizeof(T));
}

// Without the letters of labels and names, which are a part of the text's own.
int64_t bytesOf(const Document& document) {
    constexpr auto kPerLine = static_cast<int64_t>(sizeof(int64_t));
    return static_cast<int64_t>(document.text.capacity()) + document.lines.lineCount() * kPerLine +
           bytesOf(document.units) + bytesOf(document.words) + bytesOf(document.symbols) +
           bytesOf(document.links);
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
    for (const auto& member : file.members) {
        tokens += member->file.tokenCount;
    }
    return tokens;
}

int64_t keptBytes(const LoadedFile& file) {
    const Document& original = fullDocument(file.document);
    int64_t bytes = bytesOf(file.document) + bytesOf(file.passages) + bytesOf(file.tokens) +
                    bytesOf(file.tokenEnds) + bytesOf(file.document.kept);
    if (&original != &file.document) {
        bytes += bytesOf(original);
    }
    return bytes;
}

Result<std::vector<LoadedEntry>> loadFiles(const std::vector<std::filesystem::path>& places,
                                           const LoadSettings& settings,
                                           const TextModel& model,
                                           const std::stop_token& stop,
                                           const std::function<void(const LoadBatch&)>& changed) {
    Result<std::vector<PromptBuilder>> prompts =
        promptBuilders(model, std::max(1U, std::thread::hardware_concurrency()));
    if (!prompts.ok()) {
        return prompts.error();
    }
    LoadQueue queue(settings);
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
