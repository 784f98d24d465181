// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_file.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "app/project/corpus_change.h"

namespace tl {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".throughline";
// The store's budget for states: a tenth of the pages, and the newest two whatever they take.
constexpr int64_t kStateShare = 10;
constexpr int64_t kLeastStates = 2;
// What SQLite makes of it, measured over projects of 7,000 to 131,000 tokens: the percentage that
// packing leaves of a state, hundredths of a byte for a token's id, the bytes of a document's row
// and of a file with empty tables. The last page of a large value is half full on average.
constexpr int64_t kPackedState = 86;
constexpr int64_t kPackedToken = 135;
constexpr int64_t kBytesOfDocument = 250;
constexpr int64_t kBytesOfNothing = 200'000;
constexpr int64_t kHalfPage = 8192;
constexpr int64_t kStatePart = int64_t{1} << 20;
// Of pages that are handed over together, so that all threads have something to do.
constexpr int64_t kLoadedTogether = int64_t{32} << 20;

std::vector<StoredPage> storedPages(std::vector<SavedPages> saved) {
    std::vector<StoredPage> pages;
    pages.reserve(saved.size());
    for (SavedPages& part : saved) {
        pages.push_back({part.layer, part.first, part.count, std::move(part.bytes)});
    }
    return pages;
}

// Gives pages to a loader, many at a time.
class PageLoading {
public:
    explicit PageLoading(StateLoader& loader) : m_loader(loader) {}

    Status add(StoredPage page) {
        m_bytes += std::ssize(page.bytes);
        m_pages.push_back(std::move(page));
        return m_bytes < kLoadedTogether ? okStatus() : flush();
    }

    Status flush() {
        std::vector<SavedPagesView> views;
        views.reserve(m_pages.size());
        for (const StoredPage& page : m_pages) {
            views.push_back({page.layer, page.first, page.count, page.bytes});
        }
        Status status = m_loader.addPages(views);
        m_pages.clear();
        m_bytes = 0;
        return status;
    }

private:
    StateLoader& m_loader;
    std::vector<StoredPage> m_pages;
    int64_t m_bytes = 0;
};

}  // namespace

int64_t goOnPoint(const std::vector<int64_t>& checkpoints,
                  int64_t same,
                  int64_t total,
                  int64_t batchTokens) {
    int64_t point = 0;
    for (const int64_t position : checkpoints) {
        const bool goesOn = position % batchTokens == 0 || position == total;
        if (position <= same && goesOn) {
            point = std::max(point, position);
        }
    }
    return point;
}

int64_t diskBytes(const StoredCorpus& stored, const SavedSizes& sizes, const DiskPlan& plan) {
    int64_t bytes = kBytesOfNothing;
    for (const auto& [key, packed] : stored.extracts) {
        bytes += std::ssize(packed);
    }
    for (const StoredDocument& document : stored.documents) {
        bytes += std::ssize(document.name) + std::ssize(document.path) + kBytesOfDocument;
    }
    const int64_t pages = plan.tokens * sizes.pageBytesPerToken;
    const int64_t state = std::max<int64_t>(sizes.stateBytes * kPackedState / 100, 1);
    // Those at intervals, at the last batch border and at the end, as far as the budget goes.
    const int64_t made = plan.tokens / plan.checkpointTokens + kLeastStates;
    const int64_t kept = std::clamp(pages / kStateShare / state, kLeastStates, made);
    const int64_t pageValues = plan.layers * (plan.tokens / kKvPagePositions + made);
    const int64_t values = pageValues + kept * (1 + sizes.stateBytes / kStatePart);
    return bytes + pages + kept * state + plan.tokens * kPackedToken / 100 + values * kHalfPage;
}

Status checkPlace(const fs::path& project) {
    std::error_code failure;
    if (fs::exists(project, failure)) {
        return okStatus();
    }
    const fs::path folder = project.has_parent_path() ? project.parent_path() : ".";
    if (::access(folder.c_str(), W_OK) == 0) {
        return okStatus();
    }
    const std::error_code why(errno, std::generic_category());
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                 project.string() + ": cannot be written (" + why.message() + ")"};
}

fs::path projectBeside(const fs::path& source) {
    std::error_code failure;
    fs::path whole = fs::weakly_canonical(source, failure);
    if (failure) {
        whole = fs::absolute(source, failure).lexically_normal();
    }
    if (!whole.has_filename()) {
        whole = whole.parent_path();
    }
    whole += kEnding;
    return whole;
}

bool isProjectPath(const fs::path& path) {
    std::error_code ignored;
    return path.extension() == kEnding && !fs::is_directory(path, ignored);
}

ProjectFile::ProjectFile(fs::path path, std::unique_ptr<ProjectStore> store, ProjectReader reader)
    : m_path(std::move(path)), m_store(std::move(store)), m_reader(std::move(reader)) {}

Error ProjectFile::named(const Error& error) const {
    return {error.code, m_path.string() + ": " + error.message};
}

namespace {

// What ended before its first change was committed leaves such a file.
Error nothingKept(const fs::path& path) {
    return {ErrorCode::kNotFound, path.string() + ": nothing has been kept in it yet"};
}

Result<ProjectOrigin> originFrom(ProjectReader& reader, const fs::path& path) {
    const Result<ProjectProperties> properties = reader.properties();
    if (!properties.ok()) {
        return properties.error();
    }
    if (properties.value().empty()) {
        return nothingKept(path);
    }
    Result<ProjectOrigin> origin = originOf(properties.value());
    if (!origin.ok()) {
        return Error{origin.error().code, path.string() + ": " + origin.error().message};
    }
    return origin;
}

}  // namespace

Result<std::unique_ptr<ProjectFile>> ProjectFile::open(const fs::path& path, Access access) {
    std::unique_ptr<ProjectStore> store;
    if (access == Access::kWrite) {
        Result<std::unique_ptr<ProjectStore>> opened = ProjectStore::open(path);
        if (!opened.ok()) {
            return opened.error();
        }
        store = std::move(opened).value();
    }
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return reader.error();
    }
    std::unique_ptr<ProjectFile> file(
        new ProjectFile(path, std::move(store), std::move(reader).value()));
    const Status loaded = file->load();
    if (!loaded.ok()) {
        return loaded.error();
    }
    return file;
}

Result<std::unique_ptr<ProjectFile>> ProjectFile::create(const fs::path& path,
                                                         const ProjectOrigin& origin) {
    std::error_code ignored;
    const bool isThere = fs::exists(fs::symlink_status(path, ignored));
    Result<std::unique_ptr<ProjectStore>> store =
        isThere ? ProjectStore::open(path) : ProjectStore::create(path);
    if (!store.ok()) {
        return store.error();
    }
    if (isThere) {
        const Result<ProjectOrigin> found = originIn(path);
        if (found.ok()) {
            return Error{ErrorCode::kInvalidInput, path.string() + ": is there already"};
        }
        if (found.error().code != ErrorCode::kNotFound) {
            return found.error();
        }
    }
    ProjectChange change;
    change.properties = propertiesOf(origin);
    Status status = store.value()->write(std::move(change));
    if (status.ok()) {
        status = store.value()->flush();
    }
    if (!status.ok()) {
        return status.error();
    }
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return reader.error();
    }
    std::unique_ptr<ProjectFile> file(
        new ProjectFile(path, std::move(store).value(), std::move(reader).value()));
    file->m_origin = origin;
    return file;
}

Result<ProjectOrigin> ProjectFile::originIn(const fs::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    return reader.ok() ? originFrom(reader.value(), path) : reader.error();
}

namespace {

// So far a file is read; 0 for what cannot be opened.
int64_t readIn(ProjectReader& reader) {
    const Result<std::vector<CheckpointInfo>> known = reader.checkpoints();
    return known.ok() && !known.value().empty() ? known.value().back().position : 0;
}

}  // namespace

bool ProjectFile::isWhole(const fs::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return false;
    }
    const Result<int64_t> tokens = reader.value().tokenCount();
    const int64_t read = readIn(reader.value());
    return tokens.ok() && read > 0 && read == tokens.value();
}

bool ProjectFile::isBegun(const fs::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    return reader.ok() && readIn(reader.value()) > 0;
}

Status ProjectFile::load() {
    if (m_store == nullptr) {
        Result<ProjectReader::View> view = m_reader.view();
        if (!view.ok()) {
            return view.error();
        }
        m_view.emplace(std::move(view).value());
    }
    Result<ProjectOrigin> origin = originFrom(m_reader, m_path);
    if (!origin.ok()) {
        return origin.error();
    }
    m_origin = std::move(origin).value();
    Result<StoredCorpus> stored = readStoredCorpus(m_reader);
    if (!stored.ok()) {
        return stored.error();
    }
    m_stored = std::move(stored).value();
    const Result<std::vector<int64_t>> known = checkpoints();
    if (!known.ok()) {
        return known.error();
    }
    m_pagesKept = known.value().empty() ? 0 : known.value().back();
    return okStatus();
}

std::optional<fs::path> ProjectFile::missingSource() const {
    for (const fs::path& source : m_origin.sources.paths) {
        std::error_code failure;
        if (!fs::exists(source, failure)) {
            return source;
        }
    }
    return std::nullopt;
}

Result<std::vector<int64_t>> ProjectFile::checkpoints() {
    const Result<std::vector<CheckpointInfo>> known = m_reader.checkpoints();
    if (!known.ok()) {
        return known.error();
    }
    std::vector<int64_t> positions;
    for (const CheckpointInfo& checkpoint : known.value()) {
        positions.push_back(checkpoint.position);
    }
    return positions;
}

Status ProjectFile::checkModel(const fs::path& path,
                               const ProjectOrigin& origin,
                               const LanguageModel& model) {
    std::string list;
    for (const std::string& difference : differences(origin.fingerprint, model.fingerprint())) {
        list += (list.empty() ? "" : "; ") + difference;
    }
    if (list.empty()) {
        return okStatus();
    }
    return Error{ErrorCode::kInvalidInput,
                 path.string() + ": was read with " + list + "; throughline read FOLDER -o OTHER" +
                     kEnding + " reads again with this model, and --model names another one"};
}

Result<std::optional<Snapshot>> ProjectFile::newestState(const LanguageModel& model,
                                                         int64_t position) {
    const Result<std::vector<int64_t>> known = checkpoints();
    if (!known.ok()) {
        return known.error();
    }
    int64_t newest = 0;
    for (const int64_t each : known.value()) {
        newest = each <= position ? each : newest;
    }
    if (newest == 0) {
        return std::optional<Snapshot>();
    }
    const Result<std::vector<std::byte>> state = m_reader.checkpointState(newest);
    if (!state.ok()) {
        return state.error();
    }
    const std::unique_ptr<StateLoader> loader = model.newStateLoader();
    PageLoading loading(*loader);
    Status status =
        m_reader.pages(newest, [&](StoredPage page) { return loading.add(std::move(page)); });
    if (status.ok()) {
        status = loading.flush();
    }
    if (!status.ok()) {
        return status.error();
    }
    Result<Snapshot> snapshot = loader->snapshot(state.value());
    if (!snapshot.ok()) {
        return named(snapshot.error());
    }
    return std::optional<Snapshot>(std::move(snapshot).value());
}

Result<std::vector<StoredTurn>> ProjectFile::newestTurns(size_t most) {
    const Result<std::vector<StoredConversation>> conversations = m_reader.conversations();
    if (!conversations.ok()) {
        return conversations.error();
    }
    std::vector<StoredTurn> newest;
    const auto& all = conversations.value();
    for (auto each = all.rbegin(); each != all.rend() && newest.size() < most; ++each) {
        Result<std::vector<StoredTurn>> turns = m_reader.turns(each->id);
        if (!turns.ok()) {
            return turns.error();
        }
        newest.insert(newest.begin(),
                      std::make_move_iterator(turns.value().begin()),
                      std::make_move_iterator(turns.value().end()));
    }
    if (newest.size() > most) {
        newest.erase(newest.begin(), newest.end() - static_cast<std::ptrdiff_t>(most));
    }
    return newest;
}

Result<std::vector<StoredTurn>> ProjectFile::newestConversation() {
    const Result<std::vector<StoredConversation>> all = m_reader.conversations();
    if (!all.ok()) {
        return all.error();
    }
    return all.value().empty() ? std::vector<StoredTurn>() : m_reader.turns(all.value().back().id);
}

void ProjectFile::setSources(const SourceChoice& choice) {
    const auto appended = std::exchange(m_origin.sources.appended, {});
    m_origin.sources = keptChoice(choice);
    m_origin.sources.appended = appended;
    m_hasOtherSources = true;
}

Status ProjectFile::commitCorpus(ProjectChange change, int64_t tokens) {
    if (std::exchange(m_hasOtherSources, false)) {
        change.properties = propertiesOf(m_origin);
    }
    const Result<std::vector<int64_t>> known = checkpoints();
    if (!known.ok()) {
        return known.error();
    }
    change.goBackTo =
        goOnPoint(known.value(), change.plan.keepTokens, tokens, m_origin.fingerprint.batchTokens);
    m_pagesKept = change.goBackTo;
    const Status status = m_store->write(std::move(change));
    return status.ok() ? m_store->flush() : status;
}

Status ProjectFile::keepCorpus(const Corpus& corpus) {
    Status status = commitCorpus(changeTo(corpus, m_stored), std::ssize(corpus.tokens));
    if (!status.ok()) {
        return status;
    }
    Result<StoredCorpus> stored = readStoredCorpus(m_reader);
    if (!stored.ok()) {
        return stored.error();
    }
    m_stored = std::move(stored).value();
    return okStatus();
}

Status ProjectFile::keepStored(StoredCorpus next) {
    Status status = commitCorpus(changeBetween(m_stored, next), std::ssize(next.tokens));
    if (status.ok()) {
        m_stored = std::move(next);
    }
    return status;
}

void ProjectFile::addSource(const fs::path& file) {
    m_origin.sources.appended.push_back(file);
    m_hasOtherSources = true;
}

Status ProjectFile::keepState(const LanguageModel& model, const Snapshot& snapshot) {
    Result<std::vector<std::byte>> state = model.saveState(snapshot);
    if (!state.ok()) {
        return state.error();
    }
    Result<std::vector<SavedPages>> pages = model.savePages(snapshot, m_pagesKept);
    if (!pages.ok()) {
        return pages.error();
    }
    ProjectChange change;
    change.addsCheckpoint = true;
    change.checkpoint.position = snapshot.position();
    change.checkpoint.state = std::move(state).value();
    change.checkpoint.pages = storedPages(std::move(pages).value());
    m_pagesKept = snapshot.position();
    return m_store->write(std::move(change));
}

Status ProjectFile::flush(const std::stop_token& stop) {
    return m_store->flush(stop);
}

Status ProjectFile::keep(ProjectChange change) {
    if (m_store != nullptr) {
        const Status written = m_store->write(std::move(change));
        return written.ok() ? m_store->flush() : written;
    }
    const Result<std::unique_ptr<ProjectStore>> store = ProjectStore::open(m_path);
    if (!store.ok()) {
        return store.error();
    }
    const Status status = store.value()->write(std::move(change));
    return status.ok() ? store.value()->flush() : status;
}

}  // namespace tl
