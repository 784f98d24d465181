// SPDX-License-Identifier: Apache-2.0
#include "tests/store/whole_project.h"

#include <string_view>

namespace tl {

namespace {

void add(std::string& all, std::string_view text) {
    all.append(text).push_back('\n');
}

void add(std::string& all, int64_t number) {
    add(all, std::to_string(number));
}

void add(std::string& all, const std::vector<std::byte>& bytes) {
    add(all, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Status addCorpus(ProjectReader& reader, std::string& all) {
    const auto properties = reader.properties();
    const auto documents = reader.documents();
    const auto plan = reader.plan();
    const auto tokens = reader.tokens();
    if (!properties.ok() || !documents.ok()) {
        return properties.ok() ? documents.error() : properties.error();
    }
    if (!plan.ok() || !tokens.ok()) {
        return plan.ok() ? tokens.error() : plan.error();
    }
    for (const auto& [key, value] : properties.value()) {
        add(all, key);
        add(all, value);
    }
    for (const StoredDocument& one : documents.value()) {
        for (const std::string& text :
             {one.name, one.path, one.contentHash, one.details, one.extractKey}) {
            add(all, text);
        }
        for (const int64_t number : {one.id, one.bytes, one.modifiedNs, one.fate}) {
            add(all, number);
        }
        if (!one.extractKey.empty()) {
            const auto extract = reader.extract(one.extractKey);
            if (!extract.ok()) {
                return extract.error();
            }
            add(all, extract.value().bytes);
        }
    }
    for (const PlannedDocument& one : plan.value()) {
        for (const int64_t number : {one.document, one.first, one.count}) {
            add(all, number);
        }
    }
    for (const int32_t token : tokens.value()) {
        add(all, token);
    }
    return okStatus();
}

Status addCheckpoints(ProjectReader& reader, std::string& all) {
    const auto checkpoints = reader.checkpoints();
    if (!checkpoints.ok()) {
        return checkpoints.error();
    }
    for (const CheckpointInfo& one : checkpoints.value()) {
        const auto state = reader.checkpointState(one.position);
        if (!state.ok()) {
            return state.error();
        }
        add(all, one.position);
        add(all, state.value());
    }
    if (checkpoints.value().empty()) {
        return okStatus();
    }
    return reader.pages(checkpoints.value().back().position, [&](const StoredPage& page) {
        for (const int64_t number : {page.layer, page.first, page.count}) {
            add(all, number);
        }
        add(all, page.bytes);
        return okStatus();
    });
}

Status addTurns(ProjectReader& reader, std::string& all) {
    const auto conversations = reader.conversations();
    if (!conversations.ok()) {
        return conversations.error();
    }
    for (const StoredConversation& one : conversations.value()) {
        add(all, one.id);
        add(all, one.title);
        add(all, one.startedNs);
        const auto turns = reader.turns(one.id);
        if (!turns.ok()) {
            return turns.error();
        }
        for (const StoredTurn& turn : turns.value()) {
            for (const std::string& text : {turn.question,
                                            turn.answer,
                                            turn.stateDigest,
                                            turn.prompt,
                                            turn.sampler,
                                            turn.fingerprint,
                                            turn.versions,
                                            turn.details}) {
                add(all, text);
            }
            for (const int64_t number :
                 {turn.ordinal, turn.position, turn.askedNs, static_cast<int64_t>(turn.seed)}) {
                add(all, number);
            }
            for (const StoredCitation& citation : turn.citations) {
                for (const std::string& text : {citation.name, citation.place, citation.quote}) {
                    add(all, text);
                }
                for (const int64_t number :
                     {citation.document, citation.begin, citation.end, citation.standing}) {
                    add(all, number);
                }
            }
        }
    }
    return okStatus();
}

}  // namespace

Result<std::string> allOf(const std::filesystem::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return reader.error();
    }
    std::string all;
    Status done = addCorpus(reader.value(), all);
    if (done.ok()) {
        done = addCheckpoints(reader.value(), all);
    }
    if (done.ok()) {
        done = addTurns(reader.value(), all);
    }
    if (!done.ok()) {
        return done.error();
    }
    return all;
}

}  // namespace tl
