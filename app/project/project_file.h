// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/model/language_model.h"
#include "app/project.h"
#include "app/project/project_origin.h"
#include "app/project/stored_corpus.h"
#include "base/result.h"
#include "engine/snapshot.h"
#include "store/project_reader.h"
#include "store/project_store.h"

namespace tl {

// Tokens between two checkpoints. docs/app.md says what one costs.
inline constexpr int64_t kCheckpointTokens = 16384;

// Corpora, states and answers in the values of a project file, and back. Errors name the file in
// one line. Lives on the model's thread.
class ProjectFile {
public:
    enum class Access { kRead, kWrite };

    // kNotFound, also where nothing is kept in it yet; kUnsupported, kCorrupt, kIo; kBusy where
    // another process writes and this one wants to. What is read stays as it was when the file was
    // opened, unless it is written here.
    static Result<std::unique_ptr<ProjectFile>> open(const std::filesystem::path& path,
                                                     Access access);
    // For writing. kIo where it cannot be written, kInvalidInput where something is there; a file
    // that ended before anything was kept in it is nothing.
    static Result<std::unique_ptr<ProjectFile>> create(const std::filesystem::path& path,
                                                       const ProjectOrigin& origin);

    // What a project was made of, without the rest of it. As open().
    static Result<ProjectOrigin> originIn(const std::filesystem::path& path);
    // Whether all of its sequence is read, and whether any of it is.
    static bool isWhole(const std::filesystem::path& path);
    static bool isBegun(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    const ProjectOrigin& origin() const { return m_origin; }
    const StoredCorpus& stored() const { return m_stored; }
    bool isWritable() const { return m_store != nullptr; }
    // A chosen file or folder that is not there any more; none where all are.
    std::optional<std::filesystem::path> missingSource() const;
    // Positions, ascending.
    Result<std::vector<int64_t>> checkpoints();

    // kInvalidInput, naming what differs, where this model cannot go on with the states.
    Status checkModel(const LanguageModel& model) const {
        return checkModel(m_path, m_origin, model);
    }
    static Status checkModel(const std::filesystem::path& path,
                             const ProjectOrigin& origin,
                             const LanguageModel& model);

    // The newest state of at most `position` tokens; none where there is none. kCorrupt, kIo.
    Result<std::optional<Snapshot>> newestState(const LanguageModel& model, int64_t position);

    // That of a checkpoint as it is kept. kNotFound, kCorrupt, kIo.
    Result<std::vector<std::byte>> stateBytes(int64_t position) {
        return m_reader.checkpointState(position);
    }

    // The newest turns of all conversations, at most so many, oldest first; as they were when the
    // file was opened.
    Result<std::vector<StoredTurn>> newestTurns(size_t most);

    // All turns of the newest conversation, in their order; none where there is none.
    Result<std::vector<StoredTurn>> newestConversation();

    // These change the file, which is open for writing. What they give is committed soon, in order.
    // The choice goes with the next corpus.
    void setSources(const SourceChoice& choice);
    Status keepCorpus(const Corpus& corpus);
    // What is stored becomes this, which was made from it.
    Status keepStored(StoredCorpus next);
    // Another file that is read, see SourceChoice::appended: from the next change of the corpus on.
    void addSource(const std::filesystem::path& file);
    Status keepState(const LanguageModel& model, const Snapshot& snapshot);
    // Waits until all is safe.
    Status flush(const std::stop_token& stop = {});
    // For reading alone from here on. REQUIRES: flush() after the last change that matters
    void stopWriting() { m_store.reset(); }

    // Puts a change into the file, which need not be open for writing: then it is for a moment. It
    // is safe when this returns.
    Status keep(ProjectChange change);

private:
    ProjectFile(std::filesystem::path path,
                std::unique_ptr<ProjectStore> store,
                ProjectReader reader);

    Status load();
    // Writes what changes the corpus, whose sequence has so many tokens then, and waits for it.
    Status commitCorpus(ProjectChange change, int64_t tokens);
    Error named(const Error& error) const;

    std::filesystem::path m_path;
    std::unique_ptr<ProjectStore> m_store;  // null: for reading alone
    ProjectReader m_reader;
    std::optional<ProjectReader::View> m_view;  // of a file that is read alone
    ProjectOrigin m_origin;
    bool m_hasOtherSources = false;  // than those that are in the file
    StoredCorpus m_stored;
    int64_t m_pagesKept = 0;  // positions whose keys and values are in the file
};

// A sequence that is to be read, as far as its size on disk depends on it.
struct DiskPlan {
    int64_t tokens = 0;
    int64_t checkpointTokens = kCheckpointTokens;  // between two checkpoints
    int64_t layers = 0;                            // that have keys and values
};

// What a project with these texts takes on disk in the end: texts, keys and values, and as many
// states as the budget keeps (docs/project_format.md).
int64_t diskBytes(const StoredCorpus& stored, const SavedSizes& sizes, const DiskPlan& plan);

// The newest of these checkpoints from which reading goes on exactly where the first `same` tokens
// of a sequence of `total` are as they were: a batch border, or the end itself. 0: from the start.
int64_t goOnPoint(const std::vector<int64_t>& checkpoints,
                  int64_t same,
                  int64_t total,
                  int64_t batchTokens);

// Whether a project file can be there or be made there: kIo or kNotFound with the reason.
Status checkPlace(const std::filesystem::path& project);

// NAME.throughline beside a chosen file or folder.
std::filesystem::path projectBeside(const std::filesystem::path& source);

}  // namespace tl
