// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/app_types.h"
#include "app/corpus/kept_reading.h"
#include "app/model/language_model.h"
#include "app/project/growing_file.h"
#include "app/project/project_file.h"
#include "base/result.h"
#include "engine/prompt.h"
#include "ingest/reader_set.h"

namespace tl {

// One file that grows and is read into a project as it does: its text comes after everything
// else, so that what comes is read and nothing again but the batch of tokens that it begins in. No
// other file is looked at. Lives on the model's thread; the model outlives it.
class LiveAppend {
public:
    struct Place {
        std::filesystem::path project;  // is made where it is not there
        std::filesystem::path file;
        std::filesystem::path model{};  // what a project that is made says of its model
        int64_t checkpointTokens = kCheckpointTokens;  // of a project that is made
    };

    // Takes the project for writing, and adds the file to what it is made of. Errors of
    // ProjectFile; kInvalidInput where it is another model's; kNotFound, kUnsupported for the file.
    static Result<std::unique_ptr<LiveAppend>> open(const Place& place,
                                                    LanguageModel& model,
                                                    const std::stop_token& stop);

    // What was done to make the project say what the file says.
    struct Appended {
        int64_t added = 0;      // tokens that the project has more; below 0 where it has fewer
        int64_t evaluated = 0;  // that ran through the model
    };

    // Reads what the file holds by now, as far as the last look() shows it; what was read before a
    // stop is kept, and the next call goes on. kInvalidInput where the project would have more
    // tokens than the model's context; kUnsupported for what is no text; kCancelled.
    Result<Appended> read(const std::stop_token& stop, const ReadingFn& progress);

    GrowingFile& file() { return m_file; }
    // What citations call it.
    const std::string& name() const { return m_entry.name; }
    // Of the project.
    int64_t tokensRead() const { return m_tokensRead; }

private:
    LiveAppend(std::unique_ptr<ProjectFile> project,
               LanguageModel& model,
               PromptBuilder prompt,
               SourceEntry entry);

    // Stores the file's text at the end of the sequence. Nothing where it is there already.
    Status putText(const std::stop_token& stop);
    // Tokens that need not be read again.
    Result<int64_t> readSoFar();
    // The sequence stands there, where the project has a state.
    Status goBack(int64_t position);
    Status checkSize(int64_t tokens) const;

    std::unique_ptr<ProjectFile> m_project;
    LanguageModel& m_model;
    PromptBuilder m_prompt;
    SourceEntry m_entry;
    ReaderSet m_readers;
    GrowingFile m_file;
    std::unique_ptr<TokenSequence> m_sequence;  // made with the first reading
    std::optional<Snapshot> m_border;           // the newest that reading can go on from
    int64_t m_tokensRead = 0;
};

}  // namespace tl
