// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "store/project_values.h"

namespace tl {

// A checkpoint without its bytes.
struct CheckpointInfo {
    int64_t position = 0;
    int64_t storedBytes = 0;  // of its state, as packed
};

// What a file holds, in bytes.
struct ProjectSizes {
    int64_t file = 0;           // all of it, the log beside it left out
    int64_t texts = 0;          // of documents, packed
    int64_t documents = 0;      // their rows
    int64_t tokens = 0;         // ids, packed
    int64_t checkpoints = 0;    // states, packed
    int64_t pages = 0;          // keys and values
    int64_t conversations = 0;  // with citations
    int64_t free = 0;           // for what is written next
    int64_t other = 0;          // what holds all this together, the word index, properties
};

// Called with each page, in order of positions and layers; an error ends it.
using PageSink = std::function<Status(StoredPage page)>;

// A project file to read from, also while a ProjectStore of this or another process writes: a
// connection of its own. A read-only file or folder will do. Every row that it gives has been
// checked against its checksum. Not thread-safe, and bound to no thread.
// Errors name the file in one line: kCorrupt says what is damaged, kIo SQLite's words.
class ProjectReader {
    class Connection;

public:
    // kNotFound; kUnsupported for what is no project or of another version; kCorrupt; kIo.
    static Result<ProjectReader> open(const std::filesystem::path& path);

    ProjectReader(ProjectReader&&) noexcept;
    ProjectReader& operator=(ProjectReader&&) noexcept;
    ~ProjectReader();

    // While one lives, all calls see the file as it was at the first of them. What is written
    // meanwhile makes the file grow, so let it go soon. The reader outlives it.
    class View {
    public:
        View(View&& other) noexcept;
        View& operator=(View&&) = delete;
        ~View();

    private:
        friend class ProjectReader;
        explicit View(Connection* connection) : m_connection(connection) {}

        Connection* m_connection;
    };
    Result<View> view();

    Result<std::map<std::string, std::string>> properties();

    // In order of their ids.
    Result<std::vector<StoredDocument>> documents();
    // kNotFound.
    Result<StoredExtract> extract(const std::string& key);
    Result<bool> hasExtract(const std::string& key);

    // In order of the sequence.
    Result<std::vector<PlannedDocument>> plan();
    Result<int64_t> tokenCount();
    Result<std::vector<int32_t>> tokens();

    // By position, the newest last.
    Result<std::vector<CheckpointInfo>> checkpoints();
    // The state of one. kNotFound.
    Result<std::vector<std::byte>> checkpointState(int64_t position);
    // All pages of [0, position), position being a checkpoint's. kCorrupt where one is missing.
    Status pages(int64_t position, const PageSink& sink);

    Result<ProjectSizes> sizes();

    // Looks at all of the file: SQLite's own structure, every row, and whether all parts of texts,
    // ids, states and pages are there and can be unpacked. A line for each thing that is damaged.
    // Progress counts rows. kCancelled.
    Result<std::vector<std::string>> verify(const ProgressFn& progress = {},
                                            const std::stop_token& stop = {});

    // By id.
    Result<std::vector<StoredConversation>> conversations();
    // In their order, with their citations.
    Result<std::vector<StoredTurn>> turns(int64_t conversation);

private:
    explicit ProjectReader(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> m_connection;
};

}  // namespace tl
