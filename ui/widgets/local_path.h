// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <system_error>

#include <QFile>
#include <QString>

namespace tl {

// Names of files between Qt and the library, byte for byte as the system has them.
inline std::filesystem::path toPath(const QString& name) {
    return QFile::encodeName(name).toStdString();
}

inline QString toText(const std::filesystem::path& path) {
    return QFile::decodeName(path.c_str());
}

// The name of what was chosen for the title: a folder given as "." or "dir/" has one too.
inline QString titleOf(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::path whole = std::filesystem::absolute(path, ignored).lexically_normal();
    if (!whole.has_filename()) {
        whole = whole.parent_path();
    }
    return toText(whole.filename());
}

}  // namespace tl
