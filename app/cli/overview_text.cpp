// SPDX-License-Identifier: Apache-2.0
#include "app/cli/overview_text.h"

#include <ostream>
#include <string>

#include "app/cli/terminal_text.h"
#include "app/wording.h"

namespace tl {

namespace {

void printStatement(const OverviewStatement& statement, std::ostream& out) {
    std::string line = statement.name;
    line += statement.name.empty() || statement.text.empty() ? "" : ": ";
    line += statement.text;
    out << "  " << terminalLine(line) << "  [" << terminalLine(statement.where.label) << "]\n";
}

// The headings of one document after the other, indented by level.
void printOutline(const OverviewSection& section, std::ostream& out) {
    std::string document;
    for (const OverviewStatement& heading : section.statements) {
        if (heading.name != document) {
            document = heading.name;
            out << "  " << terminalLine(document) << "\n";
        }
        out << std::string(static_cast<size_t>(2 + 2 * heading.level), ' ')
            << terminalLine(heading.text) << "  [" << terminalLine(heading.where.label) << "]\n";
    }
}

}  // namespace

void printOverview(const Overview& overview, std::ostream& out) {
    out << counted(overview.files, "file", "files") << ", "
        << counted(overview.tokens, "token", "tokens") << "\n";
    for (const OverviewSection& section : overview.sections) {
        out << "\n" << overviewTopicHeading(section.topic) << "\n";
        if (section.topic == OverviewTopic::kOutline) {
            printOutline(section, out);
        } else {
            for (const OverviewStatement& statement : section.statements) {
                printStatement(statement, out);
            }
        }
        if (section.leftOut > 0) {
            out << "  " << grouped(section.leftOut) << " more\n";
        }
    }
    if (!overview.questions.empty()) {
        out << "\nQuestions to begin with\n";
    }
    for (const OverviewQuestion& question : overview.questions) {
        out << "  " << terminalLine(question.text) << "  [" << terminalLine(question.where.label)
            << "]\n";
    }
}

}  // namespace tl
