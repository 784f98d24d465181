// SPDX-License-Identifier: Apache-2.0
#include "app/cli/password_prompt.h"

#include <map>
#include <string>
#include <utility>

#include "app/cli/terminal_text.h"

namespace tl {

namespace {

constexpr int kTries = 3;

// What remains to be asked: by file, how often it was.
class Prompt {
public:
    explicit Prompt(const AskSecret& askSecret) : m_askSecret(askSecret) {}

    // The passwords that are given for files that need one; none once nobody answers.
    std::vector<std::string> ask(const std::vector<FileRow>& rows) {
        std::vector<std::string> given;
        for (const FileRow& row : rows) {
            int& asked = m_asked[row.name];
            if (!row.needsPassword || m_hasEnded || asked == kTries) {
                continue;
            }
            const std::optional<std::string> password =
                m_askSecret((asked == 0 ? "Password for " : "Still locked. Password for ") +
                            terminalLine(row.name) + " (Enter: leave it out): ");
            m_hasEnded = !password;
            ++asked;
            if (password && !password->empty()) {
                given.push_back(*password);
            } else {
                asked = kTries;
            }
        }
        return given;
    }

private:
    const AskSecret& m_askSecret;
    std::map<std::string, int> m_asked;
    bool m_hasEnded = false;
};

}  // namespace

ChosenCorpus chooseAskingPasswords(SourceChoice sources,
                                   const Terminal& terminal,
                                   const ChooseFn& choose) {
    ChosenCorpus corpus = choose(sources);
    if (!terminal.askSecret) {
        return corpus;
    }
    Prompt prompt(terminal.askSecret);
    while (corpus.ok()) {
        const std::vector<std::string> given = prompt.ask(corpus.value()->rows);
        if (terminal.stop.stop_requested()) {
            return Error{ErrorCode::kCancelled, "password: cancelled"};
        }
        if (given.empty()) {
            break;
        }
        sources.passwords.insert(sources.passwords.end(), given.begin(), given.end());
        corpus = choose(sources);
    }
    return corpus;
}

}  // namespace tl
