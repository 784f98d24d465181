// SPDX-License-Identifier: Apache-2.0
#include "app/overview/overview.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/overview/finders.h"
#include "app/overview/question_finder.h"

namespace tl {

namespace {

// A topic with its names, who finds it, and how many statements a person reads of it.
struct TopicRow {
    OverviewTopic topic;
    std::string_view name;
    std::string_view heading;
    Statements (*find)(const OverviewFacts& facts);
    size_t most;
};

constexpr auto kTopics = std::to_array<TopicRow>({
    {OverviewTopic::kAbout, "about", "About", findAbout, 3},
    {OverviewTopic::kDocuments, "documents", "Documents", findDocuments, 8},
    {OverviewTopic::kSpeakers, "speakers", "Speakers", findSpeakers, 10},
    {OverviewTopic::kSenders, "senders", "Senders", findSenders, 10},
    {OverviewTopic::kLanguages, "languages", "Languages and sizes", findLanguages, 8},
    {OverviewTopic::kFolders, "folders", "Folders", findFolders, 12},
    {OverviewTopic::kPrograms, "programs", "Programs and entry points", findPrograms, 8},
    {OverviewTopic::kBuild, "build", "Build and install", findBuild, 8},
    {OverviewTopic::kVersion, "version", "Version", findVersion, 3},
    {OverviewTopic::kLicence, "licence", "Licence", findLicence, 6},
    {OverviewTopic::kAuthors, "authors", "Authors", findAuthors, 8},
    {OverviewTopic::kOutline, "outline", "Outline", findOutline, 40},
});

constexpr bool standInOrder() {
    for (size_t i = 0; i < kTopics.size(); ++i) {
        if (static_cast<size_t>(kTopics[i].topic) != i) {
            return false;
        }
    }
    return true;
}
static_assert(standInOrder());

const TopicRow& rowOf(OverviewTopic topic) {
    return kTopics[static_cast<size_t>(topic)];
}

}  // namespace

std::string_view overviewTopicName(OverviewTopic topic) {
    return rowOf(topic).name;
}

std::string_view overviewTopicHeading(OverviewTopic topic) {
    return rowOf(topic).heading;
}

Overview makeOverview(const Corpus& corpus) {
    const OverviewFacts facts(corpus);
    Overview overview;
    overview.files = corpus.plan.files;
    overview.tokens = corpus.plan.tokens;
    overview.project = findProjectName(facts);
    for (const TopicRow& row : kTopics) {
        OverviewSection section;
        section.topic = row.topic;
        section.statements = row.find(facts);
        const size_t found = section.statements.size();
        if (found == 0) {
            continue;
        }
        section.statements.resize(std::min(found, row.most));
        section.leftOut = static_cast<int64_t>(found - section.statements.size());
        overview.sections.push_back(std::move(section));
    }
    overview.questions = findQuestions(facts, overview.sections);
    return overview;
}

}  // namespace tl
