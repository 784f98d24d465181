// SPDX-License-Identifier: Apache-2.0
// How the corpus is built and installed: commands that its texts write down, then what its build
// files stand for.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/overview/finders.h"
#include "base/ascii.h"

namespace tl {

namespace {

// What a line of a shell begins with that builds or installs something.
constexpr auto kCommands = std::to_array<std::string_view>({"./configure",
                                                            "configure ",
                                                            "autoreconf",
                                                            "./autogen.sh",
                                                            "./bootstrap",
                                                            "make",
                                                            "cmake ",
                                                            "ninja",
                                                            "meson ",
                                                            "pip install",
                                                            "pip3 install",
                                                            "python -m pip",
                                                            "python3 -m pip",
                                                            "python setup.py",
                                                            "python3 setup.py",
                                                            "cargo ",
                                                            "npm ",
                                                            "npx ",
                                                            "yarn ",
                                                            "pnpm ",
                                                            "go build",
                                                            "go install",
                                                            "go get",
                                                            "mvn ",
                                                            "gradle ",
                                                            "./gradlew",
                                                            "./build",
                                                            "./run",
                                                            "bazel ",
                                                            "docker build",
                                                            "brew install",
                                                            "apt install",
                                                            "apt-get install",
                                                            "sudo apt",
                                                            "sudo make",
                                                            "conda install",
                                                            "pipx install",
                                                            "uv pip",
                                                            "stack build",
                                                            "cabal ",
                                                            "gem install",
                                                            "bundle install",
                                                            "composer ",
                                                            "dotnet build",
                                                            "swift build",
                                                            "git clone"});

// What makes a make target worth telling, in the order of the telling.
constexpr auto kTargets = std::to_array<std::string_view>(
    {"all", "build", "install", "test", "check", "clean", "dist", "doc", "docs"});

bool isCommand(std::string_view line) {
    return std::ranges::any_of(kCommands, [&](std::string_view command) {
        if (!line.starts_with(command)) {
            return false;
        }
        // "makes it easy" is no command.
        const std::string_view rest = line.substr(command.size());
        return command.ends_with(' ') || rest.empty() || rest.starts_with(' ') ||
               rest.starts_with('\n');
    });
}

// A sentence that begins like a command is none: it has a full stop, or words that no shell has.
bool isSentence(std::string_view line) {
    return line.ends_with('.') || line.ends_with(':') || line.ends_with(',') ||
           line.ends_with('\\') || line.find(" the ") != std::string_view::npos ||
           line.find(" is ") != std::string_view::npos ||
           line.find(" your ") != std::string_view::npos;
}

// "make check   # takes long": the command alone. Columns are told apart by blanks.
std::string_view withoutComment(std::string_view command) {
    for (const std::string_view mark : {" #", "   ", "\t"}) {
        command = stripped(command.substr(0, command.find(mark)));
    }
    return command;
}

// The command on a line, without prompt and marks of code; empty where there is none.
std::string_view commandOn(std::string_view line, bool isFenced) {
    const bool isIndented =
        line.starts_with("    ") || line.starts_with('\t') || line.starts_with("  ");
    std::string_view words = stripped(line);
    bool isMarked = isFenced || isIndented;
    for (const std::string_view prompt : {"$ ", "> ", "# ", "% "}) {
        if (words.starts_with(prompt) && (prompt != "# " || isFenced)) {
            words = stripped(words.substr(prompt.size()));
            isMarked = isMarked || prompt == "$ ";
        }
    }
    if (words.starts_with('`') && words.ends_with('`')) {
        words = words.substr(1, words.find('`', 1) - 1);
        isMarked = true;
    }
    words = withoutComment(words);
    return isMarked && isCommand(words) && !isSentence(words) ? words : std::string_view();
}

class BuildFinder {
public:
    explicit BuildFinder(const OverviewFacts& facts) : m_facts(facts) {}

    Statements find() {
        for (const OverviewFile& file : m_facts.input.files()) {
            if (file.depth == 0 && isGuide(file) && !isGeneric(*file.document)) {
                addCommands(*file.document);
            }
        }
        for (const OverviewFile& file : m_facts.input.files()) {
            if (file.depth > 1) {
                break;
            }
            addBuildFile(file);
        }
        addScripts();
        return std::move(m_statements);
    }

private:
    static bool isGuide(const OverviewFile& file) {
        constexpr auto kStems = std::to_array<std::string_view>(
            {"readme", "install", "installation", "building", "build", "contributing", "hacking"});
        return isForReading(file) &&
               std::ranges::find(kStems, asciiLower(fileStem(file.base))) != kStems.end() &&
               file.document->language != "Make" && file.base != "BUILD";
    }

    void add(std::string_view command,
             const Document& document,
             int64_t line,
             std::string text = {}) {
        if (m_commands.insert(std::string(command)).second) {
            m_statements.push_back({.name = std::string(command),
                                    .text = std::move(text),
                                    .where = placeOfLines(document, line, line)});
        }
    }

    // GNU's INSTALL is the same in all packages, and of its examples none is this package's.
    static bool isGeneric(const Document& document) {
        return document.text.find("generic installation") != std::string::npos ||
               document.text.find("Basic Installation\n") != std::string::npos;
    }

    void addCommands(const Document& document) {
        bool isFenced = false;
        for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
            const std::string_view text = lineOf(document, line);
            if (stripped(text).starts_with("```") || stripped(text).starts_with("~~~")) {
                isFenced = !isFenced;
            } else if (const std::string_view command = commandOn(text, isFenced);
                       !command.empty()) {
                add(command, document, line);
            }
        }
    }

    // What a build file is there for, cited by the line that makes it one.
    void addBuildFile(const OverviewFile& file) {
        struct FileRow {
            std::string_view name;
            std::string_view begins;  // the line that is cited
            std::string_view command;
        };
        static constexpr auto kFiles = std::to_array<FileRow>({
            {"configure.ac", "AC_INIT", "./configure && make"},
            {"configure.in", "AC_INIT", "./configure && make"},
            {"meson.build", "project", "meson setup build && meson compile -C build"},
            {"CMakeLists.txt", "project", "cmake -B build && cmake --build build"},
            {"pyproject.toml", "[build-system]", "pip install ."},
            {"Cargo.toml", "[package]", "cargo build"},
            {"go.mod", "module", "go build ./..."},
            {"debian/control", "Source:", "dpkg-buildpackage"},
        });
        if (const auto* const row = std::ranges::find(kFiles, file.name, &FileRow::name);
            row != kFiles.end()) {
            addLineOf(*file.document, row->begins, row->command);
        }
        if (file.depth == 0 && (asciiLower(file.base) == "makefile" || file.base == "GNUmakefile" ||
                                file.base == "Makefile.in")) {
            addTargets(*file.document);
        }
    }

    void addLineOf(const Document& document, std::string_view begins, std::string_view command) {
        for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
            if (asciiLower(stripped(lineOf(document, line))).starts_with(asciiLower(begins))) {
                add(command, document, line, "there is " + document.name);
                return;
            }
        }
    }

    void addTargets(const Document& document) {
        for (const std::string_view target : kTargets) {
            for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
                const std::string_view text = lineOf(document, line);
                const bool isTarget = text.starts_with(target) &&
                                      stripped(text.substr(target.size())).starts_with(':') &&
                                      !stripped(text.substr(target.size())).starts_with(":=");
                if (isTarget) {
                    add("make " + std::string(target),
                        document,
                        line,
                        "target of " + document.name);
                    break;
                }
            }
        }
    }

    void addScripts() {
        constexpr auto kScripts =
            std::to_array<std::string_view>({"build", "test", "start", "compile", "lint"});
        for (const MetadataField& field : m_facts.metadata) {
            const bool isTold = field.kind == MetadataKind::kScript && field.file->depth == 0 &&
                                std::ranges::find(kScripts, field.key) != kScripts.end();
            if (isTold) {
                add("npm run " + field.key, *field.file->document, field.line, field.value);
            }
        }
    }

    const OverviewFacts& m_facts;
    Statements m_statements;
    std::set<std::string> m_commands;
};

}  // namespace

Statements findBuild(const OverviewFacts& facts) {
    return BuildFinder(facts).find();
}

}  // namespace tl
