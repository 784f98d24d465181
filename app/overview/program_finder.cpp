// SPDX-License-Identifier: Apache-2.0
// What can be started: programs that package metadata and build files name, and functions that a
// system begins with.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/overview/finders.h"

namespace tl {

namespace {

// How a line begins that is an entry point in this language. Blanks count as one blank.
struct MainRow {
    std::string_view language;
    std::string_view begins;
    std::string_view what;
};

constexpr auto kMains = std::to_array<MainRow>({
    {"C", "int main(", "main function"},
    {"C", "int main (", "main function"},
    {"C", "main(", "main function"},
    {"C", "main (", "main function"},
    {"C", "IntNative main (", "main function"},
    {"C", "IntNative main(", "main function"},
    {"C++", "int main(", "main function"},
    {"C++", "int main (", "main function"},
    {"C++", "auto main(", "main function"},
    {"Rust", "fn main()", "main function"},
    {"Rust", "pub fn main()", "main function"},
    {"Go", "func main()", "main function"},
    {"Java", "public static void main(", "main method"},
    {"Kotlin", "fun main(", "main function"},
    {"C#", "static void Main(", "main method"},
    {"C#", "public static void Main(", "main method"},
    {"C#", "static int Main(", "main method"},
    {"C#", "static async Task Main(", "main method"},
    {"Python", "if __name__ == \"__main__\":", "runs as a script"},
    {"Python", "if __name__ == '__main__':", "runs as a script"},
    {"Zig", "pub fn main()", "main function"},
});

std::string withSingleBlanks(std::string_view line) {
    std::string single;
    for (const char c : line.substr(0, 200)) {
        const bool isBlank = c == ' ' || c == '\t';
        if (!isBlank || (!single.empty() && single.back() != ' ')) {
            single += isBlank ? ' ' : c;
        }
    }
    return single;
}

// A declaration or a call is none.
bool isMain(const MainRow& row, const std::string& line) {
    return line.starts_with(row.begins) && !line.ends_with(';') && !line.ends_with("; */");
}

void addMains(const OverviewFile& file, Statements& statements) {
    const Document& document = *file.document;
    const bool isKnown = std::ranges::any_of(
        kMains, [&](const MainRow& row) { return row.language == document.language; });
    if (!isKnown) {
        return;
    }
    constexpr std::string_view kMarks[] = {"main", "Main"};
    for (const std::string_view mark : kMarks) {
        for (size_t at = document.text.find(mark); at != std::string::npos;
             at = document.text.find(mark, at + 1)) {
            const int64_t line = document.lines.position(static_cast<int64_t>(at)).line;
            const std::string text = withSingleBlanks(lineOf(document, line));
            const auto* const row = std::ranges::find_if(kMains, [&](const MainRow& candidate) {
                return candidate.language == document.language && isMain(candidate, text);
            });
            if (row != kMains.end()) {
                statements.push_back({.name = document.name,
                                      .text = std::string(row->what),
                                      .where = placeOfLines(document, line, line)});
                return;
            }
        }
    }
}

// What build tools leave on top of a tree.
constexpr auto kToolScripts = std::to_array<std::string_view>({"configure",
                                                               "compile",
                                                               "depcomp",
                                                               "install-sh",
                                                               "missing",
                                                               "ltmain.sh",
                                                               "config.guess",
                                                               "config.sub",
                                                               "autogen.sh",
                                                               "bootstrap",
                                                               "ylwrap",
                                                               "mkinstalldirs",
                                                               "test-driver",
                                                               "gradlew",
                                                               "mvnw",
                                                               "setup.py",
                                                               "build.rs"});

// Scripts in the folders where programs are kept.
void addScript(const OverviewFile& file, Statements& statements) {
    const Document& document = *file.document;
    const bool isPlace =
        file.name.starts_with("bin/") || file.name.starts_with("scripts/") || file.depth == 0;
    const std::string_view line =
        document.lines.lineCount() > 0 ? lineOf(document, 1) : std::string_view();
    if (isPlace && line.starts_with("#!") && line.find('/') != std::string_view::npos) {
        const std::string_view program = line.substr(line.rfind('/') + 1);
        const size_t env = program.starts_with("env ") ? 4 : 0;
        const std::string_view name = program.substr(env, program.find(' ', env) - env);
        statements.push_back({.name = document.name,
                              .text = "script for " + std::string(name),
                              .where = placeOfLines(document, 1, 1)});
    }
}

std::string textOf(const MetadataField& field) {
    if (field.kind == MetadataKind::kPackage) {
        return "Debian package: " + field.value;
    }
    const std::string in = field.file->document->name;
    return field.key == field.value ? "program, as " + in + " says" : field.value;
}

}  // namespace

Statements findPrograms(const OverviewFacts& facts) {
    Statements statements;
    std::set<std::string> names;
    for (const MetadataKind kind : {MetadataKind::kProgram, MetadataKind::kPackage}) {
        for (const MetadataField& field : facts.metadata) {
            if (field.kind != kind ||
                !names.insert(field.key + " " + std::to_string(static_cast<int>(kind))).second) {
                continue;
            }
            statements.push_back(
                {.name = field.key,
                 .text = textOf(field),
                 .where = placeOfLines(*field.file->document, field.line, field.line)});
        }
    }
    for (const OverviewFile& file : facts.input.files()) {
        const bool isTool = std::ranges::find(kToolScripts, file.base) != kToolScripts.end();
        if (!file.isSide && !isTool && !file.name.starts_with("debian/")) {
            const size_t before = statements.size();
            addMains(file, statements);
            if (statements.size() == before) {
                addScript(file, statements);
            }
        }
    }
    return statements;
}

}  // namespace tl
