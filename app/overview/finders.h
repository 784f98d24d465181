// SPDX-License-Identifier: Apache-2.0
// One finder for each topic of an overview. What it is not sure of it leaves out: a statement that
// is wrong costs more than one that is missing.
#pragma once

#include <string_view>
#include <vector>

#include "app/overview/metadata.h"
#include "app/overview/overview_input.h"
#include "app/overview_types.h"

namespace tl {

// What all finders look at. The corpus outlives it.
struct OverviewFacts {
    explicit OverviewFacts(const Corpus& corpus) : input(corpus), metadata(metadataOf(input)) {}

    OverviewInput input;
    std::vector<MetadataField> metadata;
};

using Statements = std::vector<OverviewStatement>;

// Best first.
Statements findAbout(const OverviewFacts& facts);
Statements findDocuments(const OverviewFacts& facts);
Statements findSpeakers(const OverviewFacts& facts);
Statements findSenders(const OverviewFacts& facts);
Statements findLanguages(const OverviewFacts& facts);
Statements findFolders(const OverviewFacts& facts);
Statements findPrograms(const OverviewFacts& facts);
Statements findBuild(const OverviewFacts& facts);
Statements findVersion(const OverviewFacts& facts);
Statements findLicence(const OverviewFacts& facts);
Statements findAuthors(const OverviewFacts& facts);
Statements findOutline(const OverviewFacts& facts);

// README, README.md, readme.txt, ReadMe.rst
bool isReadme(const OverviewFile& file);
// Files about the project and not of it: README, CHANGES, LICENSE, AUTHORS and their like.
bool isAboutProject(const OverviewFile& file);
// "Introduction", "References": headings that name a kind of section and not a thing.
bool isPlainHeading(std::string_view heading);
// Whether people read it from its beginning: a PDF, a web page, a text.
bool isForReading(const OverviewFile& file);
// A corpus of few documents and no code, whose title pages speak for the whole: these documents.
std::vector<const Document*> documentsOfTextCorpus(const OverviewFacts& facts);

}  // namespace tl
