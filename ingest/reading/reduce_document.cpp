// SPDX-License-Identifier: Apache-2.0
#include "ingest/reading/reduce_document.h"

#include <utility>

#include "ingest/code/budget.h"
#include "ingest/definitions.h"

namespace tl {

namespace {

ReadLevel levelOf(const std::vector<ReduceRule>& rules, const std::string& name) {
    ReadLevel level = ReadLevel::kFull;
    for (const ReduceRule& rule : rules) {
        if (matchesPattern(rule.pattern, name)) {
            level = rule.level;
        }
    }
    return level;
}

}  // namespace

void reduceDocument(const std::vector<ReduceRule>& rules, Document& document) {
    const ReadLevel level = levelOf(rules, document.name);
    if (level == ReadLevel::kFull || document.text.empty()) {
        return;
    }
    const Reading<std::vector<Symbol>> symbols = symbolsOf(document);
    if (!symbols.ok()) {
        document.warnings.push_back(becauseOf(
            ReasonCode::kNotReduced, symbols.error().reason, std::string(readLevelName(level))));
        return;
    }
    ReducedText reduced = reduceText(document.text, symbols.value(), level);
    auto original = std::make_shared<Document>(std::move(document));
    document = Document{};
    document.path = original->path;
    document.name = original->name;
    document.kind = original->kind;
    document.language = original->language;
    document.title = original->title;
    document.author = original->author;
    document.date = original->date;
    document.warnings = original->warnings;
    document.parts = std::exchange(original->parts, {});
    document.level = level;
    document.lines = LineIndex(reduced.text);
    document.text = std::move(reduced.text);
    document.kept = std::move(reduced.kept);
    document.notes = original->notes;
    document.notes.push_back({.code = ReasonCode::kReduced,
                              .name = std::string(readLevelName(level)),
                              .count = std::ssize(document.text),
                              .limit = std::ssize(original->text)});
    document.original = std::move(original);
}

}  // namespace tl
