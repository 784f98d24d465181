// SPDX-License-Identifier: Apache-2.0
#include "app/project/stored_corpus.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "app/corpus/corpus_layout.h"
#include "app/corpus/corpus_prefix.h"
#include "app/corpus/page_rows.h"
#include "app/project/project_origin.h"
#include "engine/prompt.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

using Json = nlohmann::json;

// What became of a document; stored, so the numbers stay.
enum class StoredFate : int64_t {
    kIn = 1,
    kOpened = 2,      // an archive that was unpacked
    kNotRead = 3,     // reading it gave nothing; its extract says why
    kNotTaken = 4,    // by the walk's rules; its extract says why
    kSameContent = 5  // as another one
};

// Of an entry of the walk, what the columns of a stored document have no place for.
std::string detailsOf(const SourceEntry& entry, size_t ordinal) {
    return Json{{"ordinal", ordinal},
                {"folder", entry.isFolder},
                {"chosen", entry.isChosen},
                {"nesting", entry.nesting}}
        .dump();
}

struct Details {
    int64_t ordinal = 0;
    SourceEntry entry;
};

Details detailsFrom(const StoredDocument& document) {
    const Json json = Json::parse(document.details, nullptr, /*allow_exceptions=*/false);
    // A file comes from anybody: what is of another kind is as good as not there.
    const auto flag = [&](const char* key) {
        const auto member = json.find(key);
        return member != json.end() && member->is_boolean() && member->get<bool>();
    };
    const auto number = [&](const char* key) {
        const auto member = json.find(key);
        return member != json.end() && member->is_number_integer() ? member->get<int64_t>() : 0;
    };
    Details details;
    details.ordinal = number("ordinal");
    details.entry.isFolder = flag("folder");
    details.entry.isChosen = flag("chosen");
    details.entry.nesting = static_cast<int>(number("nesting"));
    details.entry.name = document.name;
    details.entry.path = document.path;
    details.entry.bytes = document.bytes;
    details.entry.modifiedNs = document.modifiedNs;
    return details;
}

std::vector<ReduceRule> reduceRules(const SourceChoice& choice) {
    return sourceOptions(choice).reduce;
}

// Turns stored documents back into loaded ones. Thread-compatible.
class EntryMaker {
public:
    EntryMaker(const StoredCorpus& stored, const SourceChoice& choice, const TextModel& model)
        : m_stored(stored), m_reduce(reduceRules(choice)), m_model(model) {
        for (const PlannedDocument& planned : stored.plan) {
            m_planned.emplace(planned.document, planned);
        }
    }

    // kCorrupt. Of one with the content of another the entry alone.
    Result<LoadedEntry> make(const StoredDocument& document, PromptBuilder& prompt) const {
        LoadedEntry made;
        made.entry = detailsFrom(document).entry;
        const auto fate = static_cast<StoredFate>(document.fate);
        if (fate == StoredFate::kSameContent) {
            made.file.document.contentHash = document.contentHash;
            return made;
        }
        const auto packed = m_stored.extracts.find(document.extractKey);
        if (packed == m_stored.extracts.end()) {
            return broken(document, "its text is missing");
        }
        std::optional<Reading<Document>> read = unpackReading(packed->second, made.entry, m_reduce);
        if (!read) {
            return broken(document, "its text is damaged");
        }
        if (!read->ok()) {
            return failed(fate, read->error(), std::move(made));
        }
        made.file.document = std::move(*read).value();
        made.file.document.contentHash = document.contentHash;
        made.file.isContainer = fate == StoredFate::kOpened;
        if (made.file.isContainer) {
            return made;
        }
        return withTokens(document, std::move(made), prompt);
    }

private:
    static Error broken(const StoredDocument& document, const char* what) {
        return {ErrorCode::kCorrupt, document.name + ": " + what};
    }

    static LoadedEntry failed(StoredFate fate, const Failure& failure, LoadedEntry made) {
        made.file.needsPassword = failure.code == ErrorCode::kInvalidInput;
        if (fate == StoredFate::kNotTaken) {
            made.entry.fate = FileFate::kSkipped;
            made.entry.reason = failure.reason;
        }
        if (fate != StoredFate::kNotTaken || made.file.needsPassword) {
            made.file.skipReason = failure.reason;
        }
        return made;
    }

    Result<LoadedEntry> withTokens(const StoredDocument& stored,
                                   LoadedEntry made,
                                   PromptBuilder& prompt) const {
        const auto planned = m_planned.find(stored.id);
        const auto total = std::ssize(m_stored.tokens);
        if (planned == m_planned.end() || planned->second.first < 0 || planned->second.count < 0 ||
            planned->second.first + planned->second.count > total) {
            return broken(stored, "it has no place in the sequence");
        }
        LoadedFile& file = made.file;
        const std::span tokens = std::span(m_stored.tokens)
                                     .subspan(static_cast<size_t>(planned->second.first),
                                              static_cast<size_t>(planned->second.count));
        prompt.appendDocumentHead(stored.name, file.tokens);
        file.headTokens = std::ssize(file.tokens);
        const auto head = static_cast<size_t>(file.headTokens);
        if (tokens.size() < head ||
            !std::equal(file.tokens.begin(), file.tokens.end(), tokens.begin())) {
            return broken(stored, "its name does not stand where it should");
        }
        if (tokenEndsIn(
                file.document.text, tokens.subspan(head), m_model.tokenizer(), file.tokenEnds)) {
            file.tokens.assign(tokens.begin(), tokens.end());
        } else {
            // A vocabulary without a token for some byte.
            file.tokenEnds.clear();
            prompt.appendText(file.document.text, file.tokens, file.tokenEnds);
            if (!std::equal(file.tokens.begin(), file.tokens.end(), tokens.begin(), tokens.end())) {
                return broken(stored, "its tokens are not those of its text");
            }
        }
        file.tokenCount = std::ssize(file.tokens);
        file.passages = segmentPassages(file.document, /*document=*/0);
        file.contentHash = std::hash<std::string_view>{}(file.document.text);
        file.pages = pageRowsOf(file.document);
        file.isComplete = true;
        return made;
    }

    const StoredCorpus& m_stored;
    const std::vector<ReduceRule> m_reduce;
    const TextModel& m_model;
    std::unordered_map<int64_t, PlannedDocument> m_planned;  // by document
};

bool isMember(const StoredDocument& document) {
    return detailsFrom(document).entry.nesting > 0;
}

// The files that the walk met themselves, each with its members.
class KnownFiles {
public:
    KnownFiles(const StoredCorpus& stored, const SourceChoice& choice, const TextModel& model)
        : m_maker(stored, choice, model), m_model(model), m_options(sourceOptions(choice)) {
        for (const StoredDocument& document : stored.documents) {
            if (isMember(document)) {
                if (m_last != nullptr) {
                    m_last->push_back(&document);
                }
                continue;
            }
            m_last = &m_files[document.name];
            m_last->assign({&document});
        }
    }

    std::optional<LoadedFile> find(const SourceEntry& entry) const {
        const auto known = m_files.find(entry.name);
        if (known == m_files.end() || !isSame(*known->second.front(), entry)) {
            return std::nullopt;
        }
        Result<PromptBuilder> prompt = PromptBuilder::create(m_model.tokenizer(), m_model.config());
        std::optional<LoadedFile> file;
        for (const StoredDocument* document : known->second) {
            if (!prompt.ok() || !isWhole(*document)) {
                return std::nullopt;
            }
            Result<LoadedEntry> made = m_maker.make(*document, prompt.value());
            if (!made.ok()) {
                return std::nullopt;  // then it is read again
            }
            if (!file) {
                file = std::move(made.value().file);
                continue;
            }
            file->members.push_back(std::make_unique<LoadedEntry>(std::move(made).value()));
        }
        return file;
    }

private:
    // What could not be read may be read by now: a password, a permission, another reader.
    static bool isWhole(const StoredDocument& document) {
        return document.fate == static_cast<int64_t>(StoredFate::kIn) ||
               document.fate == static_cast<int64_t>(StoredFate::kOpened) ||
               (isMember(document) && document.fate == static_cast<int64_t>(StoredFate::kNotTaken));
    }

    bool isSame(const StoredDocument& document, const SourceEntry& entry) const {
        if (document.bytes != entry.bytes || document.path != entry.path.native()) {
            return false;
        }
        if (document.modifiedNs == entry.modifiedNs) {
            return true;
        }
        if (document.contentHash.empty()) {
            return false;
        }
        const Reading<std::string> hash = hashFile(entry, m_options);
        return hash.ok() && hash.value() == document.contentHash;
    }

    EntryMaker m_maker;
    const TextModel& m_model;
    SourceOptions m_options;
    std::unordered_map<std::string, std::vector<const StoredDocument*>> m_files;
    std::vector<const StoredDocument*>* m_last = nullptr;  // the one whose members come
};

std::vector<EarlierFile> earlierFiles(const StoredCorpus& stored) {
    std::unordered_map<int64_t, const StoredDocument*> byId;
    for (const StoredDocument& document : stored.documents) {
        byId.emplace(document.id, &document);
    }
    std::vector<EarlierFile> files;
    for (const PlannedDocument& planned : stored.plan) {
        const auto document = byId.find(planned.document);
        const auto begin = stored.tokens.begin() + planned.first;
        if (document != byId.end()) {
            files.push_back({document->second->name, {begin, begin + planned.count}});
        }
    }
    return files;
}

// Ids for documents: that of the stored one of the same name, else one that none has had.
class Ids {
public:
    explicit Ids(const StoredCorpus& stored) {
        for (const StoredDocument& document : stored.documents) {
            m_known.emplace(document.name, document.id);
            m_next = std::max(m_next, document.id + 1);
        }
    }

    int64_t take(const std::string& name) {
        const auto known = m_known.find(name);
        if (known == m_known.end()) {
            return m_next++;
        }
        const int64_t id = known->second;
        m_known.erase(known);
        return id;
    }

    std::vector<int64_t> left() const {
        std::vector<int64_t> ids;
        for (const auto& [name, id] : m_known) {
            ids.push_back(id);
        }
        return ids;
    }

private:
    std::multimap<std::string, int64_t> m_known;
    int64_t m_next = 1;
};

// Puts an extract under the name of its content, and says which that is.
std::string put(const Reading<Document>& reading, ProjectChange& change) {
    std::string bytes = packReading(reading);
    std::string key = hexadecimal(contentHash(bytes));
    change.extracts.push_back({key, std::move(bytes)});
    return key;
}

StoredDocument storedOf(const Corpus& corpus, size_t row, int64_t id, ProjectChange& change) {
    const CorpusSource& source = corpus.sources[row];
    StoredDocument document;
    document.id = id;
    document.name = corpus.rows[row].name;
    document.path = source.entry.path.native();
    document.bytes = source.entry.bytes;
    document.modifiedNs = source.entry.modifiedNs;
    document.contentHash = source.contentHash;
    document.details = detailsOf(source.entry, row);
    const auto keep = [&](StoredFate fate, const Reading<Document>& reading) {
        document.fate = static_cast<int64_t>(fate);
        document.extractKey = put(reading, change);
    };
    if (source.entry.fate == FileFate::kSkipped) {
        keep(StoredFate::kNotTaken,
             source.failure.value_or(Failure{ErrorCode::kUnsupported, source.entry.reason}));
    } else if (source.failure) {
        keep(StoredFate::kNotRead, *source.failure);
    } else if (source.container) {
        keep(StoredFate::kOpened, *source.container);
    } else if (source.file >= 0) {
        keep(StoredFate::kIn, corpus.files[static_cast<size_t>(source.file)].document);
    } else {
        document.fate = static_cast<int64_t>(StoredFate::kSameContent);
    }
    return document;
}

// One with the content of another shares its extract.
void shareExtracts(const Corpus& corpus, std::vector<StoredDocument>& documents) {
    std::unordered_map<std::string, const StoredDocument*> byName;
    for (const StoredDocument& document : documents) {
        byName.emplace(document.name, &document);
    }
    for (size_t row = 0; row < documents.size(); ++row) {
        const auto twin = byName.find(corpus.rows[row].twinOf);
        if (documents[row].extractKey.empty() && twin != byName.end()) {
            documents[row].extractKey = twin->second->extractKey;
        }
    }
}

PlanChange planChange(const Corpus& corpus,
                      const std::vector<int64_t>& idOfFile,
                      const StoredCorpus& stored) {
    PlanChange change;
    change.keepTokens = commonTokens(corpus.tokens, stored.tokens);
    change.tokens.assign(corpus.tokens.begin() + change.keepTokens, corpus.tokens.end());
    for (size_t i = 0; i < corpus.files.size(); ++i) {
        const CorpusFile& file = corpus.files[i];
        const PlannedDocument planned{
            idOfFile[i],
            file.firstPosition,
            file.textPosition - file.firstPosition + std::ssize(file.tokenEnds)};
        const bool isKept = change.documents.empty() && i < stored.plan.size() &&
                            stored.plan[i].document == planned.document &&
                            stored.plan[i].first == planned.first &&
                            stored.plan[i].count == planned.count &&
                            planned.first + planned.count <= change.keepTokens;
        if (isKept) {
            ++change.keepDocuments;
        } else {
            change.documents.push_back(planned);
        }
    }
    return change;
}

}  // namespace

const StoredDocument* StoredCorpus::byId(int64_t id) const {
    const auto found = std::find_if(documents.begin(),
                                    documents.end(),
                                    [&](const StoredDocument& each) { return each.id == id; });
    return found == documents.end() ? nullptr : &*found;
}

Result<StoredCorpus> readStoredCorpus(ProjectReader& reader) {
    StoredCorpus stored;
    Result<std::vector<StoredDocument>> documents = reader.documents();
    if (!documents.ok()) {
        return documents.error();
    }
    stored.documents = std::move(documents).value();
    std::vector<std::pair<int64_t, size_t>> order;
    for (size_t i = 0; i < stored.documents.size(); ++i) {
        order.emplace_back(detailsFrom(stored.documents[i]).ordinal, i);
    }
    std::sort(order.begin(), order.end());
    std::vector<StoredDocument> sorted;
    sorted.reserve(order.size());
    for (const auto& [ordinal, index] : order) {
        sorted.push_back(std::move(stored.documents[index]));
    }
    stored.documents = std::move(sorted);
    for (const StoredDocument& document : stored.documents) {
        if (document.extractKey.empty() || stored.extracts.contains(document.extractKey)) {
            continue;
        }
        Result<StoredExtract> extract = reader.extract(document.extractKey);
        if (!extract.ok()) {
            return extract.error();
        }
        stored.extracts.emplace(document.extractKey, std::move(extract.value().bytes));
    }
    Result<std::vector<PlannedDocument>> plan = reader.plan();
    if (!plan.ok()) {
        return plan.error();
    }
    stored.plan = std::move(plan).value();
    Result<std::vector<int32_t>> tokens = reader.tokens();
    if (!tokens.ok()) {
        return tokens.error();
    }
    stored.tokens = std::move(tokens).value();
    return stored;
}

Result<Corpus> corpusOf(const StoredCorpus& stored,
                        const SourceChoice& choice,
                        const TextModel& model) {
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    const EntryMaker maker(stored, choice, model);
    std::unordered_map<std::string, int64_t> textIds;  // by extract
    std::vector<LoadedEntry> entries;
    entries.reserve(stored.documents.size());
    for (const StoredDocument& document : stored.documents) {
        Result<LoadedEntry> made = maker.make(document, prompt.value());
        if (!made.ok()) {
            return made.error();
        }
        // Equal texts under different names may be different extracts; only twins share one here.
        made.value().file.textId = std::ssize(entries);
        if (document.fate == static_cast<int64_t>(StoredFate::kSameContent)) {
            made.value().file.textId = textIds[document.extractKey];
        } else {
            textIds.emplace(document.extractKey, std::ssize(entries));
        }
        entries.push_back(std::move(made).value());
    }
    const std::vector<EarlierFile> earlier = earlierFiles(stored);
    Result<Corpus> corpus =
        layOutCorpus(choice, model, std::move(entries), [&](std::span<const OrderedFile> files) {
            return stableOrder(files, earlier);
        });
    if (corpus.ok() && corpus.value().tokens != stored.tokens) {
        return Error{ErrorCode::kCorrupt, "its documents do not make up its sequence"};
    }
    return corpus;
}

EarlierReading earlierReading(const StoredCorpus& stored,
                              const SourceChoice& choice,
                              const TextModel& model) {
    EarlierReading earlier;
    earlier.known = [known = std::make_shared<const KnownFiles>(stored, choice, model)](
                        const SourceEntry& entry) { return known->find(entry); };
    earlier.order = [files = earlierFiles(stored)](std::span<const OrderedFile> now) {
        return stableOrder(now, files);
    };
    return earlier;
}

bool isTakenFile(const StoredDocument& document) {
    return document.fate != static_cast<int64_t>(StoredFate::kNotTaken) && !isMember(document);
}

int64_t commonTokens(const std::vector<TokenId>& a, const std::vector<TokenId>& b) {
    const auto length = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    return std::mismatch(a.begin(), a.begin() + length, b.begin()).first - a.begin();
}

ProjectChange changeTo(const Corpus& corpus, const StoredCorpus& stored) {
    ProjectChange change;
    Ids ids(stored);
    std::vector<int64_t> idOfFile(corpus.files.size(), 0);
    for (size_t row = 0; row < corpus.rows.size(); ++row) {
        const int64_t id = ids.take(corpus.rows[row].name);
        if (const int64_t file = corpus.sources[row].file; file >= 0) {
            idOfFile[static_cast<size_t>(file)] = id;
        }
        change.documents.push_back(storedOf(corpus, row, id, change));
    }
    shareExtracts(corpus, change.documents);
    change.removedDocuments = ids.left();
    change.replacesPlan = true;
    change.plan = planChange(corpus, idOfFile, stored);
    change.dropsUnusedExtracts = true;
    change.goBackTo = change.plan.keepTokens;
    return change;
}

}  // namespace tl
