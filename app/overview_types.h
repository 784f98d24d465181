// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/app_types.h"

namespace tl {

// What a corpus says of itself: values that app hands to the window and the command line. Plain
// data, free to copy between threads.

// The lines that a statement stands on. The quote is the file's own text at these lines, byte for
// byte (of the text as read: UTF-8, line ends \n).
struct OverviewPlace : PlaceInFile {
    std::string file;
    int64_t startLine = 0;  // 0: the file as a whole, without a quote
    int64_t endLine = 0;
    std::string quote;
    std::string label;  // for people: "README.md:3-5", "talk.vtt 00:12:03 Ana"
};

struct OverviewStatement {
    std::string name{};  // what it is said of: a folder, a program, a document; may be empty
    std::string text{};  // one line; may be empty where the name says it all
    int level = 0;       // of a heading, from 1; 0 for all else
    OverviewPlace where{};
};

enum class OverviewTopic {
    kAbout,
    kDocuments,  // titles and first sentences
    kSpeakers,
    kSenders,
    kLanguages,
    kFolders,
    kPrograms,
    kBuild,
    kVersion,
    kLicence,
    kAuthors,
    kOutline,
};

// "about", "programs"...: the word that programs read.
std::string_view overviewTopicName(OverviewTopic topic);
// "About", "Programs and entry points"...: the heading that people read.
std::string_view overviewTopicHeading(OverviewTopic topic);

struct OverviewSection {
    OverviewTopic topic = OverviewTopic::kAbout;
    std::vector<OverviewStatement> statements;  // never empty
    int64_t leftOut = 0;                        // found and not told, to keep the section short
};

// A question that the corpus answers, and where.
struct OverviewQuestion {
    std::string text;
    OverviewPlace where;
};

struct Overview {
    std::string project;  // its name where its metadata or its README tell, else empty
    int64_t files = 0;
    int64_t tokens = 0;
    std::vector<OverviewSection> sections;    // in the order of OverviewTopic; what is not found
                                              // is not there
    std::vector<OverviewQuestion> questions;  // three at most
};

}  // namespace tl
