// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_end.h"

#include <ostream>

#include "app/cli/command_line.h"
#include "app/cli/terminal_text.h"
#include "app/wording.h"

namespace tl {

int endCommand(std::string_view command,
               const Status& status,
               const Terminal& terminal,
               const std::string& kept) {
    if (status.ok()) {
        return kExitOk;
    }
    const bool isCancelled = status.error().code == ErrorCode::kCancelled;
    const std::string what =
        isCancelled ? std::string(command) + ": stopped" : status.error().message;
    terminal.err << "throughline: " << terminalLine(what + kept) << std::endl;
    return isCancelled ? kExitCancelled : kExitFailed;
}

std::string keptTokens(const Status& status, int64_t tokens, const std::filesystem::path& project) {
    const bool isStopped = !status.ok() && status.error().code == ErrorCode::kCancelled;
    return isStopped && tokens > 0
               ? "; " + grouped(tokens) + " tokens are kept in " + project.string()
               : "";
}

}  // namespace tl
